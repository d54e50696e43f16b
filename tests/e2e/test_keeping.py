"""What a person takes along from 提交成功: number, code and receipt, copied or as a picture."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import axe
from tests.e2e.browsers import OLD, old_phone, phone
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person

COPIED = {"申请编号": "#number", "续办码": "#code", "回执网址": "#link"}


@pytest.fixture
def done(chromium: Browser, server: str, tmp_path: Path) -> Iterator[Page]:
    with phone(chromium, base_url=server) as page:
        page.context.grant_permissions(["clipboard-read"])
        Walk(Current(page), server, person(next(serials)), tmp_path).all()
        yield page


@pytest.mark.parametrize("what", COPIED)
def test_one_tap_copies_and_says_so(done: Page, what: str) -> None:
    button = _copy_button(done, what)
    button.tap()
    expect(done.locator("#said")).to_have_text(f"{what}已复制")
    expect(done.locator(f"[data-copy={COPIED[what][1:]}]")).to_contain_text("已复制")
    assert done.evaluate("navigator.clipboard.readText()") == done.inner_text(COPIED[what])


def test_what_may_not_be_copied_is_selected_for_a_long_press(done: Page) -> None:
    done.evaluate("document.execCommand = () => false")
    _copy_button(done, "续办码").tap()
    expect(done.locator("#said")).to_have_text("续办码已选中，请长按复制")
    assert done.evaluate("getSelection().toString()") == done.inner_text("#code")


def test_the_receipt_becomes_a_picture_that_leads_back_to_it(done: Page) -> None:
    """By a long press on it or by a link; it can be read by a machine and shows masks only."""
    done.get_by_role("button", name="把回执保存为图片").tap()
    picture = done.get_by_role("img", name="申请回执图片")
    expect(picture).to_be_visible()
    address = picture.get_attribute("src") or ""
    with done.expect_download() as download:
        done.get_by_role("link", name="下载图片").tap()
    assert download.value.suggested_filename == "申请回执.png"
    assert _read_code(address) == done.get_attribute("#link", "href")
    assert axe.violations(done) == []


@pytest.mark.parametrize("version", OLD)
def test_an_old_phone_copies_and_draws_too(version: int, server: str, tmp_path: Path) -> None:
    with old_phone(version) as page:
        Walk(page, server, person(next(serials)), tmp_path).all()
        page.click("[data-copy=number]")
        assert page.wait_for("document.getElementById('said').textContent") == "申请编号已复制"
        page.click("[data-picture]")
        address = page.wait_for("(i => i && i.src)(document.querySelector('.picture'))")
        assert _read_code(address) == page.evaluate("document.getElementById('link').href")
        assert page.problems == []


def test_without_scripts_all_of_it_can_be_selected(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server, javascript=False) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path, script=False).all()
        for place in COPIED.values():
            expect(page.locator(place)).to_be_visible()
        expect(page.get_by_text("请截图保存本页")).to_be_visible()
        for button in page.locator("main button").all():
            expect(button).to_be_hidden()


def _copy_button(page: Page, what: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"复制\s*{what}"))


def _read_code(address: str) -> str:
    """What the QR code in a picture says, given as a data: address."""
    kind, data = address.split(",")
    assert kind == "data:image/png;base64"
    pixels = cv2.imdecode(np.frombuffer(base64.b64decode(data), np.uint8), cv2.IMREAD_COLOR)
    return str(cv2.QRCodeDetectorAruco().detectAndDecode(pixels)[0])  # the other reader misses one of fifty
