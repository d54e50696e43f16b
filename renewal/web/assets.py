"""What the browser gets: built files by their hashed names, and the CSS that stands inside the page."""

import json
from base64 import b64encode
from collections.abc import MutableMapping
from hashlib import sha256
from pathlib import Path

from flask import Flask, g
from markupsafe import Markup
from whitenoise import WhiteNoise

ROOT = Path(__file__).parents[2]
DIST = ROOT / "static" / "dist"
FOREVER = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Raises FileNotFoundError before `make assets` has run: there is no page without them."""
    manifest: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    sheets = {sheet.name: sheet.read_text().strip() for sheet in DIST.glob("*.css")}
    sources = {name: _source(css) for name, css in sheets.items()}

    def css(name: str) -> Markup:
        g.style = sources[name]
        return Markup(sheets[name])  # noqa: S704  # our own file

    app.jinja_env.globals["css"] = css
    app.jinja_env.globals["asset"] = lambda name: f"/static/{manifest[name]}"
    # Names carry a hash of the content: a phone fetches each file once.
    scripts = WhiteNoise(
        app.wsgi_app,
        root=DIST,
        prefix="static/",
        max_age=FOREVER,
        immutable_file_test=lambda _p, _u: True,
        allow_all_origins=False,
        add_headers_function=_guard,
    )
    for file in scripts.files.values():
        file.alternatives = [(*which, _without_validators(headers)) for *which, headers in file.alternatives]
    # Flask's own way to wrap an app; mypy takes the attribute for the method it replaces.
    app.wsgi_app = scripts  # type: ignore[method-assign]


def style_source() -> str:
    """The CSS that the answer has inside, as a policy names it."""
    return str(g.get("style", "'none'"))


def _source(css: str) -> str:
    return f"'sha256-{b64encode(sha256(css.encode()).digest()).decode()}'"


def _without_validators(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Whoever has a file that never changes need not ask whether it did."""
    return [header for header in headers if header[0] not in ("ETag", "Last-Modified")]


def _guard(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
    """WhiteNoise answers before the app sets its own."""
    headers["X-Content-Type-Options"] = "nosniff"
