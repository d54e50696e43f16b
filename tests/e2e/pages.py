"""Every page a person may see, one after the other, in either view."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.e2e.browsers import elder_view
from tests.e2e.walk import Walk


def every_page(page: Page, walk: Walk, elder: bool) -> Iterator[str]:
    """The name of each page, while it is open: the whole way, then what stands beside it."""
    for tap in walk.taps():
        walk.make(tap)
        if elder and tap.heading == "监理工程师注册服务":
            elder_view(page)
        yield tap.heading
    receipt = page.get_attribute("a[href*='/receipts/']", "href") or ""
    for path in (
        "/",
        "/applications",
        f"/applications/{walk.number()}",
        receipt,
        "/my-data",
        "/resume",
        "/tools/photo",
        "/nowhere",
    ):
        page.goto(path)
        yield path
