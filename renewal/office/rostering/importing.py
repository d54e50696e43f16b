"""The administrators' verbs: a file is received, looked at, taken or given up; the last import can be undone."""

from collections.abc import Mapping
from datetime import timedelta

from renewal.domain.actor import Actor
from renewal.domain.errors import InvalidValue
from renewal.forms.roster import FIELDS, LABELS, NEEDED
from renewal.office.acts import Action
from renewal.office.rostering.preparing import Workshop
from renewal.services import Services
from renewal.store.roster_imports import IN_HAND, Import, State, Superseded

MEGABYTE = 1024 * 1024
INTERRUPTED_AFTER = timedelta(seconds=30)
"""A batch takes a fraction of a second: who says nothing for so long is gone."""
TOO_LARGE = "文件有{size} MB，超过{most} MB。请删去用不到的列和工作表，或者分地区导出后再上传。"
NOTHING = "请选择名册文件。"
UNDER_WAY = (State.RECEIVING, State.PREPARING)
HALF = "文件没有传完，请重新上传。"
BUSY = "正在检查另一个文件（{name}），请等它检查完，或先放弃它。"
STALE = "名册在此期间有了变化，请看看现在的情况再操作。"
NOT_TWICE = "“{label}”和“{other}”选了同一列，请改正。"
NEED_COLUMN = "请选择哪一列是“{label}”。"
AGREE = "有{wrong}行有误。请勾选“有误的行不导入”，或改正文件后重新上传。"


def workshop(services: Services) -> Workshop:
    return Workshop(services.database, services.roster_imports, services.roster_rows, services.now)


def check_size(size: int, most: int) -> None:
    """Before anything of a file is read. Raises InvalidValue; sizes are in bytes."""
    if not size:
        raise InvalidValue(NOTHING)
    if size > most:
        raise InvalidValue(TOO_LARGE.format(size=-(-size // MEGABYTE), most=most // MEGABYTE))


def receive(services: Services, file_name: str, actor: Actor) -> Import:
    """Begin with a file; one that waited to be confirmed is given up for it. Raises InvalidValue."""
    imports = services.roster_imports
    with services.database.transaction():
        before = imports.in_hand()
        if before and before.state in UNDER_WAY and not interrupted(services, before):
            raise InvalidValue(BUSY.format(name=before.file_name))
        imports.drop_all(*IN_HAND)
        one = imports.begin(file_name, actor, services.now())
        services.log(actor, Action.CHECK_ROSTER, one.file_name[:64])
    return one


def interrupted(services: Services, one: Import) -> bool:
    """Whether nobody reads the file any more: the worker was killed, or the machine went down."""
    return one.state in UNDER_WAY and services.now() - one.beat_at > INTERRUPTED_AFTER


def received(services: Services, one: Import) -> Import:
    """All of the file is there: it may be read from now on, and once more if that breaks off."""
    services.roster_imports.mark(one.id, State.PREPARING, State.RECEIVING, beat_at=services.now())
    return services.roster_imports.get(one.id)


def columns_chosen(posted: Mapping[str, str]) -> dict[str, int]:
    """By field, the column that the administrator chose. Raises InvalidValue."""
    chosen = {name: int(posted[name]) for name in FIELDS if posted.get(name, "").isdecimal()}
    for name in NEEDED:
        if name not in chosen:
            raise InvalidValue(NEED_COLUMN.format(label=LABELS[name]))
    taken: dict[int, str] = {}
    for name, place in chosen.items():
        if place in taken:
            raise InvalidValue(NOT_TWICE.format(label=LABELS[taken[place]], other=LABELS[name]))
        taken[place] = name
    return chosen


def again(services: Services, import_id: int, columns: Mapping[str, int] | None = None) -> Import:
    """To be read once more, with these columns if others are meant. Raises InvalidValue."""
    imports = services.roster_imports
    try:
        with services.database.transaction():
            one = _in_hand(services, import_id)
            if one.state is State.RECEIVING:
                raise InvalidValue(HALF)
            if one.state is State.PREPARING and not interrupted(services, one):
                raise InvalidValue(BUSY.format(name=one.file_name))
            begun = imports.again(one, services.now())
            if columns:
                imports.progress(begun, found={**begun.found, "columns": columns})
            return imports.get(import_id)
    except Superseded:
        raise InvalidValue(STALE) from None


def confirm(services: Services, import_id: int, actor: Actor, *, without_wrong: bool) -> Import:
    """The one write that makes it the roster. Raises InvalidValue."""
    imports = services.roster_imports
    try:
        with services.database.transaction():
            one = _in_hand(services, import_id)
            if one.counts.wrong and not without_wrong:
                raise InvalidValue(AGREE.format(wrong=one.counts.wrong))
            imports.switch(one.replaces, one.id)
            imports.drop_all(State.REPLACED)
            if one.replaces:
                imports.mark(one.replaces, State.REPLACED, State.CURRENT)
            imports.mark(one.id, State.CURRENT, State.READY, confirmed_at=services.now())
            services.log(actor, Action.IMPORT_ROSTER, one.file_name[:64], told(one))
    except Superseded:
        raise InvalidValue(STALE) from None
    return imports.get(import_id)


def told(one: Import) -> str:
    """What an import brings, as the log keeps it."""
    count = one.counts
    return (
        f"名册{count.good}人：新增{count.new}，有变化{count.changed}，无变化{count.unchanged}，"
        f"不再在册{count.missing}；有误未导入{count.wrong}行"
    )


def undo(services: Services, import_id: int, actor: Actor) -> None:
    """Back to the roster before the last import; there is one step back. Raises InvalidValue."""
    imports = services.roster_imports
    try:
        with services.database.transaction():
            one = imports.current()
            if one is None or one.id != import_id:
                raise Superseded
            imports.switch(one.id, one.replaces)
            imports.mark(one.id, State.DROPPED, State.CURRENT)
            if one.replaces:
                imports.mark(one.replaces, State.CURRENT, State.REPLACED)
            services.log(actor, Action.UNDO_ROSTER, one.file_name[:64], told(one))
    except Superseded:
        raise InvalidValue(STALE) from None


def undoable(services: Services, one: Import) -> bool:
    """Whether what this import replaced is still there, if it replaced anything."""
    return one.replaces is None or services.roster_imports.get(one.replaces).state is State.REPLACED


def give_up(services: Services, import_id: int, actor: Actor) -> None:
    """Nothing of the file is kept. Raises InvalidValue."""
    with services.database.transaction():
        one = _in_hand(services, import_id)
        services.roster_imports.drop_all(*IN_HAND)
        services.log(actor, Action.DROP_ROSTER, one.file_name[:64])


def _in_hand(services: Services, import_id: int) -> Import:
    one = services.roster_imports.in_hand()
    if one is None or one.id != import_id:
        raise InvalidValue(STALE)
    return one


def missing_columns(one: Import) -> list[str]:
    """What cannot be missing, and was not recognised."""
    return [LABELS[name] for name in NEEDED if name not in one.found["columns"]]
