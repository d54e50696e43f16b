"""On the phone: bytes and times of the journey in the current Chromium at 360×640.

Emulated Slow 3G (400 kbit/s, 400 ms) with CPU ÷6 and a cold cache, as quality.md asks. Bytes are what the
network carried, headers and all, as DevTools counts them.
"""

import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.browsers import launch, phone
from tests.e2e.serving import serve
from tests.e2e.walk import Current, Walk
from tests.factories import person
from tests.images.variants import VARIANTS

# From the tap (or the choice of a file) to the frame that shows the next step, by the page's own clock.
STOPWATCH = """
for (const act of ["click", "change"]) addEventListener(act, () => { window.tapped = performance.now() }, true);
addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id != "saved") requestAnimationFrame(() => { window.shown = performance.now() });
});
"""

PAINTED = "performance.getEntriesByName('first-contentful-paint')"
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


@dataclass
class Wire:
    """What the network carries, by request, since the last `take`."""

    sizes: dict[str, int] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    def take(self) -> tuple[int, int]:
        """Requests and bytes since the last call."""
        taken = len(self.sizes), sum(self.sizes.values())
        self.sizes.clear()
        return taken


def watch(page: Page, throttle: bool) -> Wire:
    """Count a page's bytes and, on request, slow it down."""
    session, wire = page.context.new_cdp_session(page), Wire()
    session.send("Network.enable")
    if throttle:
        session.send("Network.emulateNetworkConditions", SLOW_3G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 6})

    def asked(event: dict[str, Any]) -> None:
        wire.urls[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        if wire.urls[event["requestId"]].startswith("http"):  # not what the page made itself
            wire.sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", finished)
    return wire


def first_page(browser: Browser, address: str, runs: int = 5) -> None:
    """First paint and bytes of the home page, cold each time."""
    paints, weights = [], []
    for _ in range(runs):
        with phone(browser, base_url=address) as page:
            wire = watch(page, throttle=True)
            page.goto("/", wait_until="networkidle")
            page.wait_for_function(f"{PAINTED}.length")
            paints.append(page.evaluate(f"{PAINTED}[0].startTime"))
            weights.append(wire.take())
    spread = f"{runs} runs, {min(paints):.0f}–{max(paints):.0f}"
    print(f"first paint      {statistics.median(paints):7.0f} ms  (goal ≤ 700; {spread})")
    requests, weight = weights[0]
    print(f"first page       {weight:7} B in {requests} requests  (goal ≤ 12288)")


def journey(browser: Browser, address: str, folder: Path) -> None:
    """Every step: requests, bytes down, and the time from tap to the next step's heading."""
    with phone(browser, base_url=address) as page:
        page.add_init_script(STOPWATCH)
        wire = watch(page, throttle=True)
        total, times = 0, []
        walk = Walk(Current(page), address, person(), folder)
        portrait = next(variant for variant in VARIANTS if variant.name == "huge photo of 12 MP")
        (folder / "portrait.jpg").write_bytes(portrait.data)
        for tap in walk.taps():
            walk.make(tap, patience=120)
            page.wait_for_timeout(300)  # what the new step still fetches
            milliseconds = page.evaluate("window.shown - window.tapped || 0")
            requests, weight = wire.take()
            total += weight
            if milliseconds and not tap.upload:
                times.append(milliseconds)
            note = "(with an upload)" if tap.upload else ""
            print(f"  {milliseconds:7.0f} ms {requests:3} requests {weight:7} B  {tap.heading} {note}")
        print(f"step to step     {statistics.median(times):7.0f} ms median, {max(times):.0f} ms worst  (goal ≤ 560)")
        print(f"whole journey    {total:7} B down  (goal ≤ 56320)")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        first_page(browser, address)
        journey(browser, address, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
