"""关怀版 on or off: a cookie of its own, so that it works on every page of both halves and without JavaScript."""

from collections.abc import Mapping

from flask import current_app, redirect
from werkzeug.wrappers import Response as BaseResponse

from renewal.web.paths import own_path

YEAR = 365 * 24 * 60 * 60


def switch(form: Mapping[str, str], home: str) -> BaseResponse:
    response = redirect(own_path(form.get("next", "") or home), 303)
    response.set_cookie(
        "elder",
        "1" if form.get("elder") == "1" else "0",
        max_age=YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response
