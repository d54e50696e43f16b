"""手写签名 on the screen, with a finger."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from tests.e2e import axe
from tests.e2e.browsers import elder_view, phone
from tests.e2e.hand import NAME, Hand
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person

STAND = "不转，竖着签"
NOTE = "(e => e.offsetParent && e.parentNode.textContent)(document.querySelector('[role=dialog] .small'))"
"""What asks to turn the phone, while it can be seen."""


@pytest.mark.parametrize("size", [(360, 640), (640, 360)], ids=["upright", "landscape"])
def test_a_finger_signs_on_the_pad(hand: Hand, size: tuple[int, int]) -> None:
    hand.turn(*size)
    try:
        hand.sign()
        drawn = hand.signed()
    finally:
        hand.turn(360, 640)
    assert drawn.width >= 600
    assert drawn.height >= 200
    assert drawn.width > 1.5 * drawn.height
    dark = np.asarray(drawn) < 128
    edge = np.concatenate([dark[:10].ravel(), dark[-10:].ravel(), dark[:, :10].ravel(), dark[:, -10:].ravel()])
    assert not edge.any()
    rows, columns = np.nonzero(dark)
    # The sheet's own fractions, upright in both: the name starts on the left and stands in the upper part.
    assert 0.15 < columns.min() / drawn.width < 0.3
    assert 0.6 < columns.max() / drawn.width < 0.8
    assert rows.max() / drawn.height < 0.7
    hand.wait_for("[].some.call(document.images, image => image.alt == '手写签名预览')")
    assert hand.evaluate("document.documentElement.style.overflow") == ""


def test_turning_the_phone_keeps_what_is_written(hand: Hand) -> None:
    hand.sign()
    before = hand.ink()
    try:
        hand.turn(640, 360)
        hand.wait_for("document.querySelector('[role=dialog] canvas').width > 900")
        assert 0.5 < hand.ink() / before < 2
    finally:
        hand.turn(360, 640)
    hand.wait_for("document.querySelector('[role=dialog] canvas').width < 1300")
    assert abs(hand.ink() / before - 1) < 0.05, "to and fro, it is as it was"
    columns = np.nonzero(np.asarray(hand.signed()) < 128)[1]
    assert 0.15 < columns.min() / 800 < 0.3


def test_the_pad_undoes_clears_and_refuses_nothing(hand: Hand) -> None:
    hand.sign(NAME[:1])
    one = hand.ink()
    hand.sign(NAME[1:2])
    assert hand.ink() > one
    hand.press("撤销")
    assert abs(hand.ink() - one) < 0.2 * one
    hand.press("清除")
    assert hand.ink() == 0
    hand.press("完成")
    said = "document.querySelector('[role=dialog] [role=status]').textContent"
    assert hand.evaluate(said) == "请先签名"
    hand.sign(NAME[:1])
    assert hand.evaluate(said) == "请在横线上方签名"
    assert hand.evaluate("sent.length") == 0
    hand.press("清除")
    hand.press("取消")
    hand.wait_for("!document.querySelector('[role=dialog]')")


def test_an_upright_phone_is_to_be_turned_until_something_is_written(hand: Hand) -> None:
    hand.click("[data-pad]")
    hand.wait_for(NOTE)
    assert "请把手机横过来签名" in hand.evaluate(NOTE)
    assert hand.evaluate("!!document.querySelector('[role=dialog] svg')")
    hand.sign(NAME[:1])
    assert not hand.evaluate(NOTE)
    hand.press("撤销")
    assert hand.evaluate(NOTE)
    try:
        hand.turn(640, 360)
        hand.wait_for(f"!({NOTE})")
    finally:
        hand.turn(360, 640)
    hand.wait_for(NOTE)


def test_who_does_not_turn_the_phone_signs_upright(hand: Hand) -> None:
    hand.click("[data-pad]")
    hand.wait_for(NOTE)
    hand.click("[role=dialog] .small")
    hand.wait_for("(r => r.width > r.height)(document.querySelector('[role=dialog] canvas').getBoundingClientRect())")
    assert not hand.evaluate(NOTE)
    hand.sign()
    drawn = hand.signed()
    rows, columns = np.nonzero(np.asarray(drawn) < 128)
    assert 0.15 < columns.min() / drawn.width < 0.3
    assert 0.6 < columns.max() / drawn.width < 0.8
    assert rows.max() / drawn.height < 0.7


def test_what_was_cleared_by_a_slip_comes_back(hand: Hand) -> None:
    hand.sign()
    before = hand.ink()
    hand.press("清除")
    assert hand.ink() == 0
    hand.press("撤销")
    assert abs(hand.ink() / before - 1) < 0.05
    hand.press("撤销")
    assert 0 < hand.ink() < before


def test_leaving_is_kept_apart_from_mending(hand: Hand) -> None:
    hand.click("[data-pad]")
    hand.wait_for("!!document.querySelector('[role=dialog] button')")
    tops = hand.evaluate(
        "[].map.call(document.querySelectorAll('[role=dialog] .btn'), b => b.getBoundingClientRect())"
        ".map(r => [r.top, r.bottom])"
    )
    gaps = [after[0] - before[1] for before, after in pairwise(tops)]
    assert gaps[0] > 3 * max(gaps[1:])
    assert gaps[0] >= 24


@pytest.mark.parametrize("leave", ["history.back()", "Escape"])
def test_leaving_the_pad_loses_neither_page_nor_writing(hand: Hand, leave: str) -> None:
    hand.evaluate("window.same = true")
    hand.sign()
    before = hand.ink()
    if leave == "Escape":
        for kind in ("keyDown", "keyUp"):
            hand.send("Input.dispatchKeyEvent", {"type": kind, "key": "Escape", "code": "Escape"})
    else:
        hand.evaluate(leave)
    hand.wait_for("!document.querySelector('[role=dialog]')")
    assert hand.evaluate("window.same && location.pathname") == "/renewal/attachments"
    assert hand.evaluate("document.activeElement.hasAttribute('data-pad')")
    hand.click("[data-pad]")
    assert abs(hand.ink() / before - 1) < 0.05
    hand.press("清除")
    hand.press("取消")
    hand.wait_for("!document.querySelector('[role=dialog]')")


def test_tab_stays_on_the_pad(hand: Hand) -> None:
    hand.click("[data-pad]")
    seen = []
    for _ in range(6):
        for kind in ("rawKeyDown", "keyUp"):
            tab = {"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
            hand.send("Input.dispatchKeyEvent", tab)
        seen.append(hand.evaluate("document.activeElement.textContent"))
    assert seen == ["取消", "清除", "撤销", "完成", STAND, "取消"]
    hand.press("取消")
    hand.wait_for("!document.querySelector('[role=dialog]')")


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "关怀版"])
def test_the_pad_keeps_nobody_out(chromium: Browser, server: str, tmp_path: Path, elder: bool) -> None:
    """axe-core on the open pad, and buttons as large as the view promises, upright."""
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("附件")
        if elder:
            elder_view(page)
        page.tap("[data-pad]")
        assert axe.violations(page) == []
        for button in page.locator("[role=dialog] button").all():
            box = button.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= (60 if elder else 44)


def test_a_mouse_signs_as_a_finger_does(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("附件")
        page.set_viewport_size({"width": 1366, "height": 768})
        page.click("[data-pad]")
        for stroke in NAME:
            page.mouse.move(*_on_the_sheet(page, stroke[0]))
            page.mouse.down()
            for point in stroke[1:]:
                page.mouse.move(*_on_the_sheet(page, point), steps=5)
            page.mouse.up()
        page.mouse.move(*_on_the_sheet(page, (0.9, 0.9)))  # no longer pressed: it draws nothing
        page.click("text=完成")
        page.locator("img[alt='手写签名预览']").wait_for()


def _on_the_sheet(page: Page, point: tuple[float, float]) -> tuple[float, float]:
    box = page.locator("[role=dialog] canvas").bounding_box()
    assert box
    return box["x"] + point[0] * box["width"], box["y"] + point[1] * box["height"]
