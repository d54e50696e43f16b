import numpy as np
import pytest

from renewal.journey import pictures, studio
from renewal.journey.answers import Invalid, Repeated
from renewal.journey.pictures import version_of
from renewal.store.drafts import DraftChanged
from tests.factories import carry, person, portrait_jpeg, submitted
from tests.images.pictures import opened

ME = person(1)


@pytest.fixture
def draft(house):
    """A draft with a portrait before a coloured wall, for which whitening turned out well."""
    draft = carry(house, "attachments", ME)
    return pictures.attach(house, draft.id, "portrait", 0, portrait_jpeg())


def about(draft):
    return draft.answers["pictures"]["portrait"]


def adjust(house, draft, **form):
    return pictures.adjust(house, draft.id, version_of(draft, "portrait"), form)


def choose(house, draft, wall):
    return pictures.choose_wall(house, draft.id, version_of(draft, "portrait"), wall)


def border(jpeg):
    """The darkest channel along the upper edge."""
    return int(np.asarray(opened(jpeg).convert("RGB"))[0].min())


def head_top(jpeg):
    """The first row in which something stands before a white wall."""
    rows = np.asarray(opened(jpeg).convert("L")).min(axis=1)
    return int(np.argmax(rows < 150))


def photo(house, draft, kind="portrait"):
    return house.attachments.get(draft.id, kind)


def test_a_wall_that_could_be_whitened_is_white_and_the_other_photo_is_kept(house, draft):
    assert about(draft)["white"]
    assert about(draft)["choice"]
    assert border(photo(house, draft)) >= 250 > border(photo(house, draft, "portrait_other"))


def test_the_person_may_take_the_photo_as_it_was_and_the_white_one_again(house, draft):
    white, plain = photo(house, draft), photo(house, draft, "portrait_other")
    draft = choose(house, draft, "plain")
    assert photo(house, draft) == plain
    assert "background" in {finding["code"] for finding in about(draft)["findings"]}
    draft = choose(house, draft, "white")
    assert photo(house, draft) == white
    assert "background" not in {finding["code"] for finding in about(draft)["findings"]}


def test_choosing_the_wall_that_is_there_changes_nothing(house, draft):
    before = photo(house, draft)
    assert photo(house, choose(house, draft, "white")) == before


@pytest.mark.parametrize(
    ("press", "name", "steps"), [("larger", "zoom", 2), ("up", "down", -2), ("turn_left", "turn", -2)]
)
def test_a_button_cuts_the_photo_anew(house, draft, press, name, steps):
    before = photo(house, draft)
    moved = adjust(house, draft, adjust=press)
    assert about(moved)["adjustment"][name] == steps
    assert photo(house, moved) != before


def test_up_moves_the_person_up_and_down_brings_them_back(house, draft):
    before = head_top(photo(house, draft))
    up = adjust(house, draft, adjust="up")
    assert head_top(photo(house, up)) < before
    assert abs(head_top(photo(house, adjust(house, up, adjust="down"))) - before) <= 1


def test_a_drag_moves_by_its_steps_and_the_first_place_can_be_had_again(house, draft):
    before = photo(house, draft)
    moved = adjust(house, draft, adjust="drag", zoom="3", right="-2", down="1", turn="0")
    assert about(moved)["adjustment"] == {"zoom": 3, "right": -2, "down": 1, "turn": 0}
    assert photo(house, adjust(house, moved, adjust="reset")) == before


@pytest.mark.parametrize("nonsense", ["", "x", "9" * 400, "-", "1e9", "٣", "½", "--4"])
def test_a_drag_by_nonsense_moves_nothing(house, draft, nonsense):
    moved = adjust(house, draft, adjust="drag", zoom=nonsense, right="1")
    assert about(moved)["adjustment"] == {"zoom": 0, "right": 1, "down": 0, "turn": 0}


def test_an_unknown_button_is_refused_in_words(house, draft):
    with pytest.raises(Invalid, match="再试一次"):
        adjust(house, draft, adjust="explode")


def test_the_chosen_wall_stays_when_the_photo_is_moved(house, draft):
    moved = adjust(house, choose(house, draft, "plain"), adjust="larger")
    assert not about(moved)["white"]
    assert border(photo(house, moved)) < 250


def test_an_adjustment_posted_twice_moves_once(house, draft):
    version = version_of(draft, "portrait")
    pictures.adjust(house, draft.id, version, {"adjust": "up"})
    with pytest.raises(Repeated) as repeated:
        pictures.adjust(house, draft.id, version, {"adjust": "up"})
    assert repeated.value.same
    assert about(house.draft(draft.id))["adjustment"]["down"] == -2


def test_there_is_nothing_to_adjust_before_a_portrait_is_there(house):
    draft = carry(house, "attachments", ME)
    for change in (lambda: adjust(house, draft, adjust="up"), lambda: choose(house, draft, "white")):
        with pytest.raises(Invalid, match="请先上传"):
            change()


def test_a_photo_for_a_page_nobody_was_shown_is_not_adjusted(house, draft):
    with pytest.raises(DraftChanged):
        pictures.adjust(house, draft.id, 7, {"adjust": "up"})


def test_the_selfie_sent_again_as_portrait_is_advised_against(house):
    draft = carry(house, "attachments", ME, method="selfie")
    again = pictures.attach(house, draft.id, "portrait", 0, portrait_jpeg())
    assert "selfie" in {finding["code"] for finding in about(again)["findings"]}
    assert "selfie" in {finding["code"] for finding in about(adjust(house, again, adjust="up"))["findings"]}


def test_what_the_studio_worked_with_is_gone_after_the_submission(house):
    application = submitted(house, ME)
    assert house.attachments.get(application.draft_id, "portrait") is not None
    assert house.attachments.get(application.draft_id, "portrait_source") is None
    assert house.attachments.get(application.draft_id, "portrait_other") is None


def test_the_studio_by_itself_goes_from_a_photo_to_an_adjusted_one_and_keeps_nothing():
    first = studio.one_inch(portrait_jpeg(), None, {}, {})
    source = first.files["portrait_source"]
    state = first.about
    moved = studio.one_inch(None, source, state, {"adjust": "larger"})
    assert moved.about["adjustment"]["zoom"] == 2
    plain = studio.one_inch(None, source, moved.about, {"wall": "plain"})
    assert plain.about["adjustment"]["zoom"] == 2
    assert not plain.about["white"]


@pytest.mark.parametrize(("data", "source"), [(None, None), (b"no picture", None), (None, b"no picture")])
def test_the_studio_by_itself_refuses_in_words(data, source):
    state = {"adjustment": {}, "white": True, "choice": True, "selfie": False}
    with pytest.raises(Invalid, match="照片"):
        studio.one_inch(data, source, state, {"adjust": "up"})


def test_a_white_wall_offers_no_choice(house):
    draft = carry(house, "attachments", ME)
    first = pictures.attach(house, draft.id, "portrait", 0, portrait_jpeg())
    again = pictures.attach(house, draft.id, "portrait", 1, photo(house, first))
    assert not about(again)["choice"]
    with pytest.raises(Invalid, match="没有可换的背景"):
        choose(house, again, "white")
