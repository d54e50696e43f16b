"""Page or fragment: the one place that knows."""

from typing import Any

from flask import Flask, Response, current_app, make_response, redirect, render_template, request
from htmx_flask import Htmx
from werkzeug.wrappers import Response as BaseResponse


def wants_fragment() -> bool:
    """HTMX asks for a step, and neither restores history nor follows a boosted link: both need the page."""
    htmx = request.htmx  # type: ignore[attr-defined]  # htmx-flask's request class
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Render a step's one template as the whole page or as the fragment that replaces the step."""
    layout = "layouts/fragment.html" if wants_fragment() else "layouts/page.html"
    return make_response(render_template(template, layout=layout, **context), status)


def go(path: str) -> BaseResponse:
    """Answer a good POST: with HTMX by the next page's fragment at once, without by 303."""
    if not wants_fragment():
        return redirect(path, 303)
    return state(path, 200)


def state(path: str, status: int) -> Response:
    """The page at `path` as the answer to a form that could not be taken."""
    endpoint, arguments = _match(path)
    response = make_response(current_app.view_functions[endpoint](**arguments))
    if response.status_code == 200:
        response.status_code = status
    return at(response.headers.get("HX-Push-Url", path), response)


def at(path: str, response: Response) -> Response:
    """Tell HTMX under which address the answer belongs in the history."""
    if wants_fragment():
        response.headers["HX-Push-Url"] = path
    return response


def _match(path: str) -> tuple[str, dict[str, Any]]:
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None  # noqa: S101  # there is always one within a request
    endpoint, arguments = adapter.match(path, method="GET")
    return endpoint, dict(arguments)


def init_app(app: Flask) -> None:
    Htmx(app)
    app.after_request(_vary)


def _vary(response: Response) -> Response:
    response.vary.add("HX-Request")
    return response
