"""Where the server's time goes, as flame graphs in .cache/profile: `make profile`.

One of the text steps and one of the pictures, of a gunicorn of one worker; both hold only what its processor did.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from signal import SIGINT
from tempfile import TemporaryDirectory

from bench.peers.client import Phone
from bench.peers.serving import children
from bench.server_cpu import ours
from tests.e2e.serving import serve
from tests.factories import person

OUT = Path(".cache/profile")
SECONDS = int(os.environ.get("SECONDS", "20"))
RATE = 500  # looks a second


@contextmanager
def recorded(process: int, graph: Path) -> Iterator[None]:
    """What the process does meanwhile, written to `graph` as SVG."""
    options = ["--pid", str(process), "--rate", str(RATE), "--gil", "-o", str(graph)]
    spy = subprocess.Popen([Path(sys.executable).with_name("py-spy"), "record", *options], stdout=subprocess.DEVNULL)
    time.sleep(1)
    try:
        yield
    finally:
        spy.send_signal(SIGINT)
        spy.wait(60)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    serials = count()
    with TemporaryDirectory() as folder, serve(Path(folder)) as address:
        worker = children(children(os.getpid())[0])[0]
        phone = Phone(address, worker, htmx=True)
        for graph, pictures in ((OUT / "text.svg", False), (OUT / "pictures.svg", True)):
            with recorded(worker, graph):
                until = time.monotonic() + SECONDS
                while time.monotonic() < until:
                    phone.forget()
                    ours(phone, person(next(serials) % 500), pictures)
            print(graph)


if __name__ == "__main__":
    main()
