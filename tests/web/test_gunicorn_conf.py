"""What gunicorn.conf.py does to the process that reads it."""

import subprocess
import sys

import pytest

from tests.e2e.serving import ROOT

KEPT = """
import ctypes, runpy, sys
conf = runpy.run_path("gunicorn.conf.py")
conf[sys.argv[1]]() if sys.argv[1] else None
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
resident = lambda: int(open("/proc/self/statm").read().split()[1]) * 4096
libc.free(libc.malloc(30_000_000))
before, block = resident(), libc.malloc(16_000_000)
libc.memset(block, 1, 16_000_000)
pins = [libc.malloc(5000) for _ in range(2000)]
libc.free(block)
print(resident() - before)
"""


@pytest.mark.parametrize(("hook", "kept"), [("", True), ("set_limits", False)])
def test_memory_of_large_uploads_is_given_back(hook: str, kept: bool) -> None:
    run = subprocess.run([sys.executable, "-c", KEPT, hook], cwd=ROOT, capture_output=True, check=True)
    assert (int(run.stdout) > 14_000_000) is kept


OPEN_FILES = """
import resource, runpy
from renewal.server import MOST_FILES
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (256, most))
conf = runpy.run_path("gunicorn.conf.py")
conf["set_limits"]()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0], conf["worker_connections"] + 3 * conf["threads"] + MOST_FILES)
"""


def test_a_shell_that_allows_few_open_files_does_not_limit_connections() -> None:
    run = subprocess.run([sys.executable, "-c", OPEN_FILES], cwd=ROOT, capture_output=True, check=True)
    allowed, needed = map(int, run.stdout.split())
    assert needed < allowed
    assert needed < 4096


GARBAGE = """
import gc, runpy
conf = runpy.run_path("gunicorn.conf.py")
print(gc.isenabled())
conf["on_starting"].__globals__["set_up"] = lambda server: None
conf["on_starting"](None)
print(gc.isenabled(), gc.get_freeze_count() > 10_000)
"""


def test_a_start_looks_for_no_garbage_and_a_worker_not_in_what_it_shares() -> None:
    run = subprocess.run([sys.executable, "-c", GARBAGE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True", "True"]
