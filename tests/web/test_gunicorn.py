"""The real server, for what only a socket shows."""

import importlib.util
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
MEGABYTE = b"x" * 1024 * 1024


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """gunicorn as `make run` starts it, with one worker, on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "RENEWAL_DATA": str(tmp_path_factory.mktemp("served") / "data"), "PORT": str(port)}
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "setup"], cwd=ROOT, env=environment, check=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--workers", "1", "wsgi:app"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield "127.0.0.1", port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int) -> None:
    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    _until(answers)


def _until(started: Callable[[], bool]) -> None:
    for _ in range(200):
        if started():
            return
        time.sleep(0.05)
    raise AssertionError("gunicorn did not start")


def _answer(line: socket.socket) -> tuple[int, str]:
    received = b""
    while chunk := line.recv(65536):
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split()[1]), body.decode()


@pytest.mark.parametrize("path", ["/renewal/attachments/portrait", "/renewal/details", "/profile", "/nowhere"])
def test_thirty_megabytes_are_refused_in_words_and_not_cut_off(address: tuple[str, int], path: str) -> None:
    with socket.create_connection(address, timeout=20) as line:
        start = b"--b\r\nContent-Disposition: form-data; name=portrait; filename=a.jpg\r\n\r\n"
        end = b"\r\n--b--\r\n"
        length = len(start) + 30 * len(MEGABYTE) + len(end)
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n"
        line.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=b\r\n\r\n" + start)
        for _ in range(30):
            line.sendall(MEGABYTE)
        line.sendall(end)
        status, text = _answer(line)
    assert status == (404 if path == "/nowhere" else 413)
    assert "<html" in text
    assert "文件太大了" in text or path == "/nowhere"


@pytest.mark.parametrize("path", ["/resume", "/nowhere", "/tools/photo"])
@pytest.mark.parametrize("body", [b"zz\r\nabc\r\n0\r\n\r\n", b"3\r\nabcXX5\r\n", b"-1\r\n\r\n", b"5\r\nab"])
def test_a_body_that_cannot_be_read_is_refused_in_words(address: tuple[str, int], path: str, body: bytes) -> None:
    with socket.create_connection(address, timeout=20) as line:
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
        line.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=b\r\n\r\n" + body)
        line.shutdown(socket.SHUT_WR)
        status, text = _answer(line)
    assert status == (404 if path == "/nowhere" else 400)
    assert "返回首页" in text


def test_sixty_slow_uploads_hold_up_nobody(address: tuple[str, int]) -> None:
    head = b"POST /tools/photo HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    start = b"--b\r\nContent-Disposition: form-data; name=portrait; filename=a.jpg\r\n\r\n"
    with ExitStack() as lines:
        for _ in range(60):
            slow = lines.enter_context(socket.create_connection(address, timeout=20))
            slow.sendall(head + b"Content-Length: 100000\r\n\r\n" + start)
        time.sleep(0.3)
        began = time.monotonic()
        with socket.create_connection(address, timeout=20) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert _answer(line)[0] == 200
        assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        ({}, 1),
        ({"RENEWAL_HOSTS": "localhost"}, 1),
        ({"RENEWAL_PUBLIC_URL": "https://b.cn"}, 0),
    ],
)
def test_an_office_that_only_this_machine_reaches_is_told_so_once(tmp_path: Path, settings, lines: int) -> None:
    log = tmp_path / "log"
    own = {name: value for name, value in os.environ.items() if not name.startswith("RENEWAL_")}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**own, **settings, "RENEWAL_DATA": str(tmp_path / "data"), "PORT": str(port)}
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    with log.open("wb") as said:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
    try:
        _until(lambda: log.read_text().count("Booting worker") == 2)
    finally:
        server.terminate()
        server.wait(timeout=20)
    assert log.read_text().count("ONLY THIS MACHINE IS ANSWERED") == lines


def _conf():
    spec = importlib.util.spec_from_file_location("gunicorn_conf", ROOT / "gunicorn.conf.py")
    conf = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conf)
    return conf


def test_a_line_that_falls_silent_is_given_up() -> None:
    """Every line inherits the patience of the listener it came in by."""
    conf = _conf()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        conf.limit_silence([SimpleNamespace(sock=listener)])
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as line:
            patience = struct.unpack("ll", line.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16))
    assert patience == (conf.LONGEST_SILENCE, 0)
    assert 10 <= conf.LONGEST_SILENCE <= 60


KEPT = """
import ctypes, runpy, sys
conf = runpy.run_path("gunicorn.conf.py")
conf[sys.argv[1]](None) if sys.argv[1] else None
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


@pytest.mark.parametrize(("hook", "kept"), [("", True), ("on_starting", False)])
def test_memory_of_large_pictures_is_given_back(hook: str, kept: bool) -> None:
    run = subprocess.run([sys.executable, "-c", KEPT, hook], cwd=ROOT, capture_output=True, check=True)
    assert (int(run.stdout) > 14_000_000) is kept
