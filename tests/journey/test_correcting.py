"""补正: open is what was returned, and nothing else can be changed by any form."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageOps

from renewal.domain.application import Status
from renewal.domain.codes import EDUCATIONS, ETHNICITIES, SPECIALTIES
from renewal.domain.defects import REASONS, opened
from renewal.forms.correction import FIELDS, LABELS, changes
from renewal.journey import correcting, pictures, steps, submission
from renewal.journey.form_input import Invalid, Repeated
from renewal.journey.steps import details
from renewal.journey.steps.step import StepView
from renewal.store import audit
from renewal.store.drafts import DraftChanged
from tests.factories import (
    SAME_FIXTURES,
    answer,
    attach,
    carry,
    moved,
    person,
    portrait_jpeg,
    returned,
    signature_png,
    submit,
    submitted,
    take,
)
from tests.images.pictures import astronaut, sheet, sign, to_bytes

ME = person(1)
BY_NUMBER = {"sex", "birth_date"}  # of this person nobody can return them
RETURNABLE = sorted(REASONS.keys() - BY_NUMBER)
OTHER = {
    **dict.fromkeys(("school", "major"), "别的"),
    "employer": "济南监理有限公司",
    "employer_code": "",
    "phone": "13900000000",
    "graduated_on": "2004/07/01",
    "specialty_1": "公路工程",
    "specialty_2": "",
    "ethnicity": "回族",
    "education": "大学专科",
    "degree": "无",
}


def back(services, *fields, **reasons):
    """Returned for these fields, and 去补正 was pressed: the case and its draft."""
    asked = {field: REASONS[field][0] for field in fields} | reasons
    case = returned(services, submitted(services, ME), **asked)
    return case, submission.reopen(services, case)


def on_to_review(services, draft):
    while steps.current(draft.all_answers).name != "review":
        draft = take(services, draft, ME)
    return draft


def differences(services, case):
    """Between the last two submissions of the case."""
    old, new = services.submissions.of(case.id)[-2:]
    files = [services.submissions.pictures(case.id, handed_in.position) for handed_in in (old, new)]
    return changes(old.answers, new.answers, *files)


def entries(services, draft):
    return {entry.field.name: entry for entry in details.STEP.show(StepView(services, details.STEP, draft))["entries"]}


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        (["school"], "details"),
        (["school", "portrait"], "details"),
        (["portrait"], "attachments"),
        (["signature", "commitment"], "attachments"),
        (["commitment"], "commitment"),
    ],
)
def test_the_wizard_opens_where_something_was_returned(services, fields, step):
    assert steps.current(back(services, *fields)[1].all_answers).name == step


@pytest.mark.parametrize("field", sorted(set(RETURNABLE) & FIELDS.keys()))
def test_only_what_was_returned_and_what_depends_on_it_can_be_written_into(services, field):
    shown = entries(services, back(services, field)[1])
    assert {name for name, entry in shown.items() if not entry.locked} == opened([field])
    assert {name: entry.value for name, entry in shown.items()} == ME.details


def test_each_reason_stands_beside_its_field(services):
    shown = entries(services, back(services, school="请填写全称。", portrait="请重拍。")[1])
    assert {name: entry.asked for name, entry in shown.items() if entry.asked} == {"school": "请填写全称。"}


@pytest.mark.parametrize("name", sorted(OTHER.keys() - {"school"} - opened(["school"])))
def test_another_value_for_a_closed_field_is_refused_in_words_and_changes_nothing(services, name):
    _, draft = back(services, "school")
    if not OTHER[name]:
        return
    with pytest.raises(Invalid, match="不在这次补正的范围内") as refused:
        answer(services, draft, "details", {**ME.details, "school": "山东大学", name: OTHER[name]})
    assert set(refused.value.errors) == {name}
    left = services.draft(draft.id)
    assert (left.version, left.answers) == (draft.version, draft.answers)
    assert name not in left.typed or left.typed[name] == ME.details[name]
    assert entries(services, left)[name].value == ME.details[name]


def test_what_was_typed_into_open_fields_beside_it_is_not_lost(services):
    _, draft = back(services, "school")
    with pytest.raises(Invalid):
        answer(services, draft, "details", {**ME.details, "school": "山东大学", "major": "别的"})
    assert services.draft(draft.id).typed == {"school": "山东大学"}


def test_an_autosave_into_a_closed_field_is_refused_too(services):
    _, draft = back(services, "school")
    with pytest.raises(Invalid, match="所学专业不在这次补正的范围内"):
        details.autosave(services, draft, {"school": "山东大学", "major": "别的"})
    assert services.draft(draft.id).typed == {}


def test_what_is_typed_is_kept_and_waits_to_be_confirmed(services):
    _, draft = back(services, "school", "portrait")
    details.autosave(services, draft, {"school": "山东大", "major": ME.details["major"]})
    left = services.draft(draft.id)
    assert left.typed == {"school": "山东大"}
    assert entries(services, left)["school"].value == "山东大"
    assert steps.current(left.all_answers).name == "details"


def test_closed_fields_need_not_be_posted(services):
    case, draft = back(services, "school")
    submit(services, on_to_review(services, answer(services, draft, "details", {"school": "山东大学"})))
    assert [(change.field, change.new) for change in differences(services, case).fields] == [("school", "山东大学")]


def test_a_closed_answer_that_was_left_empty_stays_so(services):
    draft = answer(services, carry(services, "details", ME), "details", ME.details | {"employer_code": ""})
    case = submit(services, on_to_review(services, draft))
    draft = submission.reopen(services, returned(services, case, school="请填写全称。"))
    with pytest.raises(Invalid, match="不在这次补正的范围内"):
        answer(services, draft, "details", {"school": "山东大学", "employer_code": ME.details["employer_code"]})
    assert entries(services, services.draft(draft.id))["employer_code"].value == ""
    draft = answer(services, draft, "details", {"school": "山东大学"})
    assert draft.answers["details"]["employer_code"] == ""


@pytest.mark.parametrize(("closed", "open_"), [("portrait", "signature"), ("signature", "portrait")])
def test_only_a_returned_picture_can_be_replaced_or_removed(services, closed, open_):
    _, draft = back(services, open_)
    kept = services.attachments.some(draft.id, submission.FROZEN)
    for data in (portrait_jpeg(), None):
        with pytest.raises(Invalid, match="不在这次补正的范围内，不能更换"):
            attach(services, draft, closed, data)
    with pytest.raises(Invalid, match="不能更换"):
        answer(services, draft, "attachments", {"adjust": "larger"}, part=closed)
    assert services.draft(draft.id) == draft
    assert services.attachments.some(draft.id, submission.FROZEN) == kept
    attach(services, draft, open_, portrait_jpeg() if open_ == "portrait" else signature_png())
    assert steps.current(services.draft(draft.id).all_answers).name == "review"


def test_a_returned_picture_has_to_be_made_anew_and_is_shown_until_then(services):
    case, draft = back(services, "portrait")
    before = services.submissions.pictures(case.id, 0)["portrait"]
    assert pictures.stored(services, draft, "portrait") == before
    with pytest.raises(Invalid, match="请上传一寸白底免冠照"):
        answer(services, draft, "attachments")


def test_a_letter_that_was_returned_is_read_and_made_once_more(services, clock):
    case, draft = back(services, "commitment")
    clock.go_on(days=1)
    submit(services, take(services, draft, ME))
    assert differences(services, case).names == {"commitment"}


@pytest.mark.parametrize("field", ["phone", "employer"])
def test_a_corrected_phone_or_employer_makes_another_letter(services, field):
    case, draft = back(services, field)
    draft = answer(services, draft, "details", {**ME.details, field: OTHER[field]})
    assert steps.current(draft.all_answers).name == "commitment"
    submit(services, take(services, draft, ME))
    assert differences(services, case).names == {field, "commitment"}


def test_nothing_of_the_correction_itself_is_handed_in(services):
    case, draft = back(services, "school")
    again = submit(services, answer(services, draft, "details", {"school": "山东大学"}))
    assert again.answers.keys() == case.answers.keys()
    assert (again.status, again.submissions, again.number) == (Status.SUBMITTED, 2, case.number)
    assert audit.verify(services.database, services.sealer).findings == []


def test_returned_again_other_things_are_open(services):
    _, draft = back(services, "school")
    again = submit(services, answer(services, draft, "details", {"school": "山东大学"}))
    draft = submission.reopen(services, returned(services, again, major="请填写全称。"))
    assert correcting.reasons(draft.answers) == {"major": "请填写全称。"}
    with pytest.raises(Invalid, match="毕业院校不在这次补正的范围内"):
        answer(services, draft, "details", {"school": "青岛理工大学", "major": "工程管理"})


def test_returned_without_a_list_everything_is_open(services):
    draft = submission.reopen(services, moved(services, submitted(services, ME), Status.RETURNED))
    assert correcting.closed(draft.answers) == frozenset()
    assert answer(services, draft, "details", ME.details | OTHER).answers["details"]["school"] == "别的"


def test_a_repeat_and_a_second_tab_do_as_in_the_first_filling(services):
    _, draft = back(services, "school", "portrait")
    after = answer(services, draft, "details", {"school": "山东大学"})
    with pytest.raises(Repeated) as repeated:
        answer(services, after, "details", {"school": "山东大学"}, version=draft.version)
    assert (repeated.value.path, repeated.value.same) == ("/renewal/attachments", True)
    with pytest.raises(Repeated) as other:
        answer(services, after, "details", {"school": "别的大学"}, version=draft.version)
    assert not other.value.same


def test_a_form_shown_before_the_return_is_stale(services):
    case = submitted(services, ME)
    old = services.draft(case.draft_id)
    submission.reopen(services, returned(services, case, school="请填写全称。"))
    with pytest.raises(DraftChanged):
        answer(services, old, "details", ME.details)


def test_the_review_tells_what_was_asked_and_what_was_changed(services):
    _, draft = back(services, "employer", "school", "portrait")
    draft = answer(services, draft, "details", ME.details | {"employer": OTHER["employer"]})
    draft = take(services, attach(services, draft, "portrait", ANOTHER["portrait"]), ME)
    rows = steps.BY_NAME["review"].show(StepView(services, steps.BY_NAME["review"], draft))["corrected"]
    assert [(row["label"], row["changed"], bool(row["asked"])) for row in rows] == [
        ("毕业院校", False, True),
        ("单位名称", True, True),
        ("一寸白底免冠照", True, True),
        ("承诺书", True, False),
    ]
    (employer,) = [row["value"] for row in rows if row["value"]]
    assert (employer.old, employer.new) == (ME.details["employer"], OTHER["employer"])


# Whatever is posted

values = st.sampled_from([*OTHER.values(), *ME.details.values(), "　", "x" * 600, "1990/01/01", *ETHNICITIES.names[:5]])
codes = st.sampled_from([*EDUCATIONS.names, *SPECIALTIES.names])
forms = st.dictionaries(st.sampled_from(sorted(FIELDS)), values | codes)
acts = st.one_of(
    st.tuples(st.just("details"), forms),
    st.tuples(st.just("whole"), forms),
    st.tuples(st.just("autosave"), forms),
    st.tuples(st.sampled_from(["portrait", "signature"]), st.sampled_from([None, "new", {"adjust": "up"}])),
    st.tuples(st.just("notice"), st.just({})),
    st.tuples(st.just("commitment"), st.just({"commitment": "yes"})),
)
ANOTHER = {
    "portrait": to_bytes(ImageOps.mirror(astronaut())),
    "signature": to_bytes(sign(sheet()).rotate(4, fillcolor="white")),
}
serials = iter(range(10, 500))


def post(services, draft, what, sent):
    match what:
        case "details":
            answer(services, draft, what, sent)
        case "whole":
            answer(services, draft, "details", {**draft.answers["details"], **sent})
        case "autosave":
            details.autosave(services, draft, sent)
        case "portrait" | "signature" if isinstance(sent, dict):
            answer(services, draft, "attachments", sent, part=what)
        case "portrait" | "signature":
            attach(services, draft, what, ANOTHER[what] if sent else None)
        case _:
            take(services, draft, ME) if what == steps.current(draft.all_answers).name else None


@given(st.sets(st.sampled_from(RETURNABLE), min_size=1, max_size=4), st.lists(acts, max_size=8))
@SAME_FIXTURES
def test_no_post_can_change_a_closed_field(services, fields, posts):
    who = person(next(serials))
    case = returned(services, submitted(services, who), **{field: REASONS[field][0] for field in fields})
    draft = submission.reopen(services, case)
    files = services.submissions.pictures(case.id, 0)
    for what, sent in posts:
        with suppress(Invalid, DraftChanged, Repeated):
            post(services, services.draft(draft.id), what, sent)
        left = services.draft(draft.id)
        shut = LABELS.keys() - opened(fields)
        shown = entries(services, left)
        assert all(left.answers["details"][name] == who.details[name] for name in shut & FIELDS.keys())
        assert all(shown[name].value == who.details[name] for name in shut & FIELDS.keys())
        for kind in shut & {"portrait", "signature"}:
            assert services.attachments.get(draft.id, kind) == files[kind]
