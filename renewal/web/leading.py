"""Where an answer to a form leads: to one of the applicant's own pages, at once where HTMX asks."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, make_response, redirect
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from renewal.web import session
from renewal.web.htmx import push_url, wants_fragment

INLINE = frozenset(
    {
        "portal.home",
        "portal.profile",
        "portal.services",
        "portal.item",
        "cases.mine",
        "cases.show",
        "own_data.show",
        "wizard.show",
        "wizard.done",
    }
)
"""The applicant's own pages, guarded by the table of access alone."""


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
    return endpoint in INLINE and session.allows(endpoint, arguments)
