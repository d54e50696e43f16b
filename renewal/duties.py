"""What the machine does by itself: each duty when it is due, once, by whichever worker takes its lease."""

import logging
import random
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from threading import Event, Thread

from renewal import sending
from renewal.domain.errors import InvalidValue
from renewal.domain.schedule import Daily, Every, Schedule
from renewal.office import backing_up, purging, reminding
from renewal.services import Services
from renewal.store.leases import TERM, Lease
from renewal.store.outbox import WAKE

log = logging.getLogger(__name__)

SOON, PAUSE, LONG_PAUSE = (0, 2), (30, 60), (300, 600)
"""Seconds before the first look, between two, and after one that failed: from and to, so that the workers of one
machine do not look in the same moment."""


@dataclass(frozen=True, slots=True)
class Duty:
    """`name` is that of its lease, up to 20 characters, `label` what the office calls it. `run` does it in short
    transactions and tells what was done, by name; broken off anywhere it is simply run again. `wanted` asks before the
    lease is taken whether there is anything to do. An InvalidValue that `run` raises is said to the office as it
    stands."""

    name: str
    label: str
    due: Schedule
    run: Callable[[Services], Mapping[str, int]]
    wanted: Callable[[Services], bool] = lambda _services: True


@dataclass(frozen=True, slots=True)
class Trouble:
    """A duty that failed when it was last tried; `words` say what the office may do, if that is known."""

    label: str
    failures: int
    retry_at: datetime
    words: str


DUTIES: tuple[Duty, ...] = (
    Duty("backup", "每日备份", Daily(time(2)), backing_up.daily),
    Duty("messages", "发送短信", Every(0), sending.deliver, sending.is_wanted),  # at every look
    Duty("reminders", "注册到期提醒", Daily(time(8)), reminding.remind, lambda services: services.sms is not None),
    Duty("purge", "清理到期数据", Daily(time(3)), purging.purge),
)
"""In the order in which they are done, one after the other."""


def troubles(services: Services) -> list[Trouble]:
    """What 今日待办 says of them."""
    leases = services.leases.all()
    failing = [(duty.label, leases[duty.name]) for duty in DUTIES if duty.name in leases]
    return [Trouble(label, lease.failures, lease.retry_at, lease.trouble) for label, lease in failing if lease.retry_at]


def run_due(services: Services, holder: str, duties: Sequence[Duty]) -> None:
    """Do all that is due and that nobody else does at the moment. Raises Unavailable."""
    leases = services.leases.all()  # read first: nobody's writing waits for a look at what is not due
    for duty in duties:
        if _is_due(duty, leases.get(duty.name, Lease(duty.name)), services.now()) and duty.wanted(services):
            _try(services, duty, holder)


@contextmanager
def looked_after(services: Services) -> Iterator[None]:
    """A thread looks now and then what is due. It ends with the process, in the middle if it must: a run goes on in
    whichever worker is next, once the lease has run out."""
    over = Event()
    Thread(target=_look, args=(services, over), name="duties", daemon=True).start()
    try:
        yield
    finally:
        over.set()
        WAKE.set()


def _look(services: Services, over: Event) -> None:
    holder, pause = secrets.token_urlsafe(16), SOON
    while True:
        woken, pause = WAKE.wait(random.uniform(*pause)), PAUSE  # noqa: S311  # no secret
        if over.is_set():
            return
        try:
            if woken:
                WAKE.clear()
                with services.database.transaction():
                    pass  # behind whoever is just writing what there is to send
            run_due(services, holder, DUTIES)
        except Exception as error:
            pause = LONG_PAUSE
            log.warning("duties: %s", _place(error))
        finally:
            services.database.let_go()


def _is_due(duty: Duty, lease: Lease, now: datetime) -> bool:
    done = lease.done_at is not None and lease.done_at >= duty.due.since(now)
    return not done and (lease.retry_at is None or lease.retry_at <= now)


def _try(services: Services, duty: Duty, holder: str) -> None:
    began = services.now()
    if not services.leases.acquire(duty.name, holder, began, duty.due.since(began)):
        return
    try:
        with _renewed(services, duty.name, holder):
            done = duty.run(services)
    except Exception as error:  # one that fails stops no other
        log.warning("duty %s: %s", duty.name, _place(error))
        words = str(error) if isinstance(error, InvalidValue) else ""
        services.leases.failed(duty.name, holder, services.now(), words)
    else:
        services.leases.done(duty.name, holder, began)
        log.info("duty %s: %s", duty.name, dict(done))


@contextmanager
def _renewed(services: Services, name: str, holder: str) -> Iterator[None]:
    """The lease is renewed as long as this lasts, however long that is."""
    over = Event()

    def renew() -> None:
        while not over.wait(TERM.total_seconds() / 5):
            try:
                services.leases.renew(name, holder, services.now())
            except Exception as error:  # once more before the term is over
                log.warning("lease %s: %s", name, _place(error))
        services.database.let_go()

    thread = Thread(target=renew, name=f"lease of {name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _place(error: Exception) -> str:
    """What and where, without the words, in which somebody's data may stand."""
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else "?"
    return f"{type(error).__name__} at {where}"
