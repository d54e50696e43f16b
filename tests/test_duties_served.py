"""What the machine does by itself, in the real server: two workers, each with a thread that looks what is due."""

import subprocess
import sys
from pathlib import Path

from renewal.app import create_app
from renewal.office.acts import Action
from renewal.settings import Settings
from tests.e2e.serving import serve

ROOT = Path(__file__).parents[1]
CONF = """
import os, time
from datetime import time as hour
from pathlib import Path
from renewal import duties
from renewal.domain.schedule import Daily, Every
exec(open({conf!r}).read())
said = Path({said!r})

def noted(services):
    with said.open("a") as file:
        file.write(f"{{os.getpid()}}\\n")
    time.sleep(1)
    return {{}}

def endless(services):
    while not services.leases.all()["noted"].done_at:
        time.sleep(0.05)
    said.with_name("begun").touch()
    time.sleep(1000)

duties.SOON = duties.PAUSE = (0, 0.1)
duties.DUTIES += (duties.Duty("noted", "", Daily(hour(3)), noted), duties.Duty("endless", "", Every(1), endless))
"""


def _conf(folder: Path) -> Path:
    conf = folder / "conf.py"
    conf.write_text(CONF.format(conf=str(ROOT / "gunicorn.conf.py"), said=str(folder / "said")))
    return conf


def _seeded(folder: Path) -> None:
    app = create_app(Settings(data=folder))
    app.test_cli_runner().invoke(args=["setup"])
    services = app.extensions["renewal"].services
    with services.database.transaction():
        services.attempts.incr("somebody", 0)
    services.database.close()


def test_of_two_workers_one_does_what_is_due_and_the_server_stops_in_the_middle_of_it(tmp_path: Path) -> None:
    _seeded(tmp_path)
    begun = tmp_path / "begun"
    with serve(tmp_path, "-c", str(_conf(tmp_path)), "--workers", "2"):
        waiting = [sys.executable, "-c", f"import os, time\nwhile not os.path.exists({str(begun)!r}): time.sleep(.05)"]
        subprocess.run(waiting, check=True, timeout=30)
    assert len((tmp_path / "said").read_text().splitlines()) == 1
    services = create_app(Settings(data=tmp_path)).extensions["renewal"].services
    leases = services.leases.all()
    assert leases["purge"].done_at
    assert leases["noted"].done_at
    assert not leases["endless"].done_at
    assert [act.action for act in services.event_log.acts("到期数据")] == [Action.PURGED]
    services.database.close()
