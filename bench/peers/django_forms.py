"""A wizard as django-formtools has it: SessionWizardView, sessions and answers in SQLite."""

import os
from pathlib import Path
from typing import Any

import django
from django import forms
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.peers.questions import CHOICES, COMMITMENT, DATES, FIELDS, OPTIONAL, PICTURES

DATA = Path(os.environ.get("PEER_DATA", "."))
TEMPLATE = """<!doctype html><html lang="zh-CN"><title>申报</title><main>
<form method="post" action="/wizard" enctype="multipart/form-data">{% csrf_token %}{{ wizard.management_form }}
{{ wizard.form.as_p }}<button>下一步</button></form></main>"""

settings.configure(
    SECRET_KEY="a bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.sessions", "formtools"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "django.db",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"init_command": "PRAGMA journal_mode=wal; PRAGMA synchronous=FULL;"},
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.csrf"],
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [("django.template.loaders.locmem.Loader", {"wizard.html": TEMPLATE})],
                    )
                ],
            },
        }
    ],
)
django.setup()

from formtools.wizard.views import SessionWizardView  # noqa: E402  # after django.setup


def _field(name: str, label: str) -> forms.Field:
    needed = name not in OPTIONAL
    if name in CHOICES:
        return forms.ChoiceField(
            label=label, required=needed, choices=[("", "请选择"), *((one, one) for one in CHOICES[name])]
        )
    if name in DATES:
        return forms.DateField(label=label, required=needed, input_formats=["%Y-%m-%d", "%Y/%m/%d"])
    return forms.CharField(label=label, required=needed, max_length=120)


Details = type("Details", (forms.Form,), {name: _field(name, label) for name, label in FIELDS})
Pictures = type("Pictures", (forms.Form,), {name: forms.FileField(label=label) for name, label in PICTURES})
Commitment = type("Commitment", (forms.Form,), {COMMITMENT[0]: forms.BooleanField(label=COMMITMENT[1])})


class Wizard(SessionWizardView):
    template_name = "wizard.html"
    file_storage = FileSystemStorage(location=str(DATA / "files"))

    def done(self, _form_list: Any, form_dict: Any, **_kwargs: Any) -> HttpResponse:
        with connection.cursor() as cursor:
            answers = {name: str(form.cleaned_data) for name, form in form_dict.items()}
            cursor.execute("INSERT INTO application (data) VALUES (%s)", [str(answers)])
        return HttpResponse("提交成功")


def alive(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


wizard = Wizard.as_view((("details", Details), ("attachments", Pictures), ("commitment", Commitment)))
urlpatterns = [path("healthz", alive), path("wizard", wizard)]

call_command("migrate", verbosity=0)
with connection.cursor() as made:
    made.execute("CREATE TABLE IF NOT EXISTS application (id INTEGER PRIMARY KEY, data TEXT)")
connection.close()

from django.core.wsgi import get_wsgi_application  # noqa: E402  # after django.setup

app = get_wsgi_application()
