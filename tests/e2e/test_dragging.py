"""The portrait, moved, enlarged and turned by fingers."""

from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pytest

from tests.e2e.cdp import touch_stroke
from tests.e2e.hand import QUIET, Hand
from tests.factories import portrait_jpeg


@pytest.fixture
def studio(hand: Hand, tmp_path: Path) -> Hand:
    photo = tmp_path / "portrait.jpg"
    photo.write_bytes(portrait_jpeg())
    hand.upload(photo)
    hand.wait_for("document.querySelector('[data-studio] figure img').complete")
    hand.evaluate("sent.length = 0")
    return hand


def steps(hand: Hand) -> dict[str, int]:
    hand.wait_for(f"sent.length && {QUIET}")
    form = parse_qs(hand.evaluate("sent[0]"), keep_blank_values=True)
    assert form["adjust"] == ["drag"]
    assert hand.evaluate("sent.length") == 1
    return {name: int(form[name][0]) for name in ("zoom", "right", "down", "turn")}


def test_a_finger_drags_the_portrait(studio: Hand) -> None:
    left, top, width, height = studio.box("[data-studio] figure img")
    x, y = left + width / 2, top + height / 2
    touch_stroke(studio.send, [(x, y), (x + 4, y - 8), (x + 8, y - 16), (x + 0.1 * height, y - 0.15 * height)])
    assert steps(studio) == {"zoom": 0, "right": 10, "down": -15, "turn": 0}
    assert studio.evaluate("document.querySelector('[data-studio] figure img').style.transform") == ""


def test_two_fingers_enlarge_and_turn_the_portrait(studio: Hand) -> None:
    left, top, width, height = studio.box("[data-studio] figure img")
    x, y = left + width / 2, top + height / 2
    studio.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})

    def touch(kind: str, reach: float, degrees: float) -> None:
        dx, dy = reach * np.cos(np.radians(degrees)), reach * np.sin(np.radians(degrees))
        points = [{"x": x - dx, "y": y - dy, "id": 0}, {"x": x + dx, "y": y + dy, "id": 1}]
        studio.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if reach else []})

    touch("touchStart", 30, 0)
    for part in range(1, 6):
        touch("touchMove", 30 * 1.02 ** (2 * part), 2 * part)
    touch("touchEnd", 0, 0)
    moved = steps(studio)
    assert moved["zoom"] == 10
    assert moved["turn"] == 10
    # Between the fingers stays the portrait's middle; the server would keep a place near the crown.
    assert moved["right"] == 0
    assert moved["down"] == round((0.4 / 1.02**10 - 0.4) * 100)


def test_a_tap_on_the_portrait_does_nothing(studio: Hand) -> None:
    studio.click("[data-studio] figure img")
    studio.evaluate("new Promise(done => setTimeout(done, 100))")
    assert studio.evaluate("sent.length") == 0
    assert studio.evaluate("document.querySelector('[data-studio] figure img').style.transform") == ""


def test_a_swipe_beside_the_portrait_scrolls_the_page(studio: Hand) -> None:
    studio.evaluate("scrollTo(0, 0)")
    touch_stroke(studio.send, [(180, 500 - 30 * step) for step in range(10)])
    studio.wait_for("scrollY > 50")
