"""What the clerks do, by the office's verbs."""

from renewal.demo.stage import Case, Stage
from renewal.domain.application import Status
from renewal.domain.calendar import DECIDE_WITHIN
from renewal.domain.defects import REASONS
from renewal.office.acts import Action, actor
from renewal.office.returning import return_for_correction

GROUNDS = (
    "继续教育未达到规定学时",
    "已满65周岁，不符合延续注册条件",
    "同时受聘于两个以上单位",
)


def read(stage: Stage, case: Case) -> None:
    """Opened, and left for later."""
    clerk = stage.clerk_of(case)
    stage.services.log(actor(clerk), Action.READ_CASE, stage.application(case).number)


def give_back(stage: Stage, case: Case) -> None:
    read(stage, case)
    application, clerk = stage.application(case), stage.clerk_of(case)
    reasons = {flaw: stage.random.choice(REASONS[flaw]) for flaw in case.flaws}
    return_for_correction(stage.services, application, application.version, actor(clerk), reasons)


def accept(stage: Stage, case: Case) -> None:
    read(stage, case)
    _move(stage, case, Status.ACCEPTED, deadline=stage.services.within(DECIDE_WITHIN))


def approve(stage: Stage, case: Case) -> None:
    _move(stage, case, Status.APPROVED)


def refuse(stage: Stage, case: Case) -> None:
    _move(stage, case, Status.DECLINED, stage.random.choice(GROUNDS))


def _move(stage: Stage, case: Case, to: Status, reason: str = "", deadline=None) -> None:  # type: ignore
    clerk = actor(stage.clerk_of(case))
    stage.services.applications.transition(stage.application(case), to, clerk, stage.services.now(), reason, deadline)
