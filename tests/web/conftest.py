"""Browsers for the journey over HTTP. Pictures are worked on and templates compiled once for all tests."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from tests import factories
from tests.web.browser import Browser


class Compiled(BytecodeCache):
    """Templates as bytecode, for the many apps of one run."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": Compiled()})
        yield


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Without JavaScript; knows its nickname already."""
    browser = Browser(app)
    browser.introduce()
    return browser


@pytest.fixture(params=[False, True], ids=["plain", "htmx"])
def either(request: pytest.FixtureRequest, app: Flask) -> Browser:
    """Once without JavaScript and once with HTMX."""
    browser = Browser(app, htmx=request.param)
    browser.introduce()
    return browser


@pytest.fixture
def at(browser: Browser):
    """A browser whose draft has come to a step, with that step's page open."""

    def carried(step: str, method: str = "counter") -> Browser:
        if step in ("verify", "register"):
            browser.get("/renewal/verify")
            if step == "register":
                browser.submit("/renewal/verify", **factories.person().claim)
                browser.click("/renewal/register")
            return browser
        browser.hold(factories.carry(browser.services, step, method=method)).get(f"/renewal/{step}")
        return browser

    return carried
