"""What the clerks do, by the office's verbs."""

from renewal.demo.stage import Case, Stage
from renewal.domain.defects import REASONS
from renewal.domain.trust import Trust
from renewal.office import claiming, conflicts, deciding, identifying, notes, reading
from renewal.store.applications import Application

GROUNDS = ("继续教育未达到规定学时。", "已满65周岁，不符合延续注册条件。", "同时受聘于两个以上单位。")
NOTES = ("已电话联系单位，下周补社保证明。", "注册专业与原证书核对过，一致。", "申请人来电，周四到窗口。")
SHOWN = "身份证原件，与本人一致"
ON_PAPER = "已收到单位盖章的书面确认。"


def claim(stage: Stage, case: Case) -> None:
    """Taken on and left for later, with a line for the colleagues."""
    application = _opened(stage, case)
    claiming.claim(stage.services, application, stage.clerk_of(case))
    notes.add(stage.services, application, stage.clerk_of(case), stage.random.choice(NOTES))


def doubt(stage: Stage, case: Case) -> None:
    """The selfie shows somebody else."""
    application, clerk = _opened(stage, case), stage.clerk_of(case)
    identifying.compare_selfie(stage.services, application, application.version, clerk, same=False)
    notes.add(stage.services, application, clerk, "自拍照与一寸照不像同一人，已通知本人到窗口。")


def settle(stage: Stage, case: Case) -> None:
    """The one of two on the same number is the person's, who came to the counter."""
    application = _opened(stage, case)
    seen = {each.number: each.version for each in conflicts.beside(stage.services, application)}
    conflicts.settle(stage.services, application, seen, application.number, conflicts.Way.COUNTER, stage.clerk_of(case))


def give_back(stage: Stage, case: Case) -> None:
    application, clerk = _opened(stage, case), stage.clerk_of(case)
    reasons = {flaw: stage.random.choice(REASONS[flaw]) for flaw in case.flaws}
    deciding.give_for_correction(stage.services, application, application.version, clerk, reasons)


def accept(stage: Stage, case: Case) -> None:
    application = _identified(stage, case)
    deciding.accept(stage.services, application, application.version, stage.clerk_of(case))


def accept_on_paper(stage: Stage, case: Case) -> None:
    application = _identified(stage, case)
    deciding.accept(stage.services, application, application.version, stage.clerk_of(case), ON_PAPER)


def approve(stage: Stage, case: Case) -> None:
    application = _opened(stage, case)
    deciding.approve(stage.services, application, application.version, stage.clerk_of(case))


def refuse(stage: Stage, case: Case) -> None:
    application, ground = _opened(stage, case), stage.random.choice(GROUNDS)
    deciding.decline(stage.services, application, application.version, stage.clerk_of(case), ground)


def _opened(stage: Stage, case: Case) -> Application:
    reading.read(stage.services, stage.clerk_of(case), stage.application(case).number)
    return stage.application(case)


def _identified(stage: Stage, case: Case) -> Application:
    """Seen at the counter, or on the selfie."""
    application, clerk = _opened(stage, case), stage.clerk_of(case)
    if application.trust is Trust.VERIFIED:
        return application
    if case.method == "counter":
        return identifying.verify_person(stage.services, application, application.version, clerk, SHOWN)
    return identifying.compare_selfie(stage.services, application, application.version, clerk, same=True)
