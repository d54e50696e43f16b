"""Memory of one container's processes after a thousand journeys: `python -m bench.thousand [JOURNEYS]`.

gunicorn as it is deployed, with two workers, every picture worked on; PSS, in which what processes share counts once.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psutil

from renewal.app import create_app
from renewal.settings import Settings
from tests.e2e.serving import ROOT, started
from tests.factories import person
from tests.web.browser import Browser, walk
from tests.web.two_servers import Client

GOAL = 200  # MB
# Everybody has an address of their own.
CONF = f"""
import os
os.environ["RENEWAL_TRUSTED_PROXIES"] = "1"
os.environ["MALLOC_ARENA_MAX"] = "2"  # as in the Dockerfile
exec(open({str(ROOT / "gunicorn.conf.py")!r}).read())
"""


def main(journeys: int = 1000) -> None:
    with TemporaryDirectory() as folder:
        conf, data = Path(folder, "conf.py"), Path(folder, "data")
        conf.write_text(CONF)
        with started(data, "-c", str(conf), "--workers", "2") as (address, master):
            app = create_app(Settings(data=data))  # for its routes: no request goes to it
            ports = [urlsplit(address).port or 0]

            def go(serial: int) -> None:
                walk(Browser(app, True, Client(ports, f"198.51.{serial // 250}.{serial % 250}")), person(serial))

            began, before = time.monotonic(), _memory(master.pid)
            with ThreadPoolExecutor(4) as people:
                list(people.map(go, range(journeys)))
            after = _memory(master.pid)
        print(f"{journeys} journeys in {time.monotonic() - began:.0f} s")
        print(f"PSS of master and workers, MB: {_told(before)} before, {_told(after)} after (goal ≤ {GOAL})")


def _memory(master: int) -> list[float]:
    """MB of each process, the master first."""
    process = psutil.Process(master)
    return [each.memory_full_info().pss / 2**20 for each in (process, *process.children())]


def _told(memory: list[float]) -> str:
    return f"{' + '.join(f'{mb:.0f}' for mb in memory)} = {sum(memory):.0f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
