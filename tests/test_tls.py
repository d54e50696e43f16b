"""TLS from files, by the real server: for an office without a proxy."""

import os
import socket
import ssl
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.e2e.serving import ROOT


def _write(folder: Path, name: str) -> None:
    """A certificate of that name and its key, in cert.pem and key.pem."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(f"CN={name}")
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(subject, subject, key.public_key(), 7, now, now + timedelta(days=9))
    pem, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, private, serialization.NoEncryption()))
    (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))


def _start(folder: Path, port: int, log: Path) -> subprocess.Popen[bytes]:
    files = {"RENEWAL_TLS_CERT": str(folder / "cert.pem"), "RENEWAL_TLS_KEY": str(folder / "key.pem")}
    env = {**os.environ, **files, "RENEWAL_DATA": str(folder / "data"), "PORT": str(port), "WEB_CONCURRENCY": "1"}
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    with log.open("wb") as said:
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _shown(port: int) -> bytes:
    """The certificate that the server shows."""
    return ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", port), timeout=5))


@pytest.fixture
def port(tmp_path: Path):
    _write(tmp_path, "first")
    port, log = _free(), tmp_path / "log"
    server = _start(tmp_path, port, log)
    try:
        while "Booting worker" not in log.read_text():
            assert server.poll() is None, log.read_text()
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_it_answers_by_tls_though_others_never_shake_hands_and_takes_a_renewed_certificate(port, tmp_path) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with ExitStack() as silent:
        for _ in range(50):
            silent.enter_context(socket.create_connection(("127.0.0.1", port)))
        plain = silent.enter_context(socket.create_connection(("127.0.0.1", port)))
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with urlopen(f"https://localhost:{port}/", context=context, timeout=10) as page:
            assert "延续注册" in page.read().decode()
        with pytest.raises(HTTPError, match="413"):  # all of it was read
            urlopen(f"https://localhost:{port}/display", b"x" * 22_000_000, context=context, timeout=30)
    first = _shown(port)
    _write(tmp_path, "renewed")
    renewed = _shown(port)
    assert renewed != first
    (tmp_path / "cert.pem").write_text("half a fi")
    assert _shown(port) == renewed


def test_a_certificate_that_cannot_be_used_ends_the_start_in_one_line(tmp_path) -> None:
    _write(tmp_path, "first")
    (tmp_path / "key.pem").unlink()
    server = _start(tmp_path, _free(), tmp_path / "log")
    assert server.wait(timeout=60) == 1
    said = (tmp_path / "log").read_text()
    assert "RENEWAL_TLS_KEY" in said
    assert "Traceback" not in said
