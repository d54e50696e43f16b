"""Where the server's time goes, as flame graphs: `make profile`. Of the text steps, and of a portrait."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from collections.abc import Iterator
from signal import SIGINT
from tempfile import TemporaryDirectory
import os
import time

from bench.peers.client import Phone
from bench.peers.serving import children
from bench.server_cpu import ours
from tests.e2e.serving import serve
from tests.factories import person

OUT = Path(".cache/profile")
SECONDS, RATE = int(os.environ.get("SECONDS", "20")), 500


@contextmanager
def recorded(process: int, name: str, kind: str = "flamegraph") -> Iterator[None]:
    OUT.mkdir(parents=True, exist_ok=True)
    spy = [str(Path(sys.executable).with_name("py-spy")), "record", "--pid", str(process), "--rate", str(RATE), "-f", kind, "-o", str(OUT / name)]
    process_ = subprocess.Popen(spy, stdout=subprocess.DEVNULL)
    time.sleep(1)
    try:
        yield
    finally:
        process_.send_signal(SIGINT)
        process_.wait(30)


def main() -> None:
    with TemporaryDirectory() as folder, serve(Path(folder)) as address:
        worker = children(children(os.getpid())[0])[0]
        phone = Phone(address, worker, htmx=True)
        for name, pictures in (("text.raw", False),):
            with recorded(worker, name, "raw"):
                began = time.monotonic()
                for number in count():
                    if time.monotonic() - began > SECONDS:
                        break
                    phone.forget()
                    ours(phone, person(number % 500), pictures)


if __name__ == "__main__":
    main()
