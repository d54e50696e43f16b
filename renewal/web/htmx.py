"""Page or fragment: the one place that knows."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, make_response, redirect, render_template
from htmx_flask import Htmx, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from renewal.web import access, help

INLINE = frozenset(
    {
        "portal.home",
        "portal.profile",
        "portal.services",
        "portal.item",
        "cases.mine",
        "cases.show",
        "wizard.show",
        "wizard.done",
    }
)
"""The applicant's own pages, guarded by the table of access alone."""


def wants_fragment() -> bool:
    """HTMX asks for a step, and neither restores history nor follows a boosted link: both need the page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Render a step's one template as the whole page or as the fragment that replaces the step."""
    layout = "layouts/fragment.html" if wants_fragment() else "layouts/page.html"
    return make_response(render_template(template, layout=layout, here=help.here(template), **context), status)


def go(path: str) -> BaseResponse:
    """Answer a good POST: with HTMX by the next page's fragment at once, without by 303."""
    if not wants_fragment():
        return redirect(path, 303)
    return state(path, 200)


def state(path: str, status: int) -> BaseResponse:
    """The page at `path` as the answer to a form, at once: without another request over a slow connection.

    A view called from here has passed no `before_request`, of which there may be any. So only the applicant's
    own pages are, if the table of access lets this person in; to all else a redirect leads, which HTMX follows
    past every guard.
    """
    page_path = path.partition("#")[0]
    try:
        endpoint, arguments = current_app.url_map.bind("").match(page_path, method="GET")
    except HTTPException:  # an address with a query, or one that is not ours
        return redirect(path, 303)
    if not _may_be_called(endpoint, arguments):
        return redirect(path, 303)
    response = make_response(current_app.view_functions[endpoint](**arguments))
    if response.status_code == 200:
        response.status_code = status
    return push_url(response.headers.get("HX-Push-Url", page_path), response)


def _may_be_called(endpoint: str, arguments: Mapping[str, Any]) -> bool:
    return endpoint in INLINE and access.allows(endpoint, arguments)


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
