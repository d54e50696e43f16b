"""The app under gunicorn on a free port of this machine, as it is deployed, with fresh data."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]


@contextmanager
def serve(data: Path, *flags: str, database_url: str = "", **settings: str) -> Iterator[str]:
    """Its address; one worker and default settings but for these variables, data and log in `data`. Ended by its own
    process id."""
    with started(data, *flags, database_url=database_url, **settings) as (address, _process):
        yield address


@contextmanager
def started(
    data: Path, *flags: str, database_url: str = "", **settings: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same, with its process: for who wants to kill it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = _environment(data, database_url) | settings | {"HOST": "127.0.0.1", "PORT": str(port)}
    data.mkdir(parents=True, exist_ok=True)
    said = data / "gunicorn.log"
    with said.open("wb") as log:
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--workers", "1", *flags, "wsgi:app"]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process, said)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(timeout=20)


def flask(data: Path, *command: str, database_url: str = "") -> str:
    """What a command says that is run beside the app, over the same data."""
    line = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
    return subprocess.run(
        line, cwd=ROOT, env=_environment(data, database_url), check=True, capture_output=True, text=True
    ).stdout


def _environment(data: Path, database_url: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("RENEWAL_", "DATABASE_"))}
    return own | {"RENEWAL_DATA": str(data), "DATABASE_URL": database_url}


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
