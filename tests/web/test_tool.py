"""证件照处理工具: nothing is stored, the page carries what it needs."""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from renewal.store import models
from tests.factories import portrait_jpeg, stored
from tests.web.browser import Browser

TOOL = "/tools/photo"


@pytest.fixture(params=[False, True], ids=["plain", "htmx"])
def tool(request: pytest.FixtureRequest, app: Flask) -> Browser:
    browser = Browser(app, htmx=request.param)
    browser.get(TOOL)
    return browser


def saved(page) -> Image.Image:
    link = re.search(r'href="data:image/jpeg;base64,([^"]+)" download', page.html)
    return Image.open(BytesIO(b64decode(link[1])))


def test_a_photo_goes_in_and_a_one_inch_photo_comes_out(tool: Browser) -> None:
    page = tool.submit(TOOL, portrait=portrait_jpeg())
    assert page.status == 200
    assert saved(page).size == (295, 413)
    assert saved(page).convert("RGB").getpixel((2, 2)) >= (250, 250, 250)


def test_a_photo_that_is_not_kept_is_not_called_kept(tool: Browser) -> None:
    page = tool.submit(TOOL, portrait=portrait_jpeg())
    assert "照片已做好" in page.ids["portrait"]
    assert "已保存" not in page.text
    assert "KB" not in page.text


def test_buttons_go_on_from_what_the_page_carries(tool: Browser) -> None:
    first = tool.submit(TOOL, portrait=portrait_jpeg())
    before = saved(first).tobytes()
    larger = tool.submit(TOOL, ("adjust", "larger"))
    assert saved(larger).tobytes() != before
    plain = tool.submit(TOOL, ("background", "plain"))
    assert plain.form(TOOL, ("adjust", "up")).values["state"] == "2,0,0,0,0"
    assert saved(tool.submit(TOOL, ("adjust", "reset"))).size == (295, 413)


def test_nothing_is_stored(tool: Browser) -> None:
    tool.submit(TOOL, portrait=portrait_jpeg())
    assert not any(stored(tool.services, table) for table in models.TABLES if table is not models.Attempt)


@pytest.mark.parametrize("data", [None, b"", b"hello", b"<svg/>", portrait_jpeg()[:500]])
def test_what_is_no_photo_is_refused_in_words(tool: Browser, data: bytes | None) -> None:
    page = tool.submit(TOOL, **({} if data is None else {"portrait": data}))
    assert page.status == 422
    assert page.errors["portrait"]


@pytest.mark.parametrize("state", ["", "x,y", "1,2,3", "9" * 900, "-,-,-,-,-", "1,1,1,1,1,1,1"])
@pytest.mark.parametrize("source", ["", "!", "aGVsbG8="])
def test_a_page_that_was_tampered_with_breaks_nothing(tool: Browser, state: str, source: str) -> None:
    csrf = tool.page.form(TOOL).values["csrf_token"]
    page = tool.post(TOOL, {"csrf_token": csrf, "state": state, "source": source, "adjust": "up"})
    assert page.status == 422
