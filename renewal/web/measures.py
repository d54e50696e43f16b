"""What is counted of requests, for Prometheus: routes, steps and kinds of pictures, nothing of anybody.

Imported only where somebody may read it. With several workers, prometheus_client keeps the numbers in files of the
folder that gunicorn.conf.py makes, so that whichever worker is asked tells of all.
"""

from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Flask, Request
from prometheus_client import CollectorRegistry, Counter, Histogram, Summary, disable_created_metrics, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

from renewal.journey.steps import BY_NAME, attachments
from renewal.web.context import WebContext
from renewal.web.vitals import Vitals

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Summary(
    "renewal_request_seconds", "Requests and what they took, by route.", ("method", "route", "status"), registry=None
)
STEPS = Histogram("renewal_step_seconds", "Taking the form of a step.", ("step",), registry=None, buckets=SECONDS)
PICTURES = Histogram(
    "renewal_picture_seconds",
    "Working on a picture, waiting for a turn included.",
    ("picture",),
    registry=None,
    buckets=SECONDS,
)
WORKERS = Counter("renewal_worker_starts", "Workers begun, the first ones and those after them.", registry=None)
ALL = (REQUESTS, STEPS, PICTURES, WORKERS)

FILES = ("GET", "/static/<file>")
UNKNOWN = ("", "")


class Measured:
    """Counts each request once its answer has begun; the upload is over by then, for the worker's loop read it."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = perf_counter()

        def start(line: str, *rest: Any) -> Any:
            # Here, for behind it Flask takes the request out of the environ.
            _count(environ.get("werkzeug.request"), line[:3], perf_counter() - began)
            return start_response(line, *rest)

        return self.app(environ, start)


def init_app(app: Flask) -> None:
    # Flask's own way to wrap an app; mypy takes the attribute for the method it replaces.
    app.wsgi_app = Measured(app.wsgi_app)  # type: ignore[method-assign]
    app.extensions["worker_began"] = WORKERS.inc
    disable_created_metrics()  # type: ignore[no-untyped-call]  # each number once, not the moment of its first one beside it


def told(context: WebContext) -> bytes:
    """In Prometheus' text format."""
    registry = CollectorRegistry()
    try:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    except ValueError:  # one process, which keeps them itself
        for one in ALL:
            registry.register(one)
    registry.register(Vitals(context.services, context.data))
    return generate_latest(registry)


def _count(request: Request | None, status: str, seconds: float) -> None:
    """Only by names that stand in our code: what somebody made up would be a series for ever."""
    if request is None:  # answered before Flask saw it
        REQUESTS.labels(*FILES, status).observe(seconds)
        return
    rule = request.url_rule
    REQUESTS.labels(*(request.method, rule.rule) if rule else UNKNOWN, status).observe(seconds)
    if rule and request.method == "POST":
        _count_work(rule.endpoint, request.view_args or {}, seconds)


def _count_work(endpoint: str, arguments: dict[str, Any], seconds: float) -> None:
    if endpoint == "wizard.take_step" and arguments["name"] in BY_NAME:
        STEPS.labels(arguments["name"]).observe(seconds)
    elif endpoint == "wizard.take_picture" and arguments["kind"] in attachments.PARTS:
        PICTURES.labels(arguments["kind"]).observe(seconds)
    elif endpoint == "tool.make":
        PICTURES.labels("tool").observe(seconds)
