import pytest

from renewal.domain.trust import Trust
from renewal.journey import steps
from renewal.journey.steps import BY_NAME, DONE_PATH, STAGES, STEPS, is_open, next_path
from renewal.store.drafts import Draft, new_id
from tests.factories import answer, person, take

NAMES = ["verify", "register", "face", "notice", "details", "attachments", "commitment", "review"]


@pytest.fixture
def way(services):
    """One draft as it was at each step, by the step's name."""
    draft = Draft(new_id())
    way = {"verify": draft}
    while (name := steps.current(draft.all_answers).name) != "review":
        draft = take(services, draft, person())
        way[steps.current(draft.all_answers).name] = draft
        assert steps.current(draft.all_answers).name != name
    return way


def test_the_steps_come_in_the_manuals_order():
    assert [step.name for step in STEPS] == NAMES
    assert list(BY_NAME) == NAMES


def test_each_step_has_an_address_of_its_own():
    assert [step.path for step in STEPS] == [f"/renewal/{name}" for name in NAMES]
    assert DONE_PATH == "/renewal/done"


def test_the_stepper_never_goes_back():
    stages = [step.stage for step in STEPS]
    assert stages == sorted(stages)
    assert {*stages, 3} == {number for number, _ in STAGES}
    assert [title for _, title in STAGES] == ["申报须知", "申报信息", "申报告知"]


def test_each_step_asks_for_as_much_trust_as_the_ones_before_have_given():
    needs = [step.needs for step in STEPS]
    assert needs == sorted(needs)
    assert [step.name for step in STEPS if step.needs <= Trust.CLAIMED] == ["verify", "register", "face"]


def test_only_a_proof_of_the_person_cannot_be_taken_twice():
    assert {step.name for step in STEPS if step.once} == {"register", "face"}


def test_the_current_step_is_the_first_that_is_not_done(way):
    assert {name: steps.current(draft.all_answers).name for name, draft in way.items()} == {n: n for n in NAMES}


def test_a_step_is_open_when_all_before_it_are_done(way):
    for here, draft in enumerate(way.values()):
        opened = [step.name for step in STEPS if is_open(step, draft.all_answers)]
        assert opened == [name for name in NAMES[: here + 1] if name not in ("register", "face") or name == NAMES[here]]


def test_a_known_person_is_not_asked_to_register():
    assert steps.current({"verify": {"known": True}}).name == "face"
    assert not is_open(BY_NAME["register"], {"verify": {"known": True}})


def test_an_unknown_person_registers_before_the_face():
    assert steps.current({"verify": {"known": False}}).name == "register"
    assert not is_open(BY_NAME["face"], {"verify": {"known": False}})


def test_what_was_typed_and_not_confirmed_shuts_the_steps_behind_the_details(way):
    typed = {**way["review"].answers, "typed": {"school": "青岛"}}
    assert steps.current(typed).name == "details"
    assert not is_open(BY_NAME["commitment"], typed)
    assert not is_open(BY_NAME["review"], typed)


def test_a_removed_picture_shuts_the_steps_behind_the_attachments(way):
    answers = dict(way["review"].answers)
    answers["pictures"] = {"portrait": answers["pictures"]["portrait"]}
    assert steps.current(answers).name == "attachments"


@pytest.mark.parametrize("missing", ["verify", "register", "face", "notice", "details", "pictures", "commitment"])
def test_the_review_is_shut_while_anything_is_missing(way, missing):
    answers = {name: answer for name, answer in way["review"].answers.items() if name != missing}
    assert not is_open(BY_NAME["review"], answers)


def test_a_clause_added_to_the_notice_has_to_be_read(way):
    answers = dict(way["details"].answers)
    answers["notice"] = {**answers["notice"], "read": answers["notice"]["read"][1:]}
    assert steps.current(answers).name == "notice"


@pytest.mark.parametrize("changed", ["name", "id_number", "phone", "employer"])
def test_another_name_number_phone_or_employer_makes_another_letter(way, changed):
    answers = dict(way["review"].answers)
    answers["details"] = {**answers["details"], changed: "别的"}
    assert steps.current(answers).name == "commitment"


@pytest.mark.parametrize("changed", ["school", "specialty_1", "degree", "employer_code"])
def test_other_changes_leave_the_letter_as_it_was_promised(way, changed):
    answers = dict(way["review"].answers)
    answers["details"] = {**answers["details"], changed: "别的"}
    assert steps.current(answers).name == "review"


def test_the_way_leads_to_the_current_step_and_after_the_submission_to_its_end(services, way):
    assert [next_path(draft) for name, draft in way.items() if name != "register"] == [
        f"/renewal/{name}" for name in NAMES if name != "register"
    ]
    assert next_path(answer(services, way["review"], "review")) == DONE_PATH


def test_an_unknown_person_is_asked_before_being_sent_to_register(way):
    assert next_path(way["register"]) == "/renewal/verify"
