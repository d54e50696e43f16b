"""How a request is read. (tests/web/test_gunicorn.py drives the whole server.)"""

import errno
import resource
import socket
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.parser import RequestParser

from renewal import server

LARGEST = 2_000_000
HEAD = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n"


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, server.RequestReader]]:
    """A phone, and what reads it."""
    phone, connection = socket.socketpair()
    with phone, connection:
        reader = server.RequestReader(connection, lambda _head: LARGEST - server.ROOM)
        reader.begin()
        yield phone, reader
        reader.ahead.close()


def _send(phone: socket.socket, reader: server.RequestReader, data: bytes) -> None:
    sending = threading.Thread(target=phone.sendall, args=[data])
    sending.start()
    before = reader.held
    while reader.held < before + len(data):
        reader.receive()
    sending.join()


def test_the_slowest_phones_have_all_the_time_they_need(line) -> None:
    """3 KB/s, with a minute of bad reception on the way."""
    phone, reader = line
    for _ in range(400):
        _send(phone, reader, b"x" * 3000)
        reader.deadline -= 1  # as if a second had passed
        assert not reader.late
    reader.deadline -= 60
    assert not reader.late
    reader.deadline -= 10_000
    assert reader.late


def test_a_phone_that_falls_silent_is_late(line) -> None:
    _, reader = line
    assert not reader.late
    reader.heard -= server.LONGEST_SILENCE + 1
    assert reader.late
    assert 10 <= server.LONGEST_SILENCE <= 60


@pytest.mark.parametrize("size", [10, 100_000, 1_000_000])
def test_a_request_is_read_as_it_came_and_what_follows_is_kept(line, size: int) -> None:
    phone, reader = line
    body = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    request = HEAD % size + body
    _send(phone, reader, request[:-1])
    assert not reader.ready
    assert reader.on_disk is (size > server.READ_AHEAD)
    _send(phone, reader, request[-1:] + HEAD % 0)
    assert reader.ready
    reader.offer(ended=False)
    assert reader.read(len(request)) == request
    reader.settle(kept=True)
    reader.begin()
    assert reader.ready
    reader.offer(ended=False)
    assert reader.read() == HEAD % 0


def test_a_thread_never_waits_for_more(line) -> None:
    phone, reader = line
    _send(phone, reader, HEAD % 0)
    reader.offer(ended=False)
    assert reader.read() == HEAD % 0
    with pytest.raises(BlockingIOError):
        reader.read()


def test_what_is_too_large_is_read_but_not_kept(line) -> None:
    phone, reader = line
    head = HEAD % (LARGEST + 1)
    _send(phone, reader, head + b"x" * LARGEST)
    assert not reader.ready
    assert not reader.on_disk
    _send(phone, reader, b"x")
    assert reader.ready
    reader.offer(ended=False)
    assert reader.read() == head


def test_a_full_disk_leaves_the_head_and_the_reason(line) -> None:
    phone, reader = line
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, allowed[1]))
    try:
        _send(phone, reader, HEAD % 500_000 + b"x" * 500_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert reader.ready
    reader.offer(ended=False)
    assert reader.read() == HEAD % 500_000
    with pytest.raises(OSError, match="space") as full:
        reader.read()
    assert full.value.errno == errno.ENOSPC


@pytest.fixture
def worker() -> server.RequestReadingWorker:
    """What a thread of it needs to answer."""
    worker = object.__new__(server.RequestReadingWorker)
    worker.cfg, worker.nr, worker.max_requests, worker.alive = Config(), 0, 9, True
    worker.log, worker.keepalived_conns, worker.max_keepalived = Logger(worker.cfg), [], 9
    return worker


def test_an_answer_that_is_not_read_ends_and_what_makes_it_with_it(worker, monkeypatch) -> None:
    made: list[str] = []

    def answer():
        try:
            while True:
                made.append("a piece")
                yield b"x" * 100_000
        finally:
            made.append("the end")

    def app(_environ, start_response):
        start_response("200 OK", [])
        return answer()

    worker.wsgi = app
    monkeypatch.setattr(server, "LONGEST_STALL", 0.2)
    phone, connection = socket.socketpair()
    with phone, connection:
        request = next(RequestParser(worker.cfg, [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"], ("127.0.0.1", 1)))
        conn = SimpleNamespace(sock=connection, client=("127.0.0.1", 1), server=("127.0.0.1", 2))
        with pytest.raises(TimeoutError):
            worker.handle_request(request, conn)
    assert made[0] == "a piece"
    assert made[-1] == "the end"
