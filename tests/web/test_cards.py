"""A picture's form that names its card as the target gets that card, and no more."""

from typing import Any

import pytest
from flask import Flask

from tests.factories import carry, portrait_jpeg, signature_png
from tests.web.browser import HTMX, Browser, Page, encoded

ATTACHMENTS = "/renewal/attachments"
GOOD = {"portrait": portrait_jpeg(), "signature": signature_png()}


@pytest.fixture
def browser(app: Flask) -> Browser:
    browser = Browser(app, htmx=True).hold(carry(app.extensions["renewal"].services, "attachments"))
    browser.get(ATTACHMENTS)
    return browser


def _put(browser: Browser, kind: str, data: dict[str, Any] | None = None, at: str = ATTACHMENTS) -> Page:
    """By the form of the page that was opened, which stands `at` an address, as its script sends it."""
    path = f"{ATTACHMENTS}/{kind}"
    sent = encoded({**browser.page.form(path).values, **(data or {kind: GOOD[kind]})})
    return Page(
        browser.client.post(path, headers={**HTMX, "HX-Target": kind, "HX-Current-URL": at}, **sent), ATTACHMENTS
    )


@pytest.mark.parametrize(("kind", "other"), [("portrait", "signature"), ("signature", "portrait")])
def test_only_the_card_comes_and_says_where_it_belongs(browser: Browser, kind: str, other: str) -> None:
    card = _put(browser, kind)
    assert (card.status, card.headers["HX-Retarget"]) == (200, f"#{kind}")
    assert card.form(f"{ATTACHMENTS}/{kind}")
    assert {image.split("?")[0] for image in card.images} == {f"{ATTACHMENTS}/{kind}"}
    assert f"{ATTACHMENTS}/{other}" not in card.html
    assert not {"portrait", "signature", "bar", "stepper", "here"} & set(card.ids)
    assert card.title == browser.page.title


@pytest.mark.parametrize("kind", GOOD)
def test_the_card_is_what_stands_in_the_page(browser: Browser, kind: str) -> None:
    card = _put(browser, kind)
    page = browser.get(ATTACHMENTS)
    assert card.ids == {name: page.ids[name] for name in card.ids}
    assert card.images == [image for image in page.images if kind in image]
    assert card.form(f"{ATTACHMENTS}/{kind}").names == page.form(f"{ATTACHMENTS}/{kind}").names


def test_the_cards_that_stayed_can_be_sent_and_下一步_leads_on(browser: Browser) -> None:
    """With the token that came beside the last card; the page's own is of before the pictures."""
    shown = browser.page.form(ATTACHMENTS).values
    _put(browser, "portrait")
    last = _put(browser, "signature")
    (onward,) = (given["value"] for _, given in last.tags if given.get("id") == "onward")
    assert browser.post(ATTACHMENTS, shown).status == 409
    assert browser.post(ATTACHMENTS, {**shown, "token": onward}).path == "/renewal/commitment"


def test_when_it_was_saved_comes_along(browser: Browser) -> None:
    card = _put(browser, "portrait")
    saved = [given for _, given in card.tags if given.get("id") == "saved"]
    assert [given["hx-swap-oob"] for given in saved] == ["true"]
    assert card.ids["saved"].startswith("已保存")


def test_the_address_of_a_page_that_a_refusal_left_is_mended(browser: Browser) -> None:
    """Else to load it anew would send the refused picture again."""
    assert "HX-Push-Url" not in _put(browser, "portrait").headers
    assert _put(browser, "portrait", at=f"{ATTACHMENTS}/portrait").headers["HX-Push-Url"] == ATTACHMENTS


def test_a_sentence_for_another_place_brings_the_whole_step(browser: Browser) -> None:
    with browser.client.session_transaction() as kept:
        kept["_flashes"] = [("/info", "另有一句话")]
    page = _put(browser, "portrait")
    assert "HX-Retarget" not in page.headers
    assert "另有一句话" in page.text


def test_pictures_of_two_people_on_one_phone_have_addresses_of_their_own(app: Flask) -> None:
    """A browser shows again, unasked, what the page still holds."""
    images = []
    for _ in range(2):
        browser = Browser(app, htmx=True).hold(carry(app.extensions["renewal"].services, "attachments"))
        browser.get(ATTACHMENTS)
        images.append({*_put(browser, "portrait").images, *_put(browser, "signature").images})
    assert len(images[0]) == len(images[1]) > 1
    assert not images[0] & images[1]


@pytest.mark.parametrize(
    ("data", "status"), [({"signature": b"no picture"}, 422), ({"token": "forged", "signature": b""}, 409)]
)
def test_what_is_not_taken_comes_as_the_step(browser: Browser, data: dict[str, Any], status: int) -> None:
    refused = _put(browser, "signature", data)
    assert refused.status == status
    assert "HX-Retarget" not in refused.headers
    assert refused.form(f"{ATTACHMENTS}/portrait")
    assert refused.form(ATTACHMENTS)


def test_who_names_another_target_gets_the_step(browser: Browser) -> None:
    page = browser.submit(f"{ATTACHMENTS}/portrait", portrait=GOOD["portrait"])
    assert "HX-Retarget" not in page.headers
    assert page.form(f"{ATTACHMENTS}/signature")
