"""A small client of the Chrome DevTools Protocol: it drives browsers that playwright no longer speaks to."""

import base64
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection

Send = Callable[[str, dict[str, Any]], Any]
Point = tuple[float, float]


class CdpError(Exception):
    """The browser refused a command, or a script in the page threw."""


def touch_stroke(send: Send, points: Sequence[Point]) -> None:
    """Draw one stroke with a finger through CSS pixels of the viewport. `send` may be playwright's, too."""
    for index, (x, y) in enumerate(points):
        kind = "touchMove" if index else "touchStart"
        send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        time.sleep(0.02)  # a frame: moves within one would reach the page as one
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


class Page:
    """One tab: opened like a phone's (360×640, touch), with what went wrong in it collected in `problems`."""

    def __init__(self, url: str) -> None:
        """Connect to a tab's DevTools `url` (ws://…)."""
        self.problems: list[str] = []
        self._loads = 0
        self._last_id = 0
        # The browser answers only clients that name no origin, or one it knows.
        self._socket: WebSocket = create_connection(url, timeout=30, suppress_origin=True)
        try:
            self._open_like_a_phone()
        except Exception:
            self.close()
            raise

    def _open_like_a_phone(self) -> None:
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"):
            self.send(f"{domain}.enable")
        screen = {"width": 360, "height": 640, "deviceScaleFactor": 2, "mobile": True}
        self.send("Emulation.setDeviceMetricsOverride", screen)
        self.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})

    def close(self) -> None:
        """Hang up; the browser is ended by who started it."""
        self._socket.close()

    def send(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Give one command and return its result; events that come first are noted on the way."""
        self._last_id += 1
        self._socket.send(json.dumps({"id": self._last_id, "method": method, "params": params or {}}))
        while (message := json.loads(self._socket.recv())).get("id") != self._last_id:
            self._note(message)
        if "error" in message:
            raise CdpError(f"{method}: {message['error']['message']}")
        result: dict[str, Any] = message["result"]
        return result

    def _note(self, event: dict[str, Any]) -> None:
        params = event.get("params", {})
        match event.get("method"):
            case "Page.loadEventFired":
                self._loads += 1
            case "Runtime.exceptionThrown":
                self.problems.append(_words(params["exceptionDetails"]))
            case "Runtime.consoleAPICalled" if params["type"] == "error":
                self.problems.append(" ".join(str(arg.get("value", arg.get("description"))) for arg in params["args"]))
            case "Log.entryAdded" if params["entry"]["level"] == "error":
                self.problems.append(f"{params['entry']['text']} {params['entry'].get('url', '')}".strip())

    def goto(self, url: str) -> None:
        """Open `url` and wait until it and all that it brings has loaded."""
        before = self._loads
        self.send("Page.navigate", {"url": url})
        deadline = time.monotonic() + 30
        while self._loads == before:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{url} did not load")
            self.send("Page.getNavigationHistory")  # any command: events are read while it is answered
            time.sleep(0.02)

    def evaluate(self, expression: str) -> Any:
        """Value of a JavaScript expression in the page; promises are awaited."""
        answer = self.send("Runtime.evaluate", {"expression": expression, "returnByValue": True, "awaitPromise": True})
        if "exceptionDetails" in answer:
            raise CdpError(_words(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait_for(self, expression: str, timeout: float = 10) -> Any:
        """Wait until the expression is true and return its value. While the page changes, it is not."""
        deadline = time.monotonic() + timeout
        while True:
            trouble = "it stayed false"
            try:
                if value := self.evaluate(expression):
                    return value
            except CdpError as error:
                trouble = str(error)
            if time.monotonic() > deadline:
                raise TimeoutError(f"{expression}: {trouble}; problems: {self.problems}")
            time.sleep(0.05)

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """Left, top, width, height of an element in the viewport, scrolled to the middle, in CSS pixels."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.wait_for(f"!!{element}")
        left, top, width, height = self.evaluate(
            f"(e => {{ e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect();"
            f" return [r.left, r.top, r.width, r.height] }})({element})"
        )
        return left, top, width, height

    def click(self, selector: str) -> None:
        """Tap the middle of an element with a finger."""
        left, top, width, height = self.box(selector)
        # Touches are lost in the first frame after a page appears.
        self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        touch_stroke(self.send, [(left + width / 2, top + height / 2)])

    def fill(self, selector: str, text: str) -> None:
        """Type `text` in place of what an input holds."""
        self.box(selector)
        self.evaluate(f"(e => {{ e.focus(); e.select() }})(document.querySelector({json.dumps(selector)}))")
        if not text:
            key = {"key": "Backspace", "code": "Backspace", "windowsVirtualKeyCode": 8}
            self.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
            self.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
        for character in text:  # one by one: 67 knows no Input.insertText
            self.send("Input.dispatchKeyEvent", {"type": "char", "text": character})

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a <select> by its value: no finger reaches its list in a headless browser."""
        self.box(selector)
        self.evaluate(
            f"(e => {{ e.value = {json.dumps(value)}; e.dispatchEvent(new Event('input', {{bubbles: true}}));"
            f" e.dispatchEvent(new Event('change', {{bubbles: true}})) }})"
            f"(document.querySelector({json.dumps(selector)}))"
        )

    def set_files(self, selector: str, *files: Path) -> None:
        """Choose files in a file input, as its dialog would."""
        self.box(selector)
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        node = self.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        self.send("DOM.setFileInputFiles", {"nodeId": node, "files": [str(file.resolve()) for file in files]})

    def draw(self, selector: str, points: Sequence[Point]) -> None:
        """Draw a stroke on an element with a finger; points are fractions of its width and height."""
        left, top, width, height = self.box(selector)
        touch_stroke(self.send, [(left + x * width, top + y * height) for x, y in points])

    def screenshot(self, path: Path | None = None) -> bytes:
        """PNG of the viewport, kept at `path` too if one is given."""
        png = base64.b64decode(self.send("Page.captureScreenshot")["data"])
        if path:
            path.write_bytes(png)
        return png

    def throttle(self, kilobits: float, latency: float) -> None:
        """Slow the network to `kilobits` per second each way, `latency` in milliseconds; 0 and 0 undo it."""
        speed = kilobits * 1000 / 8 or -1
        conditions = {
            "offline": False,
            "latency": latency,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        }
        self.send("Network.emulateNetworkConditions", conditions)

    def disable_javascript(self) -> None:
        """For pages opened from now on; `evaluate` still works."""
        self.send("Emulation.setScriptExecutionDisabled", {"value": True})


def _words(details: dict[str, Any]) -> str:
    exception = details.get("exception", {})
    return str(exception.get("description") or exception.get("value") or details["text"])
