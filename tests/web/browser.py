"""A tiny browser: fills in the forms it was shown, follows 303, keeps cookies, with HTMX or without."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, replace
from io import BytesIO
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from renewal.services import Services
from renewal.store.drafts import Draft
from renewal.web.session import Device
from tests.factories import Person, person, portrait_jpeg, signature_png
from tests.web.reading import Form, Reading

HTMX = {"HX-Request": "true", "HX-Target": "step"}
HIDDEN = {"csrf_token", "token"}
Values = Mapping[str, str | Iterable[str]]


class Page(Reading):
    """An answer, read; `path` is what the address bar shows then, and `place` where on the page it leads."""

    place = ""

    def __init__(self, response: TestResponse, path: str) -> None:
        kind = response.headers.get("Content-Type", "")
        super().__init__(response.text if kind.startswith("text/html") else "")
        self.status, self.headers, self.path = response.status_code, response.headers, path
        self.data = response.data


class Browser:
    """`requests` holds every request sent, as (method, path)."""

    def __init__(self, app: Flask, htmx: bool = False, client: FlaskClient | None = None) -> None:
        self.app, self.htmx = app, htmx
        self.client = client or app.test_client()
        self.requests: list[tuple[str, str]] = []
        self.page: Page

    @property
    def services(self) -> Services:
        services: Services = self.app.extensions["renewal"].services
        return services

    def tab(self) -> "Browser":
        """Another tab: the same cookies, a page of its own."""
        return Browser(self.app, self.htmx, self.client)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Page:
        """Open an address as a bookmark would: always the whole page."""
        self.requests.append(("GET", path))
        return self._answer(self.client.get(path, headers=dict(headers or {})), path)

    def click(self, path: str) -> Page:
        """Follow a link; with HTMX one that swaps the step in place."""
        return self.get(path, HTMX if self.htmx else None)

    def post(self, path: str, data: Mapping[str, Any], by_htmx: bool | None = None) -> Page:
        """Send any data at all, as HTMX does or as a plain form."""
        self.requests.append(("POST", path))
        swaps = self.htmx if by_htmx is None else by_htmx
        before = self.page.path if hasattr(self, "page") else path
        answer = self.client.post(path, headers=HTMX if swaps else {}, **encoded(data))
        return self._answer(answer, before if swaps else path)

    def submit(self, action: str, button: tuple[str, str] | None = None, **typed: Any) -> Page:
        """Fill in the form for `action` on the page and send it."""
        form = self.page.form(action, button)
        return self.post(action, filled(form, typed, button), self.htmx and form.by_htmx)

    def introduce(self) -> None:
        """Chosen a nickname long ago."""
        self.cookies(nickname="小李", avatar="helmet")

    def hold(self, draft: Draft) -> "Browser":
        """As if this browser had begun `draft` itself and were at it now."""
        self.introduce()
        self.cookies(drafts=(draft.id,))
        with self.client.session_transaction() as session:
            session["draft"], session["drafts"] = draft.id, [*session.get("drafts", []), draft.id]
        return self

    def cookies(self, **known: Any) -> None:
        """Change what the `device` cookie says."""
        tokens = self.app.extensions["renewal"].tokens
        self.client.set_cookie("device", tokens.device(astuple(replace(self.device(), **known))))

    def device(self) -> Device:
        """What the `device` cookie says."""
        cookie = self.client.get_cookie("device")
        tokens = self.app.extensions["renewal"].tokens
        return Device(*tokens.read_device(cookie.value)) if cookie else Device(token_urlsafe(16))

    def forget(self, *cookies: str) -> None:
        for cookie in cookies or ("session", "device"):
            self.client.delete_cookie(cookie)

    def draft(self) -> Draft:
        """The current draft, as it is stored."""
        with self.client.session_transaction() as session:
            return self.services.draft(session["draft"])

    def _answer(self, response: TestResponse, path: str) -> Page:
        where = response.headers.get("Location")
        if where:
            assert response.status_code == 303 or response.request.method == "GET"
            path, _, place = where.partition("#")
            self.get(path).place = place
            return self.page
        self.page = Page(response, response.headers.get("HX-Push-Url", path))
        return self.page


def employer_path(page: Page) -> str:
    """Where the link for the employer leads that a case's page shows."""
    return urlsplit(page.html.split('id="employer-link">')[1].split("<")[0]).path


def encoded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Multipart where a file goes, given as bytes. In memory: the client's own temporary files would stay open."""
    files = {name: FileStorage(BytesIO(value), f"{name}.jpg") for name, value in data.items() if type(value) is bytes}
    if not files:
        return {"data": data}
    boundary, body = encode_multipart({**data, **files})
    return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}


def filled(form: Form, typed: Mapping[str, Any], button: tuple[str, str] | None = None) -> dict[str, Any]:
    """What is sent: the form's own values, and what was typed over them."""
    data: dict[str, Any] = {}
    for name, value in form.fields:
        data.setdefault(name, []).append(value)
    for name, value in typed.items():
        assert name in form.names, f"no input {name} in the form for {form.action}"
        data[name] = value
    if button:
        assert button in form.buttons, f"no button {button} in the form for {form.action}"
        data[button[0]] = button[1]
    return data


def walk(browser: Browser, who: Person | None = None, until: str = "done", method: str = "counter") -> Page:
    """From the item page to the step `until`, by the forms that are shown."""
    who = who or person()
    if not hasattr(browser, "page"):
        browser.introduce()
        browser.get("/renewal/verify")
    while (step := browser.page.path.removeprefix("/renewal/")) != until:
        forward(browser, step, who, method)
        assert browser.page.status == 200, browser.page.text
    return browser.page


def forward(browser: Browser, step: str, who: Person, method: str = "counter") -> Page:
    """Answer the step that is shown, well."""
    match step:
        case "verify":
            if "是否前往注册" in browser.page.text:
                return browser.click("/renewal/register")
            return browser.submit("/renewal/verify", **who.claim)
        case "register":
            return browser.submit("/renewal/register", **who.registration)
        case "face" if method == "selfie":
            return browser.submit("/renewal/face", method="selfie", consent="yes", selfie=portrait_jpeg())
        case "face":
            return browser.submit("/renewal/face", method="counter")
        case "notice":
            browser.submit("/renewal/notice", ("all", "1"))
            return browser.submit("/renewal/notice")
        case "details":
            return browser.submit("/renewal/details", **editable(browser.page.form("/renewal/details"), who))
        case "attachments":
            browser.submit("/renewal/attachments/portrait", portrait=portrait_jpeg())
            browser.submit("/renewal/attachments/signature", signature=signature_png())
            return browser.submit("/renewal/attachments")
        case "commitment":
            return browser.submit("/renewal/commitment", commitment="yes")
        case "review":
            return browser.submit("/renewal/review")
    raise AssertionError(f"no way on from {step}")


def editable(form: Form, who: Person) -> dict[str, str]:
    """The details of `who`; the locked ones stay as the form shows them."""
    locked = ("name", "id_type", "id_number", "sex", "birth_date")
    return {name: value for name, value in who.details.items() if name not in locked}
