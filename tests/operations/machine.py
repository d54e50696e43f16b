"""A machine on which somebody follows the guide: a fresh folder as `make run` finds it, with a terminal and a server.

The guide's commands are for the container; its table says what stands in their place without one, and so does `HERE`.
"""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from shutil import rmtree

from tests.e2e.serving import ROOT, started

HERE = {
    r"^docker compose (exec|run --rm) app flask": ".venv/bin/flask",
    r"^docker compose exec app rm ": "rm ",
    r"^docker compose cp ": "cp ",
    r"app:/data/|/data/": "instance/",
}
"""In the order of the table."""
PARTS = ("wsgi.py", "gunicorn.conf.py", "renewal", "templates", "static", "models", ".env.example")
PASSPHRASE = "七月的雨下在泉城的屋顶上"


class Machine:
    def __init__(self, folder: Path) -> None:
        self.folder, self.database_url = folder, ""
        self.settings: dict[str, str] = {}
        self._server, self._running = ExitStack(), False
        for part in PARTS:
            (folder / part).symlink_to(ROOT / part)
        (folder / ".venv").mkdir()
        (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)

    def __call__(self, command: str) -> str:
        """What is printed; a command of docker's own that asks nobody is done as `make run` would."""
        match command.removeprefix("docker compose ").split():
            case ["create", "app"]:
                (self.folder / "instance").mkdir()
            case ["stop", "app"]:
                self.close()
            case ["down", "-v"]:
                self.close()
                rmtree(self.folder / "instance")
            case [*_, "up", "-d"] | ["up", "-d", "--build"]:
                self._start()
            case ["logs", "app"]:
                return (self.folder / "instance" / "gunicorn.log").read_text()
            case _:
                return self._typed(command)
        return ""

    def close(self) -> None:
        """Stop the server, if it runs."""
        self._server.close()
        self._running = False

    def _start(self) -> None:
        """Unless it runs."""
        if self._running:
            return
        self._server.enter_context(started(self.folder / "instance", database_url=self.database_url))
        self._running = True

    def _typed(self, command: str) -> str:
        for theirs, ours in HERE.items():
            command = re.sub(theirs, ours, command)
        terminal, theirs_end = pty.openpty()
        own = {name: value for name, value in os.environ.items() if not name.startswith(("RENEWAL_", "DATABASE_"))}
        process = subprocess.Popen(
            ["bash", "-c", command],
            cwd=self.folder,
            env=own
            | self.settings
            | {"DATABASE_URL": self.database_url, "FLASK_SKIP_DOTENV": "1"},  # no container has a .env inside
            stdin=theirs_end,
            stdout=theirs_end,
            stderr=theirs_end,
            start_new_session=True,
        )
        os.close(theirs_end)
        with process, os.fdopen(terminal, "r+b", buffering=0) as screen:
            return b"".join(_answered(screen.fileno())).decode().replace("\r\n", "\n")


def _answered(screen: int) -> Iterator[bytes]:
    """What appears; each prompt gets the passphrase. Linux ends a terminal with an error."""
    with suppress(OSError):
        while piece := os.read(screen, 65536):
            yield piece
            if piece.endswith(b": "):
                os.write(screen, f"{PASSPHRASE}\n".encode())
