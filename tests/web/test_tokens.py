"""A token says what it grants; forged, foreign, missing and old ones grant nothing and lose nothing."""

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer

from renewal.web.tokens import StepToken, Tokens
from tests.factories import carry, person
from tests.web.browser import Browser, editable

LI, WANG = person(), person(1, "王小明")
FORGED = ["", "x", "x.y.z", "W10.aaaa.bbbb", "令牌", "a" * 5000, "eyJhIjoxfQ.aaaaaa.bbbbbb", "\x00"]


def test_a_token_brings_back_what_it_was_made_of() -> None:
    tokens = Tokens("secret", 60)
    assert tokens.read_step(tokens.step("draft", "details", 7)) == StepToken("draft", "details", 7)
    assert tokens.read_receipt(tokens.receipt(12)) == 12
    assert tokens.read_device(tokens.device(("a",))) == ["a"]


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_token_says_nothing(forged: str) -> None:
    tokens = Tokens("secret", 60)
    assert tokens.read_step(forged) is None
    assert tokens.read_receipt(forged) is None
    assert tokens.read_device(forged) == []


def test_a_form_shown_before_tokens_were_text_is_stale_and_no_bug() -> None:
    before = URLSafeTimedSerializer("secret", salt="step").dumps(["draft", "details", 7])
    assert Tokens("secret", 60).read_step(before) is None


def test_a_step_token_is_hardly_longer_than_what_it_says_and_its_signature() -> None:
    draft = "MvsmykHseCYxkfkcvfBjOg"
    assert len(Tokens("secret", 60).step(draft, "details", 7)) <= len(f"{draft}.details.7") + 36


def test_one_kind_of_token_is_no_other() -> None:
    tokens = Tokens("secret", 60)
    step = tokens.step("draft", "details", 7)
    assert tokens.read_receipt(step) is None
    assert tokens.read_device(step) == []
    assert tokens.read_step(tokens.device(("a",))) is None
    assert tokens.read_step(tokens.receipt(1)) is None


def test_another_deployment_signs_differently() -> None:
    assert Tokens("secret", 60).read_step(Tokens("other", 60).step("draft", "details", 7)) is None


def test_a_step_token_ages_and_a_printed_receipt_does_not(monkeypatch) -> None:
    tokens = Tokens("secret", 60)
    step, receipt, device = tokens.step("draft", "details", 7), tokens.receipt(1), tokens.device(("a",))
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 4_000_000_000)
    assert tokens.read_step(step) is None
    assert tokens.read_device(device) == []
    assert tokens.read_receipt(receipt) == 1


def test_tokens_say_nothing_about_the_person(app: Flask) -> None:
    tokens = app.extensions["renewal"].tokens
    assert tokens.step("id", "verify", 0).rsplit(".", 2)[0] == "id.verify.0"
    assert URLSafeSerializer("").load_payload(tokens.receipt(3).rsplit(".", 1)[0].encode()) == 3


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("step", ["verify", "face", "details", "review"])
def test_a_forged_or_missing_token_is_answered_with_the_current_state(at, step: str, forged: str) -> None:
    browser = at(step)
    before = browser.draft()
    form = browser.page.form(f"/renewal/{step}")
    data = {**form.values, "token": forged, "method": "counter", "name": "甲", "school": "没存上的大学"}
    if not forged:
        del data["token"]
    page = browser.post(f"/renewal/{step}", data)
    assert page.status == 409
    assert "这一页在别处已经更新过" in page.text
    assert page.form(f"/renewal/{step}").values["token"] != forged
    if step == "details":
        assert page.form("/renewal/details").values["school"] == "没存上的大学"
    assert browser.draft() == before


def test_a_token_of_another_step_is_refused(at) -> None:
    browser = at("details")
    browser.get("/renewal/notice")
    token = browser.page.form("/renewal/notice").values["token"]
    browser.get("/renewal/details")
    data = {**browser.page.form("/renewal/details").values, **LI.details, "token": token}
    assert browser.post("/renewal/details", data).status == 409
    assert "details" not in browser.draft().answers


def test_another_persons_token_does_not_touch_their_draft(app: Flask) -> None:
    victim, thief = Browser(app), Browser(app)
    victim.hold(carry(victim.services, "details", WANG)).get("/renewal/details")
    thief.hold(carry(thief.services, "details", LI)).get("/renewal/details")
    theirs, own = victim.draft(), thief.draft()
    stolen = victim.page.form("/renewal/details").values["token"]
    data = {**thief.page.form("/renewal/details").values, **editable(thief.page.form("/renewal/details"), LI)}
    for path in ("/renewal/details", "/renewal/details/autosave"):
        page = thief.post(path, {**data, "token": stolen})
        assert page.status == 409
        assert WANG.name not in page.text
        assert WANG.id_number not in page.text
        assert (victim.draft(), thief.draft()) == (theirs, own)


@pytest.mark.parametrize("kind", ["portrait", "signature"])
def test_another_persons_picture_form_does_not_remove_theirs(app: Flask, kind: str) -> None:
    victim, thief = Browser(app), Browser(app)
    victim.hold(carry(victim.services, "review", WANG)).get("/renewal/attachments")
    thief.hold(carry(thief.services, "details", LI)).get("/renewal/details")
    path = f"/renewal/attachments/{kind}"
    stolen = victim.page.form(path).values["token"]
    csrf = thief.page.form("/renewal/details").values["csrf_token"]
    assert thief.post(path, {"csrf_token": csrf, "token": stolen, "remove": "1"}).status == 409
    assert victim.services.attachments.get(victim.draft().id, kind)


def test_a_version_that_never_was_is_refused(at) -> None:
    browser = at("details")
    draft = browser.draft()
    token = browser.app.extensions["renewal"].tokens.step(draft.id, "details", draft.version + 5)
    data = {**browser.page.form("/renewal/details").values, **LI.details, "token": token}
    assert browser.post("/renewal/details", data).status == 409
    assert browser.draft() == draft
