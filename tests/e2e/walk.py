"""The journey as a person makes it, tap by tap, in whatever browser: for tests, the bench and the pictures."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from PIL import ImageOps
from playwright.sync_api import Error, Page

from tests.factories import Person, portrait_jpeg, signature_png
from tests.images.pictures import astronaut, to_bytes

serials = count(100)
"""A new person for each walk: whoever is known already is asked less."""


class Driver(Protocol):
    """What a walk needs of a browser; `cdp.Page` is one."""

    def goto(self, url: str) -> None: ...
    def click(self, selector: str) -> None: ...
    def fill(self, selector: str, text: str) -> None: ...
    def choose(self, selector: str, value: str) -> None: ...
    def set_files(self, selector: str, *files: Path) -> None: ...
    def wait_for(self, expression: str, timeout: float = 10) -> Any: ...
    def evaluate(self, expression: str) -> Any: ...


class Current:
    """The current Chromium, driven by playwright."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goto(self, url: str) -> None:
        self.page.goto(url)

    def click(self, selector: str) -> None:
        self.page.tap(selector)

    def fill(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)

    def choose(self, selector: str, value: str) -> None:
        self.page.select_option(selector, value)

    def set_files(self, selector: str, *files: Path) -> None:
        self.page.set_input_files(selector, list(files))

    def wait_for(self, expression: str, timeout: float = 10) -> Any:
        # Not wait_for_function: inside the page it needs eval, which our CSP forbids.
        deadline = time.monotonic() + timeout
        while True:
            try:
                if value := self.page.evaluate(expression):
                    return value
            except Error:
                pass  # the page is changing
            if time.monotonic() > deadline:
                raise TimeoutError(expression)
            time.sleep(0.02)

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(expression)


@dataclass(frozen=True)
class Tap:
    """One answer of the person, and the heading of the page it leads to."""

    heading: str
    act: Callable[[], None]
    upload: bool = False


class Walk:
    """From the home tile to 提交成功 as `person`; pictures are written to `folder` to be chosen from it."""

    def __init__(self, driver: Driver, address: str, person: Person, folder: Path, script: bool = True) -> None:
        self._driver, self._address, self._person, self._script = driver, address, person, script
        self._selfie, self._portrait, self._signature = (
            folder / name for name in ("selfie.jpg", "portrait.jpg", "signature.png")
        )
        self._selfie.write_bytes(to_bytes(ImageOps.mirror(astronaut())))  # another shot than the portrait
        self._portrait.write_bytes(portrait_jpeg())
        self._signature.write_bytes(signature_png())

    def all(self, patience: float = 20) -> str:
        """Walk the whole way; the application's number."""
        for tap in self.taps():
            self.make(tap, patience)
        return self.number()

    def to(self, heading: str, patience: float = 20) -> None:
        """Walk until the page with this heading is there."""
        for tap in self.taps():
            self.make(tap, patience)
            if tap.heading == heading:
                return
        raise LookupError(heading)

    def make(self, tap: Tap, patience: float = 20) -> None:
        """One tap, until its page is there."""
        tap.act()
        self._driver.wait_for(_shows(tap.heading), patience)

    def number(self) -> str:
        return str(self._driver.evaluate("document.getElementById('number').textContent.trim()"))

    def taps(self) -> Iterator[Tap]:
        """Every tap of the journey, in order; each is to be made before the next is asked for."""
        press = self._driver.click
        yield Tap("监理工程师注册服务", lambda: self._driver.goto(f"{self._address}/"))
        yield from self._to_the_item()
        yield Tap("用户核验", lambda: press("a[href='/renewal/verify']"))
        yield Tap("未查询到该用户，是否前往注册？", self._claim)
        yield Tap("用户注册", lambda: press("[role=dialog] a[href='/renewal/register']"))
        yield Tap("人脸识别", self._register)
        yield Tap("申报须知", self._take_selfie, upload=True)
        yield Tap("申报信息", self._read_notice)
        yield Tap("附件", self._fill_in_details)
        yield Tap("一寸白底免冠照预览", lambda: self._upload("portrait", self._portrait), upload=True)
        yield Tap("手写签名预览", lambda: self._upload("signature", self._signature), upload=True)
        yield Tap("查看承诺书", lambda: press("form[action='/renewal/attachments'] .btn:not(.line)"))
        yield Tap("核对信息", self._commit)
        yield Tap("申报告知", lambda: press("form[action='/renewal/review'] .btn:not(.line)"))

    def _to_the_item(self) -> Iterator[Tap]:
        """As the manual shows it (图1–图4)."""
        press = self._driver.click
        yield Tap("头像和昵称", lambda: press("a[href='/services']"))
        yield Tap("监理工程师", lambda: press(".go .btn"))
        yield Tap("办事指南", lambda: press("a[href='/services/renewal']"))

    def _claim(self) -> None:
        self._driver.fill("#name", self._person.name)
        self._driver.fill("#id_number", self._person.id_number)
        self._next()

    def _register(self) -> None:
        self._driver.choose("#id_type", "身份证")
        self._driver.fill("#phone", self._person.phone)
        self._next()

    def _take_selfie(self) -> None:
        self._driver.click("#consent")
        self._driver.set_files("#selfie-camera", self._selfie)
        self._next()

    def _read_notice(self) -> None:
        self._driver.click("button[name=all]")
        self._driver.wait_for("document.querySelectorAll('[name=read]:not(:checked)').length == 0")
        self._next()

    def _fill_in_details(self) -> None:
        details = self._person.details
        for name in ("ethnicity", "education", "degree", "specialty_1"):
            self._driver.choose(f"#{name}", details[name])
        for name in ("school", "major", "graduated_on", "employer"):
            self._driver.fill(f"#{name}", details[name])
        self._next()

    def _upload(self, kind: str, file: Path) -> None:
        self._driver.set_files(f"#{kind}-camera", file)
        if not self._script:
            self._driver.click(f"form[action$='/{kind}'] .nojs")

    def _commit(self) -> None:
        self._driver.click("[name=commitment][value=yes]")
        self._next()

    def _next(self) -> None:
        self._driver.click("main form .btn:not(.line):not(label)")


def _shows(heading: str) -> str:
    """A heading, a question or a picture of that name stands in the page, and no request is under way."""
    words = json.dumps(heading)
    named = "document.querySelectorAll('#title,#ask,main img')"
    return (
        f"[].some.call({named}, e => (e.alt || e.textContent).trim() == {words})"
        " && !document.querySelector('.busy,.htmx-request')"
    )
