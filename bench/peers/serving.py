"""Peers and we under gunicorn, one worker each."""

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

from tests.e2e.serving import ROOT


@contextmanager
def peer(module: str, data: Path) -> Iterator[tuple[str, int]]:
    """The address of `bench.peers.module` with its data in `data`, and its worker's process id."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = os.environ | {"PEER_DATA": str(data), "PORT": str(port)}
    config = ["-c", "bench/peers/gunicorn.conf.py", "--log-level", "warning"]
    command = [sys.executable, "-m", "gunicorn", *config, f"bench.peers.{module}:app"]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}", children(process.pid)[0]
    finally:
        process.terminate()
        process.wait(timeout=20)


def children(process: int) -> list[int]:
    """Ids of the processes it started from its main thread."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urlopen(url, timeout=5).close()
            return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")
