"""Page or fragment: the one place that knows."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, render_template
from htmx_flask import Htmx, request

from renewal.web import halves, help

LAYOUTS = {
    False: ("layouts/page.html", "layouts/fragment.html"),
    True: ("layouts/office.html", "layouts/office_fragment.html"),
}
"""By whether it is the office's."""


def wants_fragment() -> bool:
    """HTMX asks for a step, and neither restores history nor follows a boosted link: both need the page."""
    asks = request.htmx
    return bool(asks) and not asks.boosted and not asks.history_restore_request


def aims_at(id_: str) -> bool:
    """Whether nothing but the element of this id is to be replaced, on a page that stays."""
    return wants_fragment() and request.htmx.target == id_


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Render the one template of a page as the whole page or as the fragment that replaces its main part."""
    in_office = halves.in_office()
    whole, part = LAYOUTS[in_office]
    layout = part if wants_fragment() else whole
    if not in_office:
        context["here"] = help.here(template)
    return make_response(render_template(template, layout=layout, **context), status)


def push_url(path: str, response: Response) -> Response:
    """Tell HTMX under which address the answer belongs in the history. A page that answers itself is there
    already: after five pictures one “back” still leads to the step before."""
    if wants_fragment() and urlsplit(request.htmx.current_url or "").path != path:
        response.headers["HX-Push-Url"] = path
    return response


def init_app(app: Flask) -> None:
    Htmx(app)
    app.after_request(_vary)


def _vary(response: Response) -> Response:
    response.vary.add("HX-Request")
    return response
