"""The drill: a backup while people hand in, an empty machine, and nothing that was acknowledged is missing there."""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

from werkzeug.test import Client

from renewal.app import create_app
from renewal.settings import Settings
from tests.e2e.serving import flask, serve
from tests.factories import person
from tests.web.browser import Browser, walk

Receipt = tuple[datetime, str, str]
"""When it was shown, the case's number, and where it is found."""


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def through(address: str) -> Callable[..., Iterable[bytes]]:
    """A WSGI app that asks the server there: so a test's browser uses a real socket."""
    opener = build_opener(_Stay)

    def ask(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or None
        headers = {name[5:].replace("_", "-"): text for name, text in environ.items() if name.startswith("HTTP_")}
        headers |= {"Content-Type": environ.get("CONTENT_TYPE") or "text/plain", "Host": urlsplit(address).netloc}
        request = Request(address + environ["PATH_INFO"], body, headers, method=environ["REQUEST_METHOD"])
        try:
            answer = opener.open(request, timeout=30)
        except HTTPError as other:
            answer = other
        with answer:
            start_response(f"{answer.status} ", answer.headers.items())
            return [answer.read()]

    return ask


def hand_in(data: Path, address: str, serials: Iterable[int], over: Event) -> list[Receipt]:
    app, shown = create_app(Settings(data=data)), []
    for serial in serials:
        if over.is_set():
            break
        browser = Browser(app, client=Client(through(address)))
        page = walk(browser, person(serial))
        link = next(href for href, _ in page.links if "/receipts/" in href)
        number = re.search(r"YX\d{14}", page.text)
        assert number
        shown.append((datetime.now(UTC), number[0], urlsplit(link).path))
    return shown


def receipt(address: str, path: str) -> str:
    with urlopen(address + path, timeout=30) as answer:
        return str(answer.read().decode())


def test_after_a_backup_under_load_an_empty_machine_shows_the_same_receipts(tmp_path):
    old, new, over = tmp_path / "old", tmp_path / "new", Event()
    old.mkdir()
    new.mkdir()
    log = create_app(Settings(data=old)).extensions["renewal"].services.event_log
    with serve(old) as address, ThreadPoolExecutor(2) as people:
        writers = [people.submit(hand_in, old, address, range(first, 7, 2), over) for first in (1, 2)]
        while log.newest() is None:
            over.wait(0.1)
        said = flask(old, "backup", str(tmp_path / "one.backup"))
        over.set()
        receipts = [each for writer in writers for each in writer.result()]
        moment = datetime.fromisoformat((old / "last-backup").read_text().strip())
        before = {path: receipt(address, path) for _, _, path in receipts}
    flask(old, "keys", "backup", "--without-passphrase", str(tmp_path / "keys"))
    in_time = [(number, path) for shown, number, path in receipts if shown < moment]
    assert in_time
    assert "日志末端" in said

    flask(new, "keys", "restore", str(tmp_path / "keys"))
    assert "都与备份一致" in flask(new, "restore", str(tmp_path / "one.backup"))
    with serve(new) as address:
        for number, path in in_time:
            assert number in before[path]
            assert number in receipt(address, path)
    assert "日志完整" in flask(new, "audit", "verify")
