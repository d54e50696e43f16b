"""Flask, less what it asks anew at every request though the answer never changes."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template


class SharedTemplate(Template):
    """Imported macros are made once: every template has the same globals, and Jinja compares them all each time."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        return self._module or super()._get_default_module(ctx)


class PageEnvironment(Environment):
    template_class = SharedTemplate


class App(Flask):
    jinja_environment = PageEnvironment

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view here is a coroutine; Flask looks at each of seventeen functions of a request."""
        return func
