"""The real server: one process works on the pictures of both workers; whatever becomes of it, nothing is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import psutil
import pytest

from renewal.app import create_app
from renewal.images.apart import NOT_DONE
from renewal.settings import Settings
from tests.darkrooms import darkrooms, kill, kill_at_work, until
from tests.e2e.serving import started
from tests.factories import person, portrait_jpeg
from tests.web.browser import Browser, walk
from tests.web.two_servers import ADDRESSES, Client

LIBRARIES = ("cv2", "numpy")


@dataclass
class Served:
    master: psutil.Process
    browser: Browser
    log: Path

    def somebody(self, serial: int) -> Browser:
        """With an address of their own."""
        return Browser(self.browser.app, True, Client(self.browser.client.ports, f"198.51.100.{serial}"))

    def workers(self) -> list[psutil.Process]:
        return self.master.children()


def mapped(process: psutil.Process) -> set[str]:
    """Which of the libraries it has loaded."""
    maps = Path(f"/proc/{process.pid}/maps").read_text()
    return {name for name in LIBRARIES if f"/{name}" in maps}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two workers, and somebody whose portrait it is."""
    folder = tmp_path_factory.mktemp("served")
    conf, data = folder / "conf.py", folder / "data"
    conf.write_text(ADDRESSES)
    with started(data, "-c", str(conf), "--workers", "2") as (address, master):
        app = create_app(Settings(data=data))
        client = Client([urlsplit(address).port or 0], "198.51.100.1")
        yield Served(psutil.Process(master.pid), Browser(app, True, client), data / "gunicorn.log")
        master.terminate()
        master.wait(timeout=20)
        app.extensions["renewal"].services.database.close()


def test_one_process_works_on_the_pictures_of_both_workers(served: Served) -> None:
    with ThreadPoolExecutor(4) as people:
        pages = list(people.map(lambda serial: walk(served.somebody(serial), person(serial)), range(12, 16)))
    assert {page.path for page in pages} == {"/renewal/done"}
    (darkroom,) = darkrooms(served.master)
    assert mapped(darkroom) == set(LIBRARIES)
    assert len(served.workers()) == 2
    for each in (served.master, *served.workers()):
        assert mapped(each) == set()


def send(served: Served) -> int:
    return served.browser.submit("/renewal/attachments/portrait", portrait=portrait_jpeg()).status


def test_killed_by_every_picture_it_costs_nobody_more_than_a_second_try(served: Served) -> None:
    walk(served.browser, person(1), until="attachments")
    over = Event()

    def kill_all() -> None:
        while not over.is_set():
            kill_at_work(served.master)

    with ThreadPoolExecutor() as pool:
        killing = pool.submit(kill_all)
        try:
            assert send(served) == 422
        finally:
            over.set()
        killing.result()
    assert NOT_DONE in served.browser.page.text
    assert served.log.read_text().count("the process that works on pictures died") == 1
    assert send(served) == 200
    assert "portrait" in served.browser.page.html


@pytest.mark.parametrize(
    ("step", "path"), [("verify", "/tools/photo"), ("face", "/renewal/face"), ("attachments", "/renewal/attachments")]
)
def test_it_starts_when_somebody_is_shown_where_to_send_a_picture(served: Served, step: str, path: str) -> None:
    browser = served.somebody(len(step))
    walk(browser, person(len(step)), until=step)
    kill(darkrooms(served.master))
    assert browser.get(path).path == path
    until(lambda: darkrooms(served.master))


def test_it_ends_with_the_server(served: Served) -> None:
    (darkroom,) = darkrooms(served.master)
    for each in (served.master, *served.workers()):
        each.kill()
    darkroom.wait(timeout=20)
