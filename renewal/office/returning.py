"""退回补正: all defects at once, each with its reason (行政许可法 art. 32)."""

from collections.abc import Mapping, Sequence

from renewal.domain.actor import Actor
from renewal.domain.application import Status
from renewal.domain.defects import Defect, DefectsRefused, reason
from renewal.domain.errors import InvalidValue
from renewal.forms.correction import LABELS, returnable
from renewal.services import Services
from renewal.store.applications import Application, ApplicationChanged

NOTHING = "请至少写明一处需要补正的内容；没有要补正的，不用退回。"
UNKNOWN = "没有“{field}”这一项，请重新选择要补正的项目。"
FIXED = "{label}由核验的身份得出，申请人不能补正；有误的，请申请人撤回后重新申报。"
STALE = "这件申请刚刚有了变化，没有退回。请核对最新的内容后再操作。"


def return_for_correction(
    services: Services, application: Application, version: int, actor: Actor, defects: Mapping[str, str]
) -> Application:
    """Return the case as the clerk saw it at `version`, with a reason for each field, picture or the commitment.
    The applicant has the office's days to answer; after them nothing happens by itself.

    Raises DefectsRefused, MoveRefused, ApplicationChanged: each says in words what to do."""
    found = checked(services, application, defects)
    if application.version != version:
        raise ApplicationChanged(STALE)
    now, position = services.now(), application.submissions - 1
    answer_by = services.within(services.policy.correct_within)
    try:
        with services.database.transaction():
            # The move first: of two clerks the second one is told so, before the list of the first is in the way.
            evidence = services.defects.digest(application.id, position, found)
            moved = services.applications.transition(
                application, Status.RETURNED, actor, now, summary(found), answer_by, evidence=evidence
            )
            services.defects.put(application.id, position, found)
    except ApplicationChanged as changed:
        raise ApplicationChanged(STALE) from changed
    return moved


def summary(found: Sequence[Defect]) -> str:
    """What the log says of a return: 需要补正2处：毕业院校、手写签名."""
    return f"需要补正{len(found)}处：{'、'.join(LABELS[defect.field] for defect in found)}"


def checked(services: Services, application: Application, defects: Mapping[str, str]) -> list[Defect]:
    """Them in the application's order. Raises DefectsRefused."""
    if not defects:
        raise DefectsRefused({"": NOTHING})
    known = returnable(application.answers, services.rules)
    kept: list[Defect] = []
    errors = {field: _refusal(field) for field in defects if field not in known}
    for field in (name for name in known if name in defects):
        try:
            kept.append(Defect(field, reason(defects[field])))
        except InvalidValue as problem:
            errors[field] = f"{known[field]}：{problem}"
    if errors:
        raise DefectsRefused(errors)
    return kept


def _refusal(field: str) -> str:
    return FIXED.format(label=LABELS[field]) if field in LABELS else UNKNOWN.format(field=field[:20])
