"""How long a request may take. (tests/web/test_gunicorn.py drives the whole server.)"""

import socket
import struct
from types import SimpleNamespace

import pytest

from renewal import server


def test_the_slowest_phones_have_all_the_time_they_need() -> None:
    """3 KB/s, with a minute of bad reception on the way; the app's own minutes do not count either."""
    phone, connection = socket.socketpair()
    with phone, connection:
        reader = server.RequestReader(connection)
        reader.begin()
        for _ in range(400):
            phone.sendall(b"x" * 3000)
            reader.heard -= 1  # as if a second had passed
            reader.deadline -= 1
            assert len(reader.chunk(3000)) == 3000
        reader.deadline -= 60
        reader.heard -= 600
        phone.sendall(b"x")
        assert reader.chunk() == b"x"
        reader.deadline -= 10_000
        phone.sendall(b"x")
        with pytest.raises(BlockingIOError):
            reader.chunk()


def test_a_connection_that_falls_silent_is_given_up() -> None:
    """Every connection inherits the timeout of the listener it came in by."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.limit_silence([SimpleNamespace(sock=listener)])
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as connection:
            timeout = struct.unpack("ll", connection.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16))
    assert timeout == (server.LONGEST_SILENCE, 0)
    assert 10 <= server.LONGEST_SILENCE <= 60
