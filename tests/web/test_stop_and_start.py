"""A container is stopped and started while people apply: an upgrade by daylight."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from renewal.app import create_app
from renewal.settings import Settings
from renewal.store import models
from renewal.store.audit import verify
from tests.e2e.serving import started
from tests.factories import person, stored
from tests.web.browser import Browser, walk
from tests.web.two_servers import CONF, Client

JOURNEYS = 12
GIVEN_TO_STOP = 10  # seconds, before a container's processes are killed


@dataclass
class Patient(Client):
    """Whose phone tries again until it is answered, at the port that the server has by then."""

    def _answer(self, _port: int, *request: Any) -> Any:
        for _ in range(300):
            try:
                return super()._answer(self.ports[0], *request)
            except (OSError, HTTPException):
                time.sleep(0.1)
        raise AssertionError("no server answers")


def test_who_is_stopped_in_mid_load_and_started_again_has_lost_no_step(tmp_path: Path) -> None:
    conf, data, ports, shown = tmp_path / "conf.py", tmp_path / "data", [0], {}
    conf.write_text(CONF)
    with ExitStack() as running:

        def start() -> Any:
            address, master = running.enter_context(started(data, "-c", str(conf), "--workers", "2"))
            ports[0] = urlsplit(address).port or 0
            return master

        def go(serial: int) -> None:
            who = person(serial)
            page = walk(Browser(app, True, Patient(ports, f"198.51.100.{serial}")), who)
            shown[page.html.split('id="number"')[1].split(">")[1].split("<")[0].replace(" ", "")] = who

        first = start()
        app = create_app(Settings(data=data))
        with ThreadPoolExecutor(4) as people:
            applying = [people.submit(go, serial) for serial in range(JOURNEYS)]
            while len(shown) < JOURNEYS // 3:
                time.sleep(0.01)
            first.terminate()
            assert first.wait(timeout=GIVEN_TO_STOP) == 0
            assert len(shown) < JOURNEYS
            start()
            for each in applying:
                each.result()
        services = app.extensions["renewal"].services
        assert {row.number for row in stored(services, models.Application)} == set(shown)
        for number, who in shown.items():
            assert services.applications.by_number(number).answers["details"] == who.details
        assert verify(services.database, services.sealer).findings == []
        services.database.close()
