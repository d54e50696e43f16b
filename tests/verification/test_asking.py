"""Time, size and shape of what a provider answers."""

import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from renewal.verification import ELSEWHERE, Account, asking
from renewal.verification.provider import ProviderTrouble, Trouble
from tests.doubles.both import DOUBLES, provider
from tests.doubles.claiming import CLAIM
from tests.doubles.serving import running


@pytest.mark.parametrize(
    ("mood", "trouble"),
    [
        ("silent", Trouble.SILENT),
        ("drip", Trouble.SILENT),
        ("cut", Trouble.ODD),
        ("html", Trouble.ODD),
        ("list", Trouble.ODD),
        ("huge", Trouble.ODD),
        ("busy", Trouble.LIMIT),
    ],
)
def test_a_provider_that_answers_badly_is_left_in_time(ours, double, monkeypatch, mood, trouble):
    monkeypatch.setattr(asking, "TOTAL", 0.3)
    double.mood = mood
    for act in (ours.check, lambda: ours.start(CLAIM), lambda: ours.result(CLAIM.number, "0" * 32)):
        with pytest.raises(ProviderTrouble) as caught:
            act()
        assert caught.value.trouble is trouble


def test_a_provider_that_never_comes_to_an_end_is_hung_up_on(ours, double, monkeypatch):
    monkeypatch.setattr(asking, "TOTAL", 0.2)
    double.mood = "drip"
    with pytest.raises(ProviderTrouble):
        ours.check()
    assert double.drops < 100


def test_a_provider_that_is_not_there_is_silent(name):
    with running(DOUBLES[name]()) as gone:
        nobody = provider(name, gone)
    with pytest.raises(ProviderTrouble, match="silent ConnectionRefusedError"):
        nobody.check()


def test_a_silent_provider_holds_only_some_of_the_threads(ours, monkeypatch):
    monkeypatch.setattr(asking, "_places", asking.BoundedSemaphore(1))
    with asking._places, pytest.raises(ProviderTrouble) as caught:
        ours.check()
    assert caught.value.trouble is Trouble.BUSY
    ours.check()


def test_a_proxy_of_the_environment_is_not_used(ours, monkeypatch):
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    ours.check()


def test_a_server_that_only_says_it_is_the_provider_is_not_spoken_to(name, double, tmp_path):
    certificate = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with running(DOUBLES[name](), context) as impostor:
        with pytest.raises(ProviderTrouble, match="silent SSLCertVerificationError"):
            provider(name, impostor).check()
        assert impostor.asked == []


def test_the_offices_proxy_is_asked_for_the_provider_and_sees_no_more(name):
    with socket.create_server(("127.0.0.1", 0)) as proxy, ThreadPoolExecutor(1) as pool:
        said = pool.submit(_refuse, proxy)
        account = Account("id", "the key itself", proxy=f"127.0.0.1:{proxy.getsockname()[1]}")
        with pytest.raises(ProviderTrouble, match="silent"):
            ELSEWHERE[name](account).check()
        host = ELSEWHERE[name].endpoint.removeprefix("https://")
        assert said.result().startswith(f"CONNECT {host}:443 HTTP/1.")
        assert "the key itself" not in said.result()


@pytest.mark.parametrize("proxy", ["http://10.0.0.1:8080", "10.0.0.1", "proxy:x", "a b:80"])
def test_a_proxy_that_is_none_is_named(proxy):
    with pytest.raises(ValueError, match="RENEWAL_FACE_PROXY is host:port"):
        Account("id", "key", proxy=proxy)


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
