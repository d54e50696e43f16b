"""附件 keeps one's place: what a form of a picture did is seen, focused and said where the person is."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e import axe
from tests.e2e.browsers import elder_view, phone
from tests.e2e.hand import QUIET, Hand
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person, portrait_jpeg, signature_png
from tests.images.pictures import sheet, to_bytes

NEXT = "form[action='/renewal/attachments'] .btn:not(.line)"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    pictures = {"portrait": portrait_jpeg(), "signature": signature_png(), "blank": to_bytes(sheet(), "PNG")}
    for name, picture in pictures.items():
        (tmp_path / name).write_bytes(picture)
    return {name: tmp_path / name for name in pictures}


def seen(driver, selector: str) -> bool:
    """Whether the whole of it lies on the screen."""
    return bool(
        driver.evaluate(
            f"(r => r.height > 0 && r.top >= 0 && r.bottom <= innerHeight)"
            f"(document.querySelector({selector!r}).getBoundingClientRect())"
        )
    )


def top(hand: Hand, selector: str) -> float:
    return float(hand.evaluate(f"document.querySelector({selector!r}).getBoundingClientRect().top"))


def at(hand: Hand) -> tuple[str, str]:
    """What has the focus, and what a screen reader was told."""
    return tuple(hand.evaluate("[document.activeElement.id, document.querySelector('#said').textContent]"))


def put(hand: Hand, files: dict[str, Path], *kinds: str) -> None:
    for kind in kinds:
        hand.upload(files[kind], f"#{kind}-camera")


def press(hand: Hand, selector: str) -> None:
    before = hand.evaluate("sent.length")
    hand.click(selector)
    hand.wait_for(f"sent.length > {before} && {QUIET}")


def test_an_upload_is_seen_focused_and_said_at_its_card(hand: Hand, files: dict[str, Path]) -> None:
    put(hand, files, "portrait", "signature")
    assert at(hand) == ("signature", "已保存")
    assert hand.evaluate("scrollY") > 0
    assert seen(hand, "#signature .good")


def test_a_refused_picture_is_seen_focused_and_said_once_at_its_card(hand: Hand, files: dict[str, Path]) -> None:
    put(hand, files, "portrait")
    hand.upload(files["blank"], "#signature-camera")
    focused, said = at(hand)
    assert focused == "signature"
    assert said == hand.evaluate("document.querySelector('#signature .err').textContent")
    assert seen(hand, "#signature .err")
    assert hand.evaluate("document.querySelector('#errors').getAttribute('role')") is None
    assert "手写签名：" in hand.evaluate("document.querySelector('#errors').textContent")


def test_an_upload_leaves_the_other_picture_where_it_is(hand: Hand, files: dict[str, Path]) -> None:
    """Fetched once more it would cost three kilobytes, and flicker."""
    put(hand, files, "portrait")
    hand.evaluate("window.shown = document.querySelector('#portrait img')")
    put(hand, files, "signature")
    assert hand.evaluate("shown == document.querySelector('#portrait img')")


def test_the_list_of_what_is_wrong_goes_once_a_picture_is_taken(hand: Hand, files: dict[str, Path]) -> None:
    hand.upload(files["blank"], "#signature-camera")
    assert hand.evaluate("document.title").startswith("请改正：")
    put(hand, files, "signature")
    assert hand.evaluate("document.querySelector('#errors')") is None
    assert hand.evaluate("document.title").startswith("附件")
    assert at(hand) == ("signature", "已保存")


def test_a_removal_is_asked_on_the_screen_and_said_at_its_card(hand: Hand, files: dict[str, Path]) -> None:
    put(hand, files, "portrait", "signature")
    hand.click("#signature .ask summary")
    hand.evaluate("new Promise(done => setTimeout(done, 100))")
    assert seen(hand, "#signature [name=remove]")
    press(hand, "#signature [name=remove]")
    assert at(hand) == ("signature", "已删除")
    assert seen(hand, "#signature .row .hint")


def test_a_button_that_is_pressed_again_and_again_stays_under_the_finger(hand: Hand, files: dict[str, Path]) -> None:
    put(hand, files, "portrait")
    hand.click("#portrait summary")
    larger = "[value=larger]"
    hand.box(larger)
    before = top(hand, larger)
    press(hand, larger)
    assert abs(top(hand, larger) - before) <= 1
    assert hand.evaluate("document.activeElement.value") == "larger"
    press(hand, "[value=reset]")


def test_after_several_pictures_one_back_leads_to_the_step_before(hand: Hand, files: dict[str, Path]) -> None:
    before = hand.evaluate("history.length")
    put(hand, files, "portrait", "signature")
    hand.upload(files["blank"], "#signature-camera")
    hand.evaluate("document.querySelector('[name=background]').click()")
    hand.wait_for(f"document.querySelector('.chosen figcaption').textContent == '已选原图' && {QUIET}")
    assert hand.evaluate("history.length") == before
    assert hand.evaluate("location.pathname") == "/renewal/attachments"


def test_another_background_is_chosen_in_place(hand: Hand, files: dict[str, Path]) -> None:
    put(hand, files, "portrait")
    before = top(hand, ".backgrounds")
    hand.evaluate("document.querySelector('[name=background]').click()")
    hand.wait_for(f"document.querySelector('.chosen figcaption').textContent == '已选原图' && {QUIET}")
    assert abs(top(hand, ".backgrounds") - before) <= 1
    assert at(hand)[0] == "portrait"
    hand.evaluate("document.querySelector('[name=background]').click()")
    hand.wait_for(f"document.querySelector('.chosen figcaption').textContent == '已选白色背景' && {QUIET}")


def test_what_is_missing_is_listed_on_top_and_each_entry_leads_to_its_card(hand: Hand, files: dict[str, Path]) -> None:
    put(hand, files, "signature")
    hand.click("#signature .ask summary")
    press(hand, "#signature [name=remove]")
    hand.click(NEXT)
    hand.wait_for("document.activeElement.id == 'errors'")
    assert seen(hand, "#errors")
    hand.click("#errors a[href='#signature']")
    hand.wait_for("document.activeElement.id == 'signature'")
    assert seen(hand, "#signature .err")


def test_without_a_script_the_page_opens_at_the_card(
    chromium: Browser, server: str, tmp_path: Path, files: dict[str, Path]
) -> None:
    with phone(chromium, base_url=server, javascript=False) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path, script=False).to("一寸白底免冠照预览")
        assert page.url.endswith("/renewal/attachments#portrait")
        for picture, mark in (("blank", ".err"), ("signature", ".good")):
            page.set_input_files("#signature-camera", files[picture])
            page.tap("#signature .nojs")
            page.wait_for_selector(f"#signature {mark}")
            assert page.evaluate("scrollY") > 0
            assert seen(page, f"#signature {mark}")
        assert page.url.endswith("/renewal/attachments#signature")


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "关怀版"])
def test_no_state_of_a_card_keeps_anybody_out(
    chromium: Browser, server: str, tmp_path: Path, files: dict[str, Path], elder: bool
) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("手写签名预览")
        if elder:
            elder_view(page)
        for details in page.locator("details summary").all():
            details.tap()
        assert axe.violations(page) == []
        page.set_input_files("#signature-camera", files["blank"])
        page.wait_for_selector("#signature .err")
        assert seen(page, "#signature .err")
        assert axe.violations(page) == []
