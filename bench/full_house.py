"""Each step of the journey over an empty database and over 300,000 cases, on both engines: `-m bench.full_house`.

Wall milliseconds of a POST with HTMX, its database included and pictures worked on once; the goal is a p95 within
1.5× of the empty one's. PostgreSQL is the tests' own, which does not flush. A number on the command line makes so
many cases instead.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench import many_cases
from renewal.app import create_app
from renewal.journey import studio
from renewal.services import Services
from renewal.settings import Settings
from renewal.store import models
from tests.engines import ENGINES
from tests.factories import person
from tests.postgres import postgres
from tests.staffing import staffed
from tests.web.browser import Browser, Page, forward

CASES, PEOPLE, GOAL = 300_000, 40, 1.5


class Timed(Browser):
    """Notes how long each step's form took."""

    def __init__(self, app: Any, times: list[float]) -> None:
        super().__init__(app, htmx=True)
        self.times = times

    def post(self, *arguments: Any, **more: Any) -> Page:
        began = time.perf_counter()
        try:
            return super().post(*arguments, **more)
        finally:
            self.times.append((time.perf_counter() - began) * 1000)


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    for work in ("working_copy", "make_portrait", "make_signature", "hash_of"):
        setattr(studio, work, cache(getattr(studio, work)))
    print(f"{'ms a step':<14}{'p50':>8}{'p95':>8}")
    for engine in ENGINES:
        empty, full = _measured(engine, cases)
        for what, times in (("empty", empty), (f"{cases:,}", full)):
            print(f"{engine:<11} {what:>8} {median(times):8.1f}{_p95(times):8.1f}")
        print(f"{engine:<11} p95 {_p95(full) / _p95(empty):.2f}× (≤ {GOAL})")


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _measured(engine: str, cases: int) -> tuple[list[float], list[float]]:
    """Of an empty office and of a full one, in turns: what else this machine does meets both."""
    times: tuple[list[float], list[float]] = [], []
    with _app(engine) as empty, _app(engine) as full:
        _fill(full.extensions["renewal"].services, cases)
        for serial in range(PEOPLE + 1):
            for app, own in zip((empty, full), times, strict=True):
                if serial == 1:  # the first one compiles templates and works on the pictures
                    own.clear()
                _walk(Timed(app, own), serial)
        for app in (empty, full):
            app.extensions["renewal"].services.database.close()
    return times


def _fill(services: Services, cases: int) -> None:
    many_cases.fill(services, cases, [staffed(services, "王科员").id])
    for table in (models.Application, models.Submission, models.Attachment):
        services.database.count_on(table)


def _walk(browser: Browser, serial: int) -> None:
    browser.introduce()
    browser.get("/renewal/verify")
    while (step := browser.page.path.removeprefix("/renewal/")) != "done":
        forward(browser, step, person(400 + serial, "欧阳春明"))


@contextmanager
def _app(engine: str) -> Iterator[Any]:
    with TemporaryDirectory() as folder, ExitStack() as held:
        url = held.enter_context(held.enter_context(postgres()).database()) if engine == "postgresql" else ""
        app = create_app(Settings(data=Path(folder), database_url=url))
        app.test_cli_runner().invoke(args=["setup"])
        yield app


if __name__ == "__main__":
    main()
