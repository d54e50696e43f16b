"""Messages on their way out, against servers as strict as the providers'."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from renewal import sending
from renewal.domain import sms
from renewal.domain.application import Status
from renewal.domain.sms import Kind
from renewal.duties import DUTIES, run_due, troubles
from renewal.services import Services
from renewal.store.outbox import HOLD, State
from renewal.wire import asking
from tests.doubles.serving import listening
from tests.doubles.sms import DOUBLES, SmsDouble, TencentDouble, environment
from tests.factories import NOON, Clock, at_once, moved, person, returned
from tests.messaging import reminded, rows, sending_by, waiting

PHONE = person().phone
AFTERWARDS = NOON + HOLD + timedelta(seconds=1)
SEND = """
from datetime import datetime
import sys
from renewal import sending
from renewal.app import create_app
app = create_app(now=lambda: datetime.fromisoformat(sys.argv[1]))
sending.deliver(app.extensions["renewal"].services)
"""


@pytest.fixture(params=DOUBLES)
def double(request: pytest.FixtureRequest) -> Iterator[SmsDouble]:
    with listening(DOUBLES[request.param]()) as double:
        yield double


@pytest.fixture
def office(services: Services, double: SmsDouble) -> Services:
    return sending_by(services, double)


def put(services: Services, kind: Kind = Kind.ACCEPTED, phone: str = PHONE, tail: str = "0001") -> None:
    with services.database.transaction():
        parameters = dict.fromkeys(sms.PARAMETERS[kind], tail)
        services.outbox.put(kind, phone, parameters, services.now())


def at(clock: Clock, wall: str) -> None:
    clock.moment = datetime.fromisoformat(f"{wall}+08:00")


def test_each_move_of_a_case_arrives(office: Services, double: SmsDouble) -> None:
    case = reminded(office)
    sending.deliver(office)
    moved(office, case, Status.APPROVED)  # accepted on the way, and overtaken
    sending.deliver(office)
    tail = case.number[-4:]
    assert [(taken.phone, taken.kind, taken.parameters) for taken in double.taken] == [
        (PHONE, "submitted", [tail]),
        (PHONE, "decided", [tail, "准予延续注册"]),
    ]
    assert sending.deliver(office)["sent"] == 0


def test_what_has_to_be_corrected_arrives_with_its_link(office: Services, double: SmsDouble) -> None:
    returned(office, reminded(office), school="请写全称")
    sending.deliver(office)
    (taken,) = double.taken
    assert taken.parameters[1] == rows(office)[-1].link


def test_with_nobody_to_send_nothing_goes_out_and_nothing_is_tried(services: Services) -> None:
    put(services)
    assert not sending.is_wanted(services)
    sending.deliver(services)
    assert rows(services)[0].tries == 0


def test_at_night_only_codes_go_out(office: Services, double: SmsDouble, clock: Clock) -> None:
    at(clock, "2026-06-15T21:00:00")
    put(office)
    put(office, Kind.CODE)
    assert sending.is_wanted(office)
    sending.deliver(office)
    assert not sending.is_wanted(office)
    at(clock, "2026-06-16T07:59:59")
    assert not sending.is_wanted(office)
    at(clock, "2026-06-16T08:00:00")
    sending.deliver(office)
    assert [taken.kind for taken in double.taken] == ["code", "accepted"]


def test_a_number_gets_one_of_a_kind_a_day_and_the_next_in_the_morning(
    office: Services, double: SmsDouble, clock: Clock
) -> None:
    put(office, tail="0001")
    put(office, tail="0002")
    put(office, Kind.SUBMITTED, tail="0003")
    put(office, phone="13911112222", tail="0004")
    sending.deliver(office)
    assert [taken.parameters[0] for taken in double.taken] == ["0001", "0003", "0004"]
    clock.go_on(hours=8)
    sending.deliver(office)
    assert len(double.taken) == 3
    at(clock, "2026-06-16T08:00:00")
    sending.deliver(office)
    assert double.taken[-1].parameters == ["0002"]
    assert rows(office)[1].tries == 1  # waiting its turn was none


def test_a_kind_without_a_template_is_not_sent(services: Services, double: SmsDouble) -> None:
    office = sending_by(services, double, templates={Kind.CODE: double.templates["code"]})
    put(office)
    sending.deliver(office)
    assert (double.taken, rows(office)[0].state) == ([], State.DROPPED)


def test_a_provider_in_trouble_is_tried_again_later_and_the_rest_is_not_thrown_at_it(
    office: Services, double: SmsDouble, clock: Clock
) -> None:
    double.next.append("html")
    put(office)
    put(office, Kind.SUBMITTED)
    sending.deliver(office)
    assert [row.tries for row in rows(office)] == [1, 0]
    assert "看不懂" in rows(office)[0].trouble
    clock.go_on(minutes=2)
    sending.deliver(office)
    assert len(double.taken) == 2
    assert rows(office)[0].trouble == ""


def test_a_silent_provider_loses_nothing(office: Services, double: SmsDouble, clock: Clock, monkeypatch) -> None:
    monkeypatch.setattr(asking, "TOTAL", 0.3)
    double.next.append("silent")
    put(office)
    sending.deliver(office)
    clock.go_on(minutes=2)
    sending.deliver(office)
    assert len(double.taken) == 1


def test_it_is_given_up_after_some_tries_and_said_why(office: Services, double: SmsDouble, clock: Clock) -> None:
    put(office)
    for _ in range(sms.TRIES + 3):
        double.next.append("lost" if isinstance(double, TencentDouble) else "isp.SYSTEM_ERROR")
        sending.deliver(office)
        clock.go_on(minutes=95)
        if sms.is_quiet(clock.moment):
            clock.go_on(hours=12)
    (row,) = rows(office)
    assert (row.state, row.tries) == (State.FAILED, sms.TRIES)
    assert row.trouble
    assert PHONE not in row.trouble


def test_a_number_that_gets_nothing_is_given_up_at_once_and_holds_nobody_up(
    office: Services, double: SmsDouble
) -> None:
    illegal = "status:InvalidParameterValue.IncorrectPhoneNumber"
    double.next.append(illegal if isinstance(double, TencentDouble) else "isv.MOBILE_NUMBER_ILLEGAL")
    put(office)
    put(office, Kind.SUBMITTED)
    assert sending.deliver(office) == {"given_up": 0, "failed": 1, "sent": 1}
    assert [row.state for row in rows(office)] == [State.FAILED, State.SENT]


def test_of_two_workers_in_the_same_moment_one_sends(office: Services, double: SmsDouble) -> None:
    put(office)
    at_once(office, *[lambda: sending.deliver(office) for _ in range(4)])
    assert len(double.taken) == 1


def test_an_answer_that_is_lost_is_asked_for_again_under_the_same_key(
    office: Services, double: SmsDouble, clock: Clock
) -> None:
    double.next.append("lost")
    put(office)
    sending.deliver(office)
    clock.go_on(minutes=2)
    sending.deliver(office)
    assert len(double.taken) == 2
    assert len({taken.key for taken in double.taken}) == 1


def test_a_worker_killed_between_sending_and_noting_it_leaves_it_to_the_next(
    services: Services, tmp_path: Path, keys, double: SmsDouble
) -> None:
    keys.write(tmp_path / "keys")
    put(services, Kind.ACCEPTED)
    name = next(name for name, made in DOUBLES.items() if made is type(double))
    env = {
        **os.environ,
        **environment(name, double),
        "RENEWAL_DATA": str(tmp_path),
        "DATABASE_URL": services.database.url,
    }

    def send(now: datetime) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", SEND, now.isoformat()], env=env)

    take = double.answer
    double.answer = lambda *asked: (take(*asked), os.kill(victim.pid, signal.SIGKILL))[0]  # type: ignore[method-assign]
    victim = send(NOON)
    assert victim.wait(30) == -signal.SIGKILL
    double.answer = take  # type: ignore[method-assign]
    assert send(NOON + timedelta(seconds=1)).wait(30) == 0  # it might be sending still
    assert len(double.taken) == 1
    assert send(AFTERWARDS).wait(30) == 0
    assert [taken.key for taken in double.taken] == [rows(services)[0].key] * 2
    assert waiting(services) == []


def test_it_is_a_duty_that_takes_its_lease_only_when_there_is_something(
    office: Services, double: SmsDouble, clock: Clock
) -> None:
    duty = [one for one in DUTIES if one.name == "messages"]
    run_due(office, "me", duty)
    assert office.leases.all() == {}
    put(office)
    put(office, Kind.CODE, "13911112222")
    run_due(office, "me", duty)
    clock.go_on(seconds=1)
    put(office, Kind.CODE)
    run_due(office, "me", duty)
    assert [taken.kind for taken in double.taken] == ["code", "accepted", "code"]
    assert troubles(office) == []
