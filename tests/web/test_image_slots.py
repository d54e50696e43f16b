"""Pictures are worked on two at a time, whoever sends them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep

import pytest
from flask import Flask

from renewal.journey import studio
from renewal.web import image_slots
from tests.factories import portrait_jpeg
from tests.web.browser import Browser


def test_no_more_than_two_pictures_are_in_hand_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most, lock = 0, 0, Lock()

    def slowly(_data: bytes) -> bytes:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        sleep(0.05)
        with lock:
            inside -= 1
        raise studio.ImageRejected("请重新拍一张")

    def send(browser: Browser) -> int:
        return browser.submit("/tools/photo", portrait=portrait_jpeg()).status

    monkeypatch.setattr(studio, "working_copy", slowly)
    browsers = [Browser(app) for _ in range(6)]
    for browser in browsers:
        browser.get("/tools/photo")
    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(send, browsers)) == {422}
    assert most == image_slots.PLACES


def test_a_place_is_given_back_after_a_bug(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "working_copy", lambda _data: 1 / 0)
    browser = Browser(app)
    page = browser.get("/tools/photo")
    for _ in range(image_slots.PLACES + 1):
        browser.page = page
        assert browser.submit("/tools/photo", portrait=portrait_jpeg()).status == 500


def test_who_waits_too_long_is_asked_to_try_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_slots, "PATIENCE", 0.01)
    browser = Browser(app)
    browser.get("/tools/photo")
    for _ in range(image_slots.PLACES):
        image_slots._places.acquire()
    try:
        page = browser.submit("/tools/photo", portrait=portrait_jpeg())
    finally:
        image_slots._places.release(image_slots.PLACES)
    assert page.status == 503
    assert "请过一会儿再试一次" in page.text
