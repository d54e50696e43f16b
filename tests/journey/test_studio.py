import numpy as np
import pytest

from renewal.journey import studio
from renewal.journey.form_input import Invalid, Repeated
from renewal.store.drafts import DraftChanged
from tests.factories import answer, attach, carry, person, portrait_jpeg, submitted
from tests.images.pictures import opened

ME = person(1)


@pytest.fixture
def draft(services):
    """A draft with a portrait before a coloured background, for which whitening turned out well."""
    draft = carry(services, "attachments", ME)
    return attach(services, draft, "portrait", portrait_jpeg())


def about(draft):
    return draft.answers["pictures"]["portrait"]


def adjust(services, draft, **form):
    return answer(services, draft, "attachments", form, part="portrait")


def choose(services, draft, background):
    return answer(services, draft, "attachments", {"background": background}, part="portrait")


def border(jpeg):
    """The darkest channel along the upper edge."""
    return int(np.asarray(opened(jpeg).convert("RGB"))[0].min())


def head_top(jpeg):
    """The first row in which something stands before a white background."""
    rows = np.asarray(opened(jpeg).convert("L")).min(axis=1)
    return int(np.argmax(rows < 150))


def photo(services, draft, kind="portrait"):
    return services.attachments.get(draft.id, kind)


def test_a_background_that_could_be_whitened_is_white_and_the_other_photo_is_kept(services, draft):
    assert about(draft)["white"]
    assert about(draft)["choice"]
    assert border(photo(services, draft)) >= 250 > border(photo(services, draft, "portrait_other"))


def test_the_person_may_take_the_photo_as_it_was_and_the_white_one_again(services, draft):
    white, plain = photo(services, draft), photo(services, draft, "portrait_other")
    draft = choose(services, draft, "plain")
    assert photo(services, draft) == plain
    assert "background" in {finding["code"] for finding in about(draft)["findings"]}
    draft = choose(services, draft, "white")
    assert photo(services, draft) == white
    assert "background" not in {finding["code"] for finding in about(draft)["findings"]}


def test_choosing_the_background_that_is_there_changes_nothing(services, draft):
    before = photo(services, draft)
    assert photo(services, choose(services, draft, "white")) == before


@pytest.mark.parametrize(
    ("press", "name", "steps"), [("larger", "zoom", 2), ("up", "down", -2), ("turn_left", "turn", -2)]
)
def test_a_button_cuts_the_photo_anew(services, draft, press, name, steps):
    before = photo(services, draft)
    advanced = adjust(services, draft, adjust=press)
    assert about(advanced)["adjustment"][name] == steps
    assert photo(services, advanced) != before


def test_up_moves_the_person_up_and_down_brings_them_back(services, draft):
    before = head_top(photo(services, draft))
    up = adjust(services, draft, adjust="up")
    assert head_top(photo(services, up)) < before
    assert abs(head_top(photo(services, adjust(services, up, adjust="down"))) - before) <= 1


def test_a_drag_moves_by_its_steps_and_the_first_place_can_be_had_again(services, draft):
    before = photo(services, draft)
    advanced = adjust(services, draft, adjust="drag", zoom="3", right="-2", down="1", turn="0")
    assert about(advanced)["adjustment"] == {"zoom": 3, "right": -2, "down": 1, "turn": 0}
    assert photo(services, adjust(services, advanced, adjust="reset")) == before


@pytest.mark.parametrize("nonsense", ["", "x", "9" * 400, "-", "1e9", "٣", "½", "--4"])
def test_a_drag_by_nonsense_moves_nothing(services, draft, nonsense):
    advanced = adjust(services, draft, adjust="drag", zoom=nonsense, right="1")
    assert about(advanced)["adjustment"] == {"zoom": 0, "right": 1, "down": 0, "turn": 0}


def test_an_unknown_button_is_refused_in_words(services, draft):
    with pytest.raises(Invalid, match="再试一次"):
        adjust(services, draft, adjust="explode")


def test_the_chosen_background_stays_when_the_photo_is_moved(services, draft):
    advanced = adjust(services, choose(services, draft, "plain"), adjust="larger")
    assert not about(advanced)["white"]
    assert border(photo(services, advanced)) < 250


def test_an_adjustment_posted_twice_moves_once(services, draft):
    adjust(services, draft, adjust="up")
    with pytest.raises(Repeated) as repeated:
        adjust(services, draft, adjust="up")
    assert repeated.value.same
    assert about(services.draft(draft.id))["adjustment"]["down"] == -2


def test_there_is_nothing_to_adjust_before_a_portrait_is_there(services):
    draft = carry(services, "attachments", ME)
    for change in (lambda: adjust(services, draft, adjust="up"), lambda: choose(services, draft, "white")):
        with pytest.raises(Invalid, match="请先上传"):
            change()


def test_a_photo_for_a_page_nobody_was_shown_is_not_adjusted(services, draft):
    with pytest.raises(DraftChanged):
        answer(services, draft, "attachments", {"adjust": "up"}, part="portrait", version=draft.version + 1)


def test_the_selfie_sent_again_as_portrait_is_advised_against(services):
    draft = carry(services, "attachments", ME, method="selfie")
    again = attach(services, draft, "portrait", portrait_jpeg())
    assert "selfie" in {finding["code"] for finding in about(again)["findings"]}
    assert "selfie" in {finding["code"] for finding in about(adjust(services, again, adjust="up"))["findings"]}


def test_what_the_studio_worked_with_is_gone_after_the_submission(services):
    application = submitted(services, ME)
    assert set(services.submissions.pictures(application.id, 0)) == {"portrait", "signature", "signature_white"}
    for kind in ("portrait", "portrait_source", "portrait_other"):
        assert services.attachments.get(application.draft_id, kind) is None


def test_the_studio_by_itself_goes_from_a_photo_to_an_adjusted_one_and_keeps_nothing():
    first = studio.one_inch(portrait_jpeg(), None, {}, {})
    source = first.files["portrait_source"]
    state = first.about
    advanced = studio.one_inch(None, source, state, {"adjust": "larger"})
    assert advanced.about["adjustment"]["zoom"] == 2
    plain = studio.one_inch(None, source, advanced.about, {"background": "plain"})
    assert plain.about["adjustment"]["zoom"] == 2
    assert not plain.about["white"]


@pytest.mark.parametrize(("data", "source"), [(None, None), (b"no picture", None), (None, b"no picture")])
def test_the_studio_by_itself_refuses_in_words(data, source):
    state = {"adjustment": {}, "white": True, "choice": True, "selfie": False}
    with pytest.raises(Invalid, match="照片"):
        studio.one_inch(data, source, state, {"adjust": "up"})


def test_a_white_background_offers_no_choice(services):
    draft = carry(services, "attachments", ME)
    first = attach(services, draft, "portrait", portrait_jpeg())
    again = attach(services, draft, "portrait", photo(services, first), version=draft.version + 1)
    assert not about(again)["choice"]
    with pytest.raises(Invalid, match="没有可换的背景"):
        choose(services, again, "white")
