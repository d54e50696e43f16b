"""Flask, less what it asks or says anew at every request though nothing comes of it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, Response
from flask.templating import Environment
from jinja2 import Template
from jinja2.runtime import Macro

from renewal.web import security

KEPT = ("_drawings.html", "_icons.html", "_pick.html")
"""Their macros go by their arguments alone, which are words of our templates and pictures' refusals, never a list: what
one gave stays good."""
MOST = 64  # that each of these macros keeps; there are sixteen icons


class SharedTemplate(Template):
    """Imported macros are made once: every template has the same globals, and Jinja compares them all each time."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        if self._module is None:
            module = super()._get_default_module(ctx)
            for name, macro in vars(module).copy().items() if self.name in KEPT else ():
                if isinstance(macro, Macro):
                    setattr(module, name, lru_cache(MOST, typed=True)(macro))  # typed: only Markup is not escaped
        return self._module


class PageEnvironment(Environment):
    template_class = SharedTemplate


class App(Flask):
    jinja_environment = PageEnvironment

    def process_response(self, response: Response) -> Response:
        """Vary is for who keeps answers, which nobody may. A page says it all the same, should anybody keep it: it must
        never stand where a part was asked for. Here, because the session adds its own to it last."""
        response = super().process_response(response)
        if security.is_part_of_a_page(response) and response.headers["Cache-Control"] == "no-store":
            del response.headers["Vary"]
        return response

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view here is a coroutine; Flask looks at each of seventeen functions of a request."""
        return func
