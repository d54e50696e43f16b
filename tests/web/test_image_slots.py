"""Pictures are worked on two at a time, whoever sends them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock, Semaphore
from time import sleep

import pytest
from flask import Flask

from renewal.journey import studio
from renewal.web import image_slots
from tests.factories import carry, portrait_jpeg
from tests.web.browser import Browser


class Slow:
    """Work on a picture that takes its time; counts how many are at it at once."""

    def __init__(self) -> None:
        self.inside, self.most, self._lock = 0, 0, Lock()

    def __call__(self, _data: bytes) -> bytes:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        sleep(0.05)
        with self._lock:
            self.inside -= 1
        raise studio.ImageRejected("请重新拍一张")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    work = Slow()
    monkeypatch.setattr(studio, "open_photo", work)
    return work


def stranger(app: Flask) -> Browser:
    browser = Browser(app)
    browser.get("/tools/photo")
    return browser


def applicant(app: Flask) -> Browser:
    browser = Browser(app)
    browser.hold(carry(browser.services, "attachments")).get("/renewal/attachments")
    return browser


def send(browser: Browser) -> int:
    action = browser.page.path.replace("/attachments", "/attachments/portrait")
    return browser.submit(action, portrait=portrait_jpeg()).status


@pytest.mark.parametrize(("who", "most"), [(applicant, image_slots.SLOTS), (stranger, image_slots.SLOTS - 1)])
def test_pictures_are_worked_on_two_at_a_time_and_strangers_one_at_a_time(app: Flask, slow: Slow, who, most) -> None:
    browsers = [who(app) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(send, browsers)) == {422}
    assert slow.most == most


def test_however_many_strangers_wait_an_applicant_finds_a_slot(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    strangers, mine = [stranger(app) for _ in range(5)], applicant(app)
    held = Event()

    def hold(data: bytes) -> bytes:
        if threading.get_ident() != me:
            begun.set()
            held.wait(20)
        raise studio.ImageRejected("请重新拍一张")

    me, begun = threading.get_ident(), Event()
    monkeypatch.setattr(studio, "open_photo", hold)
    with ThreadPoolExecutor(5) as pool:
        waiting = [pool.submit(send, browser) for browser in strangers]
        begun.wait(20)
        try:
            assert send(mine) == 422
            assert not any(job.done() for job in waiting)
        finally:
            held.set()


def test_a_third_picture_of_one_browser_does_not_wait_and_others_do(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, other = applicant(app), applicant(app)
    tabs = [tab.hold(busy.draft()) for tab in (busy.tab() for _ in range(image_slots.PER_DEVICE + 1))]
    held, begun = Event(), Semaphore(0)

    def hold(_data: bytes) -> bytes:
        begun.release()
        held.wait(20)
        raise studio.ImageRejected("请重新拍一张")

    for tab in tabs:
        tab.get("/renewal/attachments")
    monkeypatch.setattr(studio, "open_photo", hold)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(send, tab) for tab in tabs[:-1]]
        try:
            assert all(begun.acquire(timeout=20) for _ in waiting)
            assert send(tabs[-1]) == 503
            assert tabs[-1].page.headers["Retry-After"] == "10"
            assert "请过一会儿再试一次" in tabs[-1].page.text
            waits = pool.submit(send, other)
        finally:
            held.set()
        assert {job.result() for job in (*waiting, waits)} == {422}
    tabs[-1].get("/renewal/attachments")
    assert send(tabs[-1]) == 422


def test_a_slot_is_given_back_after_a_bug(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "open_photo", lambda _data: 1 / 0)
    browser = Browser(app)
    page = browser.get("/tools/photo")
    for _ in range(image_slots.SLOTS + 1):
        browser.page = page
        assert browser.submit("/tools/photo", portrait=portrait_jpeg()).status == 500


def test_who_waits_too_long_is_asked_to_try_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_slots, "TIMEOUT", 0.01)
    browser = Browser(app)
    browser.get("/tools/photo")
    for _ in range(image_slots.SLOTS):
        image_slots._slots.acquire()
    try:
        page = browser.submit("/tools/photo", portrait=portrait_jpeg())
    finally:
        image_slots._slots.release(image_slots.SLOTS)
    assert page.status == 503
    assert "请过一会儿再试一次" in page.text
    browser.get("/tools/photo")
    assert send(browser) == 200
