from base64 import b64encode

import pytest

from renewal.journey import pictures, steps
from renewal.journey.form_input import Invalid, Repeated
from renewal.journey.steps.details import keep_typed
from renewal.journey.steps.notice import ALL
from renewal.store import models
from renewal.store.drafts import Draft, DraftChanged
from tests.factories import answer, at_once, attach, carry, person, portrait_jpeg, signature_png, stored
from tests.images.pictures import astronaut, opened, sheet, sign, to_bytes
from tests.naughty import is_sentence

ME = person(1)
NO_PICTURES = {
    "empty": b"",
    "text": b"hello" * 100,
    "cut": portrait_jpeg()[:3000],
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "html": b"\xff\xd8\xff<script>alert(1)</script>",
    "zeros": bytes(5000),
    "tiny": to_bytes(sheet((1, 1)), "PNG"),
}


@pytest.fixture
def draft(services):
    return carry(services, "attachments", ME)


PORTRAIT = ["portrait", "portrait_other", "portrait_source"]
"""The photo, the same with the other background, and what both are cut from."""


def kinds(services):
    return sorted(row.kind for row in stored(services, models.Attachment))


def kept(services, draft, kind):
    return opened(services.attachments.get(draft.id, kind))


def test_a_portrait_becomes_a_one_inch_photo(services, draft):
    advanced = attach(services, draft, "portrait", portrait_jpeg())
    assert kept(services, draft, "portrait").size == (295, 413)
    about = advanced.answers["pictures"]["portrait"]
    assert about["bytes"] == len(services.attachments.get(draft.id, "portrait")) <= 60_000
    assert advanced.history[-1][1] == "/renewal/attachments#portrait"


def test_a_signature_is_kept_clear_and_on_white(services, draft):
    attach(services, draft, "signature", signature_png())
    assert kinds(services) == ["signature", "signature_white"]
    assert kept(services, draft, "signature").format == "PNG"
    assert kept(services, draft, "signature_white").format == "JPEG"


def test_with_both_the_way_goes_on(services, draft):
    attach(services, draft, "portrait", portrait_jpeg())
    advanced = attach(services, draft, "signature", signature_png())
    assert steps.current(advanced.all_answers).name == "commitment"
    assert answer(services, advanced, "attachments") == advanced


def test_without_both_it_does_not_and_says_which_is_missing(services, draft):
    with pytest.raises(Invalid) as refused:
        answer(services, draft, "attachments")
    assert refused.value.errors == {"portrait": "请上传一寸白底免冠照", "signature": "请上传手写签名"}
    with pytest.raises(Invalid) as refused:
        answer(services, attach(services, draft, "portrait", portrait_jpeg()), "attachments")
    assert set(refused.value.errors) == {"signature"}


def test_another_picture_replaces_the_first(services, draft):
    attach(services, draft, "portrait", portrait_jpeg())
    first = services.attachments.get(draft.id, "portrait")
    attach(services, draft, "portrait", to_bytes(astronaut(1.5)))
    assert kinds(services) == PORTRAIT
    assert services.attachments.get(draft.id, "portrait") != first


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
@pytest.mark.parametrize("kind", ["portrait", "signature"])
def test_what_is_no_picture_is_refused_in_words_and_nothing_is_stored(services, draft, kind, data):
    before = services.draft(draft.id)
    with pytest.raises(Invalid) as refused:
        attach(services, draft, kind, data)
    assert set(refused.value.errors) == {kind}
    assert is_sentence(refused.value.errors[kind])
    assert services.draft(draft.id) == before
    assert kinds(services) == []


def test_a_refused_picture_leaves_the_one_before(services, draft):
    attach(services, draft, "signature", signature_png())
    before = services.attachments.get(draft.id, "signature")
    with pytest.raises(Invalid):
        attach(services, draft, "signature", to_bytes(sheet(), "PNG"))
    assert services.attachments.get(draft.id, "signature") == before


def test_a_removed_picture_is_gone_in_every_form(services, draft):
    attach(services, draft, "portrait", portrait_jpeg())
    attach(services, draft, "signature", signature_png())
    advanced = attach(services, draft, "signature", None)
    assert kinds(services) == PORTRAIT
    assert set(advanced.answers["pictures"]) == {"portrait"}
    assert steps.current(advanced.all_answers).name == "attachments"


def test_removing_what_is_not_there_does_no_harm(services, draft):
    assert attach(services, draft, "portrait", None).answers["pictures"] == {}


def test_an_upload_posted_again_is_known(services, draft):
    attach(services, draft, "portrait", portrait_jpeg())
    with pytest.raises(Repeated, match="/renewal/attachments") as repeated:
        attach(services, draft, "portrait", portrait_jpeg(), version=draft.version)
    assert repeated.value.same
    assert services.draft(draft.id).version == draft.version + 1


def test_another_picture_from_a_stale_page_is_not_taken_for_the_same(services, draft):
    attach(services, draft, "portrait", portrait_jpeg())
    with pytest.raises(Repeated) as repeated:
        attach(services, draft, "portrait", to_bytes(astronaut(1.5)), version=draft.version)
    assert not repeated.value.same


def test_a_picture_for_a_page_nobody_was_shown_is_refused(services, draft):
    with pytest.raises(DraftChanged):
        attach(services, draft, "portrait", portrait_jpeg(), version=draft.version + 1)


def test_a_removal_posted_again_does_not_remove_what_came_after(services, draft):
    attach(services, draft, "portrait", portrait_jpeg())
    attach(services, draft, "portrait", None, version=draft.version + 1)
    attach(services, draft, "portrait", portrait_jpeg())
    with pytest.raises(Repeated):
        attach(services, draft, "portrait", None, version=draft.version + 1)
    assert kinds(services) == PORTRAIT


def test_two_kinds_uploaded_at_once_are_both_kept(services, draft):
    outcomes = at_once(
        services,
        lambda: attach(services, draft, "portrait", portrait_jpeg(), version=draft.version),
        lambda: attach(services, draft, "signature", signature_png(), version=draft.version),
    )
    assert [type(outcome) for outcome in outcomes] == [Draft, Draft]
    assert kinds(services) == [*PORTRAIT, "signature", "signature_white"]
    assert set(services.draft(draft.id).answers["pictures"]) == {"portrait", "signature"}


def test_one_kind_uploaded_from_two_tabs_at_once_is_kept_once(services, draft):
    outcomes = at_once(
        services,
        *[lambda: attach(services, draft, "signature", signature_png(), version=draft.version)] * 3,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Draft", "Repeated", "Repeated"]
    assert services.draft(draft.id).version == draft.version + 1


def test_a_picture_comes_in_beside_a_step_taken_meanwhile(services, draft):
    answer(services, draft, "notice", {"read": " ".join(ALL)})
    assert (
        "signature" in attach(services, draft, "signature", signature_png(), version=draft.version).answers["pictures"]
    )


def test_a_picture_before_its_step_is_open_is_refused(services):
    early = carry(services, "details", ME)
    with pytest.raises(DraftChanged):
        attach(services, early, "portrait", portrait_jpeg())
    assert kinds(services) == []


def test_no_picture_is_kept_for_a_draft_nobody_began(services):
    with pytest.raises(DraftChanged):
        attach(services, Draft("nowhere"), "portrait", portrait_jpeg())


def test_what_was_typed_meanwhile_waits_and_the_picture_too(services, draft):
    keep_typed(services, draft, {"school": "山东大学"})
    with pytest.raises(DraftChanged):
        attach(services, draft, "portrait", portrait_jpeg())
    assert services.draft(draft.id).typed == {"school": "山东大学"}


def test_another_picture_does_not_ask_for_the_letter_again(services):
    ready = carry(services, "review", ME)
    advanced = attach(services, ready, "portrait", to_bytes(astronaut(1.5)))
    assert steps.current(advanced.all_answers).name == "review"


# What came: a file, or a drawing


def data_url(picture: bytes) -> str:
    return "data:image/png;base64," + b64encode(picture).decode()


def test_a_file_is_taken_as_it_came():
    assert pictures.chosen("portrait", [b"first", b"second"], {}) == b"first"


def test_a_drawing_from_the_pad_comes_before_a_file():
    assert pictures.chosen("signature", [b"file"], {"signature_data": data_url(b"drawn")}) == b"drawn"


def test_a_drawing_is_kept_like_a_file(services, draft):
    drawn = to_bytes(sign(sheet(mode="RGBA", paper=(0, 0, 0, 0))), "PNG")
    attach(services, draft, "signature", pictures.chosen("signature", [], {"signature_data": data_url(drawn)}))
    assert kinds(services) == ["signature", "signature_white"]


@pytest.mark.parametrize("kind", ["portrait", "signature"])
def test_nothing_chosen_is_asked_for(kind):
    with pytest.raises(Invalid, match="请选择要上传的") as refused:
        pictures.chosen(kind, [], {f"{kind}_data": ""})
    assert set(refused.value.errors) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "data:image/png;base64,AAA",
        "data:image/png;base64,签名",
        "data:image/png;base64,AA AA",
        "data:image/svg+xml;base64,AAAA",
        "data:text/html,<script>",
        "javascript:alert(1)",
        "AAAA",
        ",",
    ],
)
def test_a_drawing_that_did_not_arrive_whole_is_asked_for_again(text):
    with pytest.raises(Invalid, match="重新签一次"):
        pictures.chosen("signature", [], {"signature_data": text})


def test_warnings_are_told_to_the_person_and_the_clerk(services, draft):
    advanced = attach(services, draft, "portrait", portrait_jpeg())
    for finding in advanced.answers["pictures"]["portrait"]["findings"]:
        assert set(finding) == {"code", "text"}
        assert is_sentence(finding["text"])
