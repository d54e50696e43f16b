"""Page or fragment: the one place that knows."""

from typing import Any

from flask import Flask, Response, make_response, render_template
from htmx_flask import Htmx, request


def wants_fragment() -> bool:
    """HTMX asks for a step, and neither restores history nor follows a boosted link: both need the page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Render a step's one template as the whole page or as the fragment that replaces the step."""
    layout = "layouts/fragment.html" if wants_fragment() else "layouts/page.html"
    return make_response(render_template(template, layout=layout, **context), status)


def push_url(path: str, response: Response) -> Response:
    """Tell HTMX under which address the answer belongs in the history."""
    if wants_fragment():
        response.headers["HX-Push-Url"] = path
    return response


def init_app(app: Flask) -> None:
    Htmx(app)
    app.after_request(_vary)


def _vary(response: Response) -> Response:
    response.vary.add("HX-Request")
    return response
