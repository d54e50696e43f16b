"""The app as it is deployed, and browsers to walk through it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browsers import launch

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app under gunicorn, with one worker, fresh data and default settings."""
    data = tmp_path_factory.mktemp("data")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("RENEWAL_", "DATABASE_"))
    }
    env = own | {"HOST": "127.0.0.1", "PORT": str(port), "RENEWAL_DATA": str(data)}
    python = [sys.executable, "-m"]
    subprocess.run([*python, "flask", "--app", "wsgi", "setup"], cwd=ROOT, env=env, check=True)

    said = data / "gunicorn.log"
    with said.open("wb") as log:
        serve = [*python, "gunicorn", "-c", "gunicorn.conf.py", "--workers", "1", "wsgi:app"]
        process = subprocess.Popen(serve, cwd=ROOT, env=env, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(f"{address}/healthz", process, said)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            urlopen(url, timeout=5).close()
            return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"gunicorn did not start:\n{said.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The current Chromium; open pages with `browsers.phone`."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
