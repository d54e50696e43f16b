"""Time, size and shape of what another's server answers."""

import socket
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from renewal.wire.asking import AT_ONCE, Asking, Deadline
from renewal.wire.trouble import ProviderTrouble, Trouble
from tests.doubles.serving import Asked, Double, listening


class Echo(Double):
    """Answers with what it was asked."""

    def answer(self, asked: Asked) -> dict:
        return {"path": asked.path, "query": asked.query, "body": asked.body.decode()}


@pytest.fixture
def double() -> Iterator[Echo]:
    with listening(Echo()) as double:
        yield double


@pytest.fixture
def asking(double: Echo) -> Asking:
    return Asking(double.address)


def ask(asking: Asking, seconds: float = 5) -> dict:
    return asking.ask(Deadline(monotonic() + seconds), "POST", "/there?a=b", b"words", {"X-Of": "ours"})


def trouble_of(asking: Asking, seconds: float = 5) -> Trouble:
    with pytest.raises(ProviderTrouble) as caught:
        ask(asking, seconds)
    return caught.value.trouble


def test_what_is_answered_is_handed_on(asking: Asking) -> None:
    assert ask(asking) == {"path": "/there", "query": {"a": "b"}, "body": "words"}


@pytest.mark.parametrize(
    ("mood", "trouble"),
    [
        ("silent", Trouble.SILENT),
        ("lost", Trouble.SILENT),
        ("drip", Trouble.SILENT),
        ("cut", Trouble.ODD),
        ("html", Trouble.ODD),
        ("list", Trouble.ODD),
        ("huge", Trouble.ODD),
        ("busy", Trouble.LIMIT),
    ],
)
def test_a_server_that_answers_badly_is_left_in_time(asking: Asking, double: Echo, mood: str, trouble: Trouble) -> None:
    double.mood = mood
    assert trouble_of(asking, 0.3 if trouble is Trouble.SILENT else 5) is trouble


def test_a_server_that_never_comes_to_an_end_is_hung_up_on(asking: Asking, double: Echo) -> None:
    double.mood = "drip"
    trouble_of(asking, 0.2)
    assert double.drops < 100


def test_several_questions_share_their_ten_seconds(asking: Asking) -> None:
    deadline = Deadline()
    assert 9 < deadline.left() <= 10
    deadline.until = monotonic()
    with pytest.raises(ProviderTrouble, match="silent"):
        asking.ask(deadline, "GET", "/")


def test_a_server_that_is_not_there_is_silent() -> None:
    with listening(Echo()) as gone:
        nobody = Asking(gone.address)
    with pytest.raises(ProviderTrouble, match="silent ConnectionRefusedError"):
        ask(nobody)


def test_a_silent_server_holds_only_some_of_the_threads(double: Echo, asking: Asking) -> None:
    double.mood = "silent"
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(trouble_of, asking, 5) for _ in range(AT_ONCE)]
        while len(double.asked) < AT_ONCE:
            assert not any(each.done() for each in waiting)
            time.sleep(0.01)
        assert trouble_of(asking) is Trouble.BUSY
    double.mood = ""
    assert ask(asking)


def test_a_proxy_of_the_environment_is_not_used(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    assert ask(asking)


def test_a_server_that_only_says_it_is_the_provider_is_not_spoken_to(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    with listening(Echo(), context) as impostor:
        with pytest.raises(ProviderTrouble, match="silent SSLCertVerificationError"):
            ask(Asking(impostor.address))
        assert impostor.asked == []


def test_the_offices_proxy_is_asked_for_the_provider_and_sees_no_more() -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy, ThreadPoolExecutor(1) as pool:
        said = pool.submit(_refuse, proxy)
        through = Asking("https://kyc1.example.cn", f"127.0.0.1:{proxy.getsockname()[1]}")
        assert trouble_of(through) is Trouble.SILENT
        assert said.result().startswith("CONNECT kyc1.example.cn:443 HTTP/1.")
        assert "words" not in said.result()


def test_a_proxy_that_never_comes_to_an_end_is_hung_up_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy, ThreadPoolExecutor(1) as pool:
        drops = pool.submit(_drip, proxy)
        through = Asking("https://kyc1.example.cn", f"127.0.0.1:{proxy.getsockname()[1]}")
        assert trouble_of(through, 0.3) is Trouble.SILENT
        assert drops.result() < 100


def _drip(proxy: socket.socket) -> int:
    """One byte after the other of an answer that would be long; how many were taken."""
    connection, _ = proxy.accept()
    answer = b"HTTP/1.0 200 Fine\r\nX-Long: " + 500 * b"x"
    with connection:
        connection.recv(4096)
        for drops in range(len(answer)):
            try:
                connection.sendall(answer[drops : drops + 1])
            except OSError:
                return drops
            time.sleep(0.01)
    return len(answer)


def _refuse(proxy: socket.socket) -> str:
    connection, _ = proxy.accept()
    with connection:
        said = connection.recv(4096).decode()
        connection.sendall(b"HTTP/1.0 502 Bad Gateway\r\n\r\n")
    return said


def self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = folder / "certificate.pem"
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(certificate.public_bytes(pem) + private)
    return file
