from base64 import b64encode

import pytest

from renewal import steps
from renewal.journey import filling, pictures
from renewal.journey.answers import Invalid, Repeated
from renewal.journey.pictures import version_of
from renewal.steps.notice import ALL
from renewal.store import models
from renewal.store.drafts import Draft, DraftChanged
from tests.factories import at_once, carry, person, portrait_jpeg, posted, signature_png
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
def draft(house):
    return carry(house, "attachments", ME)


def attach(house, draft, kind, data):
    return pictures.attach(house, draft.id, kind, version_of(house.draft(draft.id), kind), data)


PORTRAIT = ["portrait", "portrait_other", "portrait_source"]
"""The photo, the same with the other wall, and what both are cut from."""


def kinds(house):
    return sorted(row.kind for row in models.Attachment.select())


def kept(house, draft, kind):
    return opened(house.attachments.get(draft.id, kind))


def test_a_portrait_becomes_a_one_inch_photo(house, draft):
    moved = attach(house, draft, "portrait", portrait_jpeg())
    assert kept(house, draft, "portrait").size == (295, 413)
    about = moved.answers["pictures"]["portrait"]
    assert about["bytes"] == len(house.attachments.get(draft.id, "portrait")) <= 60_000
    assert moved.trail[-1][1] == "/renewal/attachments"


def test_a_signature_is_kept_clear_and_on_white(house, draft):
    attach(house, draft, "signature", signature_png())
    assert kinds(house) == ["signature", "signature_white"]
    assert kept(house, draft, "signature").format == "PNG"
    assert kept(house, draft, "signature_white").format == "JPEG"


def test_with_both_the_way_goes_on(house, draft):
    attach(house, draft, "portrait", portrait_jpeg())
    moved = attach(house, draft, "signature", signature_png())
    assert steps.current(moved.all_answers).name == "commitment"
    assert pictures.go_on(moved) == moved


def test_without_both_it_does_not_and_says_which_is_missing(house, draft):
    with pytest.raises(Invalid) as refused:
        pictures.go_on(draft)
    assert refused.value.errors == {"portrait": "请上传一寸白底免冠照", "signature": "请上传手写签名"}
    with pytest.raises(Invalid) as refused:
        pictures.go_on(attach(house, draft, "portrait", portrait_jpeg()))
    assert set(refused.value.errors) == {"signature"}


def test_another_picture_replaces_the_first(house, draft):
    attach(house, draft, "portrait", portrait_jpeg())
    first = house.attachments.get(draft.id, "portrait")
    attach(house, draft, "portrait", to_bytes(astronaut(1.5)))
    assert kinds(house) == PORTRAIT
    assert house.attachments.get(draft.id, "portrait") != first


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
@pytest.mark.parametrize("kind", ["portrait", "signature"])
def test_what_is_no_picture_is_refused_in_words_and_nothing_is_stored(house, draft, kind, data):
    before = house.draft(draft.id)
    with pytest.raises(Invalid) as refused:
        attach(house, draft, kind, data)
    assert set(refused.value.errors) == {kind}
    assert is_sentence(refused.value.errors[kind])
    assert house.draft(draft.id) == before
    assert kinds(house) == []


def test_a_refused_picture_leaves_the_one_before(house, draft):
    attach(house, draft, "signature", signature_png())
    before = house.attachments.get(draft.id, "signature")
    with pytest.raises(Invalid):
        attach(house, draft, "signature", to_bytes(sheet(), "PNG"))
    assert house.attachments.get(draft.id, "signature") == before


def test_a_removed_picture_is_gone_in_every_form(house, draft):
    attach(house, draft, "portrait", portrait_jpeg())
    attach(house, draft, "signature", signature_png())
    moved = attach(house, draft, "signature", None)
    assert kinds(house) == PORTRAIT
    assert set(moved.answers["pictures"]) == {"portrait"}
    assert steps.current(moved.all_answers).name == "attachments"


def test_removing_what_is_not_there_does_no_harm(house, draft):
    assert attach(house, draft, "portrait", None).answers["pictures"] == {}


def test_an_upload_posted_again_is_known(house, draft):
    pictures.attach(house, draft.id, "portrait", 0, portrait_jpeg())
    with pytest.raises(Repeated, match="/renewal/attachments") as repeated:
        pictures.attach(house, draft.id, "portrait", 0, portrait_jpeg())
    assert repeated.value.same
    assert version_of(house.draft(draft.id), "portrait") == 1


def test_another_picture_from_a_stale_page_is_not_taken_for_the_same(house, draft):
    pictures.attach(house, draft.id, "portrait", 0, portrait_jpeg())
    with pytest.raises(Repeated) as repeated:
        pictures.attach(house, draft.id, "portrait", 0, to_bytes(astronaut(1.5)))
    assert not repeated.value.same


def test_a_picture_for_a_page_nobody_was_shown_is_refused(house, draft):
    with pytest.raises(DraftChanged):
        pictures.attach(house, draft.id, "portrait", 1, portrait_jpeg())


def test_a_removal_posted_again_does_not_remove_what_came_after(house, draft):
    attach(house, draft, "portrait", portrait_jpeg())
    pictures.attach(house, draft.id, "portrait", 1, None)
    attach(house, draft, "portrait", portrait_jpeg())
    with pytest.raises(Repeated):
        pictures.attach(house, draft.id, "portrait", 1, None)
    assert kinds(house) == PORTRAIT


def test_two_kinds_uploaded_at_once_are_both_kept(house, draft):
    outcomes = at_once(
        house,
        lambda: pictures.attach(house, draft.id, "portrait", 0, portrait_jpeg()),
        lambda: pictures.attach(house, draft.id, "signature", 0, signature_png()),
    )
    assert [type(outcome) for outcome in outcomes] == [Draft, Draft]
    assert kinds(house) == [*PORTRAIT, "signature", "signature_white"]
    assert set(house.draft(draft.id).answers["pictures"]) == {"portrait", "signature"}


def test_one_kind_uploaded_from_two_tabs_at_once_is_kept_once(house, draft):
    outcomes = at_once(
        house,
        *[lambda: pictures.attach(house, draft.id, "signature", 0, signature_png())] * 3,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Draft", "Repeated", "Repeated"]
    assert version_of(house.draft(draft.id), "signature") == 1


def test_a_picture_comes_in_beside_a_step_taken_meanwhile(house, draft):
    filling.read_notice(house, draft, posted(draft, "notice"), [*ALL])
    assert "signature" in pictures.attach(house, draft.id, "signature", 0, signature_png()).answers["pictures"]


def test_a_picture_before_its_step_is_open_is_refused(house):
    early = carry(house, "details", ME)
    with pytest.raises(DraftChanged):
        pictures.attach(house, early.id, "portrait", 0, portrait_jpeg())
    assert kinds(house) == []


def test_no_picture_is_kept_for_a_draft_nobody_began(house):
    with pytest.raises(DraftChanged):
        pictures.attach(house, "nowhere", "portrait", 0, portrait_jpeg())


def test_what_was_typed_meanwhile_waits_and_the_picture_too(house, draft):
    filling.keep_typed(house, draft, {"school": "山东大学"})
    with pytest.raises(DraftChanged):
        pictures.attach(house, draft.id, "portrait", 0, portrait_jpeg())
    assert house.draft(draft.id).typed == {"school": "山东大学"}


def test_another_picture_does_not_ask_for_the_letter_again(house):
    ready = carry(house, "review", ME)
    moved = attach(house, ready, "portrait", to_bytes(astronaut(1.5)))
    assert steps.current(moved.all_answers).name == "review"


# What came: a file, or a drawing


def data_url(picture: bytes) -> str:
    return "data:image/png;base64," + b64encode(picture).decode()


def test_a_file_is_taken_as_it_came():
    assert pictures.chosen("portrait", [b"first", b"second"], {}) == b"first"


def test_a_drawing_from_the_pad_comes_before_a_file():
    assert pictures.chosen("signature", [b"file"], {"signature_data": data_url(b"drawn")}) == b"drawn"


def test_a_drawing_is_kept_like_a_file(house, draft):
    drawn = to_bytes(sign(sheet(mode="RGBA", paper=(0, 0, 0, 0))), "PNG")
    attach(house, draft, "signature", pictures.chosen("signature", [], {"signature_data": data_url(drawn)}))
    assert kinds(house) == ["signature", "signature_white"]


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


def test_warnings_are_told_to_the_person_and_the_clerk(house, draft):
    moved = attach(house, draft, "portrait", portrait_jpeg())
    for finding in moved.answers["pictures"]["portrait"]["findings"]:
        assert set(finding) == {"code", "text"}
        assert is_sentence(finding["text"])
