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
def serve(data: Path, *flags: str) -> Iterator[str]:
    """Its address; one worker and default settings, data and log in `data`. Ended by its own process id."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("RENEWAL_", "DATABASE_"))}
    env = own | {"HOST": "127.0.0.1", "PORT": str(port), "RENEWAL_DATA": str(data)}
    python = [sys.executable, "-m"]
    subprocess.run([*python, "flask", "--app", "wsgi", "setup"], cwd=ROOT, env=env, check=True)

    said = data / "gunicorn.log"
    with said.open("wb") as log:
        command = [*python, "gunicorn", "-c", "gunicorn.conf.py", "--workers", "1", *flags, "wsgi:app"]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process, said)
        yield f"http://127.0.0.1:{port}"
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
