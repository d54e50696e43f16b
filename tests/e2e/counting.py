"""How much the journey asks of fingers: every tap and every key of a person who is here for the first time."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.browsers import elder_view, phone
from tests.e2e.walk import Current, Tap, Walk
from tests.factories import person


class Counting(Current):
    """Counts while it drives. A choice costs two taps: one opens the list or the album, one takes from it. What
    already stands in a field costs nothing, neither does a tap on the field that the page itself has chosen."""

    taps = 0
    keys = 0

    def click(self, selector: str) -> None:
        self.taps += 1
        super().click(selector)

    def fill(self, selector: str, text: str) -> None:
        field = self.page.locator(selector)
        if field.input_value() == text:
            return
        if not field.evaluate("field => field == document.activeElement"):
            self.click(selector)
        self.keys += len(text)
        self.page.keyboard.type(text)
        assert field.input_value() == text

    def choose(self, selector: str, value: str) -> None:
        if self.page.input_value(selector) != value:
            self.taps += 2
            super().choose(selector, value)

    def set_files(self, selector: str, *files: Path) -> None:
        self.taps += 2
        super().set_files(selector, *files)


class Shortest(Walk):
    """Past the list of services, by the button of the home page."""

    def _to_the_item(self) -> Iterator[Tap]:
        press = self._driver.click
        yield Tap("头像和昵称", lambda: press("main .btn[href='/services/renewal']"))
        yield Tap("办事指南", lambda: press(".go .btn"))


def count(browser: Browser, address: str, folder: Path, serial: int, elder: bool = False) -> Counting:
    """From home to 提交成功 in one of the two views; the switch to 关怀版 counts as a tap."""
    with phone(browser, base_url=address) as page:
        driver = Counting(page)
        walk = Shortest(driver, address, person(serial), folder)
        steps = walk.taps()
        walk.make(next(steps))
        if elder:
            elder_view(page)
            driver.taps += 1
        for step in steps:
            walk.make(step)
        assert walk.number()
        return driver
