"""Bodies as browsers, old ones too, and strangers send them."""

import logging
from collections.abc import Iterable

import pytest

from tests.factories import person
from tests.web.browser import Browser, Page

LI = person()
NAMELESS = {
    "field": (b"Content-Disposition: form-data", b"x"),
    "file": (b'Content-Disposition: form-data; filename="a.jpg"', b"x" * 600_000),
}
Part = tuple[bytes, bytes]


def part(name: str, value: bytes) -> Part:
    return b'Content-Disposition: form-data; name="%s"' % name.encode(), value


def multipart(parts: Iterable[Part], boundary: bytes = b"b") -> bytes:
    """The parts as a multipart body: each its headers and its content."""
    body = b"".join(b"--%s\r\n%s\r\n\r\n%s\r\n" % (boundary, *one) for one in parts)
    return body + b"--%s--\r\n" % boundary


def send(browser: Browser, path: str, body: bytes, kind: str = "multipart/form-data; boundary=b") -> Page:
    return Page(browser.client.post(path, data=body, content_type=kind), path)


def _answered(at, step: str) -> tuple[Browser, list[Part]]:
    """A browser at `step`, and the parts of its form answered well."""
    browser = at(step)
    typed = LI.claim if step == "verify" else LI.details
    values = browser.page.form(f"/renewal/{step}").values | typed
    return browser, [part(name, value.encode()) for name, value in values.items()]


@pytest.mark.parametrize("nameless", [["field"], ["file"], ["field", "file"], ["field", "field", "file", "file"]])
@pytest.mark.parametrize("step", ["verify", "details"])
def test_parts_without_a_name_change_nothing(at, caplog, step: str, nameless: list[str]) -> None:
    browser, parts = _answered(at, step)
    strange = [NAMELESS[kind] for kind in nameless]
    named = (b'Content-Disposition: form-data; name="file"; filename="b.jpg"', b"x")
    with caplog.at_level(logging.ERROR):
        page = send(browser, f"/renewal/{step}", multipart([strange[0], *parts, named, *strange[1:]]))
    assert page.status in (200, 303)
    assert browser.draft().answers[step]["name"] == LI.name
    assert not caplog.records
