"""Fills an empty office: 200 cases of the last months, played from the first act to the last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from renewal.demo import people, staff
from renewal.demo.applying import apply
from renewal.demo.heads import Look
from renewal.demo.plots import PLOTS, Act, Plot
from renewal.demo.stage import Case, Clock, Stage
from renewal.domain.clock import CHINA, china_day
from renewal.domain.errors import InvalidValue
from renewal.office.accounts import Given
from renewal.office.acts import COMMAND, Action
from renewal.services import Services
from renewal.store.contents import is_empty
from renewal.store.staff import Role

MARK = "演示数据"
"""What the log says this data is, in its first line."""

FULL = "这里已经是演示数据，不能再填一次。要重新开始，请停止服务，删除这个数据文件夹后再运行。"
REAL = "这里已有数据，演示数据只能放进空的数据库，没有改动任何内容。请把 RENEWAL_DATA 设为新的文件夹再运行。"
FLAWS = (("school",), ("portrait",), ("signature",), ("school", "portrait"), ("major", "signature"), ("major",))
OPENED = timedelta(days=120)  # ago


@dataclass(frozen=True, slots=True)
class Scene:
    at: datetime
    act: Act
    case: Case


def fill(services: Services, seed: int = 2026) -> list[Given]:
    """How the three sign in who are to be tried; all is there afterwards, or nothing. Raises InvalidValue where
    there is data already."""
    with services.database.transaction():
        _refuse_what_holds_data(services)
        return _play(services, Random(seed))  # noqa: S311  # nothing secret comes of it


def _play(services: Services, random: Random) -> list[Given]:
    now = services.now()
    stage = Stage.over(services, Clock(now - OPENED), random, people.employers(random))
    stage.services.log(COMMAND, Action.DEMO, MARK)
    given = staff.employ(stage.services)
    stage.clerks.extend(each.member for each in given if each.member.role is Role.CLERK)
    for scene in sorted(_scenes(stage, now), key=lambda scene: scene.at):
        stage.clock.moment = scene.at
        scene.act(stage, scene.case)
    return given[: len(staff.TO_SIGN_IN)]


def _refuse_what_holds_data(services: Services) -> None:
    """Raises InvalidValue."""
    if services.event_log.acts(MARK):
        raise InvalidValue(FULL)
    if not is_empty(services.database):
        raise InvalidValue(REAL)


def _scenes(stage: Stage, now: datetime) -> Iterator[Scene]:
    everybody = people.people(stage.random, stage.employers, china_day(now))
    for plot in PLOTS:
        for _ in range(plot.cases):
            case = _case(stage, next(everybody), plot)
            played = list(_played(stage, case, plot, now))
            yield from played
            if plot.rival:
                yield _rival(stage, case, next(everybody), played[0].at)


def _case(stage: Stage, person: people.Person, plot: Plot) -> Case:
    random, returned = stage.random, any(act.__name__ == "give_back" for act, _ in plot.acts)
    look = Look.of(person.woman, person.age, random)
    flaws = random.choice(FLAWS) if returned else ()
    return Case(person, look, plot.method or random.choice(("counter", "selfie")), flaws)


def _rival(stage: Stage, case: Case, other: people.Person, at: datetime) -> Scene:
    """Somebody else's try with the same name and number, a few hours later."""
    stranger = people.posing(other, case.person)
    look = Look.of(stranger.woman, stranger.age, stage.random)
    return Scene(at + timedelta(hours=3), apply, Case(stranger, look, "selfie"))


def _played(stage: Stage, case: Case, plot: Plot, now: datetime) -> list[Scene]:
    """Backwards from the last act, as the deadlines run from today."""
    scenes, ago = [], stage.random.randint(*plot.last)
    for act, until_next in reversed(plot.acts):
        ago += stage.random.randint(*until_next)
        scenes.append(Scene(_moment(stage, ago, now), act, case))
    return scenes[::-1]


def _moment(stage: Stage, ago: int, now: datetime) -> datetime:
    """In office hours of the day so many working days ago; today, up to an hour ago."""
    minutes = stage.random.randrange(60)
    if not ago:
        return now - timedelta(minutes=minutes)
    day = china_day(now)
    while ago:
        day -= timedelta(days=1)
        ago -= stage.services.calendar.is_working(day)
    return datetime.combine(day, time(stage.random.randint(9, 16), minutes), CHINA)
