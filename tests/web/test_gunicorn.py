"""The real server, for what only a socket shows."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from select import select
from urllib.parse import urlsplit

import pytest

from tests.e2e.serving import ROOT, serve

CONF = ROOT / "gunicorn.conf.py"
MEGABYTE = b"x" * 1024 * 1024


Address = tuple[str, int]


@contextmanager
def _served(folder: Path, conf: Path) -> Iterator[Address]:
    with serve(folder / "data", "-c", str(conf)) as address:
        yield "127.0.0.1", urlsplit(address).port or 0


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """gunicorn as `make run` starts it, with one worker, on a port of its own."""
    with _served(tmp_path_factory.mktemp("served"), CONF) as address:
        yield address


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The same with little time for a request, so that the tests need little too."""
    folder = tmp_path_factory.mktemp("impatient")
    conf = folder / "conf.py"
    conf.write_text(
        f"exec(open({str(CONF)!r}).read())\n"
        "from renewal import server\n"
        "server.LONGEST_SILENCE = server.GRACE = 2\nserver.LEAST_RATE = 1_000_000\n"
    )
    with _served(folder, conf) as address:
        yield address


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The same with room for two uploads on disk, and of four megabytes each."""
    folder = tmp_path_factory.mktemp("crowded")
    conf = folder / "conf.py"
    conf.write_text(
        f"exec(open({str(CONF)!r}).read())\n"
        "from renewal import server\n"
        "server.MOST_FILES = 2\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))\n"
    )
    with _served(folder, conf) as address:
        yield address


def _answer(line: socket.socket) -> tuple[int, str]:
    received = b""
    while chunk := line.recv(65536):
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split()[1]), body.decode()


@pytest.mark.parametrize("path", ["/renewal/attachments/portrait", "/renewal/details", "/profile", "/nowhere"])
def test_thirty_megabytes_are_refused_in_words_and_not_cut_off(address: Address, path: str) -> None:
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
def test_a_body_that_cannot_be_read_is_refused_in_words(address: Address, path: str, body: bytes) -> None:
    with socket.create_connection(address, timeout=20) as line:
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
        line.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=b\r\n\r\n" + body)
        line.shutdown(socket.SHUT_WR)
        status, text = _answer(line)
    assert status == (404 if path == "/nowhere" else 400)
    assert "返回首页" in text


POST = b"POST /tools/photo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
UPLOAD = POST + b"Content-Type: multipart/form-data; boundary=b\r\n"
PART = b"--b\r\nContent-Disposition: form-data; name=portrait; filename=a.jpg\r\n\r\n"
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
UNFINISHED = {
    "nothing": b"",
    "half a head": POST,
    "a body's start": UPLOAD + b"Content-Length: 100000\r\n\r\n" + PART,
    "what memory holds": UPLOAD + b"Content-Length: 400000\r\n\r\n" + PART + b"x" * 131_072,
    "a start of too much": UPLOAD + b"Content-Length: 30000000\r\n\r\n" + PART + b"x" * 131_072,
    "a first chunk": UPLOAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n--b\r\n\r\n",
}


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED)
def test_four_hundred_slow_phones_hold_up_nobody(address: Address, sent: bytes) -> None:
    """More than there are threads."""
    with ExitStack() as lines:
        for _ in range(400):
            slow = lines.enter_context(socket.create_connection(address, timeout=20))
            slow.sendall(sent)
        time.sleep(0.5)
        began = time.monotonic()
        with socket.create_connection(address, timeout=20) as line:
            line.sendall(GET + b"Connection: close\r\n\r\n")
            assert _answer(line)[0] == 200
        assert time.monotonic() - began < 5  # ten and more when uploads hold the threads; a busy machine takes one


def test_a_request_in_small_pieces_is_one_request(address: Address) -> None:
    body = b"csrf_token=none&elder=1"
    request = b"POST /display HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\ncontent-length: %d\r\n" % len(body)
    request += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body
    with socket.create_connection(address, timeout=20) as line:
        for at in range(0, len(request), 7):
            line.sendall(request[at : at + 7])
            time.sleep(0.002)
        assert _answer(line)[0] != 408


ALIVE = b"/healthz HTTP/1.1\r\nHost: localhost\r\n"
WHOLE = {
    "no body": b"GET " + ALIVE + b"\r\n",
    "a length": b"POST " + ALIVE + b"Content-Length: 5\r\n\r\nabcde",
    "chunks": b"POST " + ALIVE + b"Transfer-Encoding: chunked\r\n\r\n5\r\n0\r\n\r\n\r\n0\r\n\r\n",
    "beyond what is read ahead": b"POST " + ALIVE + b"Content-Length: 200000\r\n\r\n" + b"x" * 200_000,
    "a chunk beyond": b"POST "
    + ALIVE
    + b"Transfer-Encoding: chunked\r\n\r\n30d40\r\n%s\r\n0\r\n\r\n" % (b"x" * 200_000),
}


@pytest.mark.parametrize("pause", [0, 0.1])
@pytest.mark.parametrize("request_", WHOLE.values(), ids=WHOLE)
def test_a_connection_is_kept_for_the_next_requests(address: Address, request_: bytes, pause: float) -> None:
    """Whether they come at once, behind the first, or later."""
    with socket.create_connection(address, timeout=5) as line:
        for one in (request_, request_, b"GET " + ALIVE + b"Connection: close\r\n\r\n"):
            line.sendall(one)
            time.sleep(pause)
        received = b""
        while chunk := line.recv(65536):
            received += chunk
    assert received.count(b"HTTP/1.1 ") == 3
    assert b" 200 OK" in received
    assert b" 408 " not in received


@pytest.mark.parametrize(("version", "kept"), [(b"1.1", 0), (b"1.0", 1)])
def test_an_answer_says_nothing_that_no_browser_looks_at(address: Address, version: bytes, kept: int) -> None:
    """Whose server this is; and that the connection is kept only to a client of before, which would not know."""
    with socket.create_connection(address, timeout=5) as line:
        line.sendall(b"GET /healthz HTTP/" + version + b"\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n")
        head = line.recv(65536).partition(b"\r\n\r\n")[0]
    assert b"\r\nDate: " in head
    assert b"\r\nServer:" not in head
    assert head.count(b"keep-alive") == kept


def test_who_does_not_hang_up_holds_up_nobody(address: Address) -> None:
    with ExitStack() as lines:
        for _ in range(10):
            line = lines.enter_context(socket.create_connection(address, timeout=20))
            line.sendall(GET + b"Connection: close\r\n\r\n")
        time.sleep(0.3)
        began = time.monotonic()
        with socket.create_connection(address, timeout=20) as line:
            line.sendall(GET + b"Connection: close\r\n\r\n")
            assert _answer(line)[0] == 200
        assert time.monotonic() - began < 1


def _drip(line: socket.socket, longest: float) -> float:
    """Seconds until something was answered; never silent till then."""
    began = time.monotonic()
    while not select([line], [], [], 0.1)[0] and time.monotonic() < began + longest:
        line.sendall(b"x")
    return time.monotonic() - began


@pytest.mark.parametrize("ahead", [0, 200_000], ids=["in memory", "on disk"])
def test_a_body_that_comes_too_slowly_is_refused_in_words(impatient: Address, ahead: int) -> None:
    with socket.create_connection(impatient, timeout=20) as line:
        line.sendall(UPLOAD + b"Content-Length: 1000000\r\n\r\n" + PART + b"x" * ahead)
        assert 1 < _drip(line, 10) < 5
        status, text = _answer(line)
    assert status == 408
    assert "没有收到完整的内容" in text


def test_a_head_that_comes_too_slowly_is_not_waited_for(impatient: Address) -> None:
    with socket.create_connection(impatient, timeout=20) as line:
        line.sendall(POST)
        assert 1 < _drip(line, 10) < 5
        assert line.recv(1) == b""


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED)
def test_who_falls_silent_is_not_waited_for(impatient: Address, sent: bytes) -> None:
    with socket.create_connection(impatient, timeout=20) as line:
        line.sendall(sent)
        began = time.monotonic()
        received = b""
        while chunk := line.recv(65536):
            received += chunk
    assert 1 < time.monotonic() - began < 6
    assert (b" 408 " in received or b" 413 " in received) is (b"\r\n\r\n" in sent)


def test_nobody_waits_for_lines_behind_the_last_chunk(address: Address) -> None:
    with socket.create_connection(address, timeout=20) as line:
        line.sendall(UPLOAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n--b\r\n\r\n0\r\nTrailer: ")
        assert _drip(line, 10) < 2


def test_one_file_too_many_is_refused_in_words_and_it_is_the_slowest(crowded: Address) -> None:
    with ExitStack() as lines:
        slow, *others = [lines.enter_context(socket.create_connection(crowded, timeout=20)) for _ in range(3)]
        for line, ahead in ((slow, 150_000), *((other, 200_000) for other in others)):
            line.sendall(UPLOAD + b"Content-Length: 400000\r\n\r\n" + PART + b"x" * ahead)
            time.sleep(0.2)
        for line in (slow, *others):
            line.sendall(b"x" * 250_000)
        answers = [_answer(line) for line in (slow, *others)]
    assert [status for status, _ in answers] == [503, 400, 400]
    assert "暂时无法保存" in answers[0][1]


def test_a_full_disk_is_said_in_words_and_the_next_is_answered(crowded: Address) -> None:
    for size, expected in ((5_000_000, 503), (1_000_000, 400)):
        with socket.create_connection(crowded, timeout=20) as line:
            line.sendall(UPLOAD + b"Content-Length: %d\r\n\r\n" % size + PART + b"x" * (size - len(PART)))
            status, text = _answer(line)
        assert status == expected
    assert "<html" in text


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        ({}, 1),
        ({"RENEWAL_HOSTS": "localhost"}, 1),
        ({"RENEWAL_PUBLIC_URL": "https://b.cn"}, 0),
    ],
)
def test_an_office_that_only_this_machine_reaches_is_told_so_once(tmp_path: Path, settings, lines: int) -> None:
    with serve(tmp_path, "--workers", "2", **settings):
        pass
    assert (tmp_path / "gunicorn.log").read_text().count("ONLY THIS MACHINE IS ANSWERED") == lines
