"""日志: what an auditor does with the log; nobody changes or deletes anything in it.

No verb, command or setting deletes a row: the log has to be kept 180 days at least (等保 2.0), and the chain holds only
as long as all of it is there. A case's events stay as long as the database does.
"""

from collections.abc import Iterator
from contextlib import suppress

from renewal.office.acts import Action, actor
from renewal.services import Services
from renewal.store.audit import Report, verify_end
from renewal.store.event_log import LogBroken
from renewal.store.head import BEGINNING, Head
from renewal.store.log_search import Entry, Wanted
from renewal.store.staff import Member

LOG = "日志"
"""The subject of what is done to the log itself."""
LONGEST = 50_000  # rows that a page checks; the command checks all
WHOLE = "完整，第{first}条至第{last}条"
BROKEN = "有{count}处问题，第{first}条至第{last}条"


def check(services: Services, member: Member, remembered: Head | None = None) -> Report:
    """The end of the log by itself, and where the anchor somebody `remembered` stood."""
    report = verify_end(services.database, services.sealer, LONGEST, remembered)
    with suppress(LogBroken):  # it takes nothing more then, and the report says so
        services.log(actor(member), Action.CHECK_LOG, LOG, said(report))
    return report


def said(report: Report) -> str:
    words = BROKEN if report.findings else WHOLE
    first = min(report.after.sequence + 1, report.head.sequence)
    return words.format(count=len(report.findings), first=first, last=report.head.sequence)


def last_check(services: Services) -> Entry | None:
    return next(iter(services.log_search.newest(Wanted(action=Action.CHECK_LOG), None, 1)), None)


def export(services: Services, member: Member, wanted: Wanted, words: str) -> tuple[str, Iterator[list[Entry]]]:
    """The anchor, and all that is wanted, in pages; that it was asked for is the last row of the log by then.
    `words` say what was asked for."""
    with suppress(LogBroken):  # a broken one is exported all the more
        services.log(actor(member), Action.EXPORT_LOG, LOG, words)
    last = services.log_search.newest(Wanted(), None, 1)
    return anchor(services), services.log_search.all_until(wanted, last[0].sequence if last else 0)


def anchor(services: Services) -> str:
    """The end of the log, to be kept outside of this machine: on paper, in every export."""
    try:
        return str(services.event_log.head() or BEGINNING)
    except LogBroken:
        return "末端的标记被改动过"
