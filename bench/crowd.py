"""A text step's time with 300,000 cases and 50 people at once, beside one person and no case: `python -m bench.crowd`.

Both under gunicorn with two workers, as deployed. People pause between steps for as long as nobody does who reads.
"""

import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import uniform
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench import many_cases
from bench.peers.client import Phone
from bench.server_cpu import ours
from renewal.app import create_app
from renewal.services import Services
from renewal.settings import Settings
from tests.e2e.serving import serve
from tests.factories import person
from tests.staffing import staffed

CASES = int(os.environ.get("CASES", "300000"))
PEOPLE, ALONE = 50, 20  # who walk at once; how often the one does
PAUSE = (0.5, 3.5)  # seconds
GOAL = 1.5


class Walker(Phone):
    """`waited` holds the milliseconds from each step's sending to the last byte of its answer."""

    def __init__(self, address: str, pause: tuple[float, float]) -> None:
        super().__init__(address, os.getpid(), htmx=True)
        self._pause = pause
        self.waited: list[float] = []

    def submit(self, action: str, typed: Mapping[str, Any], what: str, button: tuple[str, str] | None = None) -> None:
        time.sleep(uniform(*self._pause))  # nobody guesses it
        super().submit(action, typed, what, button)
        self.waited.append(self.took)


def walked(address: str, first: int, times: int, pause: tuple[float, float] = (0, 0)) -> list[float]:
    phone = Walker(address, pause)
    for serial in range(first, first + times):
        phone.forget()
        ours(phone, person(serial), pictures=False)
    return phone.waited


def told(name: str, waited: list[float]) -> float:
    """The p95, in milliseconds."""
    p95 = quantiles(waited, n=20)[-1]
    print(f"{name:<44}{len(waited):>6} steps{median(waited):>7.1f} ms median{p95:>7.1f} ms p95")
    return p95


def main() -> None:
    with _served(0) as empty, _served(CASES) as full:  # filled before either is asked: the machine changes meanwhile
        alone = told("one person, no case", walked(empty, 0, ALONE))
        told(f"one person, {CASES:,} cases", walked(full, 0, ALONE))
        with ThreadPoolExecutor(PEOPLE) as people:
            walks = [people.submit(walked, full, ALONE + one, 1, PAUSE) for one in range(PEOPLE)]
            crowd = told(f"{PEOPLE} people, {CASES:,} cases", [wait for walk in walks for wait in walk.result()])
    print(f"p95, of the crowd to the one: {crowd / alone:.2f} (goal ≤ {GOAL})")


@contextmanager
def _served(cases: int) -> Iterator[str]:
    with TemporaryDirectory() as folder, serve(Path(folder), "--workers", "2") as address:
        if cases:
            services: Services = create_app(Settings(data=Path(folder))).extensions["renewal"].services
            many_cases.fill(services, cases, [staffed(services, "王科员").id])
            services.database.close()
        walked(address, 498, 2)  # warm; only the first 500 people are different
        yield address


if __name__ == "__main__":
    main()
