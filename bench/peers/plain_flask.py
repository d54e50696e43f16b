"""A wizard as a Flask tutorial has it: Flask-WTF, Jinja, HTMX answers, the standard library's sqlite3."""

import json
import os
import sqlite3
import uuid
from pathlib import Path
from typing import Any

from flask import Flask, g, redirect, render_template, request, session
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from jinja2 import DictLoader
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from bench.peers.questions import CHOICES, COMMITMENT, DATES, FIELDS, OPTIONAL, PICTURES

PAGE = """<!doctype html><html lang="zh-CN"><title>申报</title><main id="step">{% block step %}{% endblock %}</main>"""
STEP = """<form method="post" action="{{ url }}" hx-post="{{ url }}" hx-target="#step" enctype="{{ enctype }}">
{{ form.hidden_tag() }}
{% for field in form if field.type != 'CSRFTokenField' %}<p>{{ field.label }} {{ field }}
{% for error in field.errors %}<em>{{ error }}</em>{% endfor %}</p>{% endfor %}
<button>下一步</button></form>"""
TEMPLATES = {
    "fragment.html": STEP,
    "page.html": PAGE.replace("{% block step %}{% endblock %}", "{% include 'fragment.html' %}"),
}
DATA = Path(os.environ.get("PEER_DATA", "."))


def _field(name: str, label: str) -> Any:
    needed = [Optional()] if name in OPTIONAL else [DataRequired()]
    if name in CHOICES:
        empty = [("", "请选择")] if name != "sex" else []
        return SelectField(label, choices=[*empty, *((one, one) for one in CHOICES[name])], validators=needed)
    if name in DATES:
        return DateField(label, format=["%Y-%m-%d", "%Y/%m/%d"], validators=needed)
    return StringField(label, validators=[*needed, Length(max=120)])


Details = type("Details", (FlaskForm,), {name: _field(name, label) for name, label in FIELDS})
Pictures = type(
    "Pictures", (FlaskForm,), {name: FileField(label, validators=[FileRequired()]) for name, label in PICTURES}
)
Commitment = type("Commitment", (FlaskForm,), {COMMITMENT[0]: BooleanField(COMMITMENT[1], [DataRequired()])})
STEPS = {"details": Details, "attachments": Pictures, "commitment": Commitment}
AFTER = {"details": "attachments", "attachments": "commitment", "commitment": "done"}

app = Flask(__name__)
app.secret_key = "a bench"
app.jinja_loader = DictLoader(TEMPLATES)


def database() -> sqlite3.Connection:
    if "database" not in g:
        g.database = sqlite3.connect(DATA / "flask.db")
        g.database.execute("PRAGMA journal_mode=wal")
        g.database.execute("PRAGMA synchronous=FULL")
    connection: sqlite3.Connection = g.database
    return connection


@app.teardown_appcontext
def close(_error: BaseException | None) -> None:
    if "database" in g:
        g.database.close()


@app.get("/healthz")
def alive() -> str:
    return "ok"


@app.route("/<step>", methods=["GET", "POST"])
def show(step: str) -> Any:
    if step == "done":
        return "提交成功"
    form = STEPS[step]()
    if not form.validate_on_submit():
        return _page(step, form)
    draft = session.setdefault("draft", uuid.uuid4().hex)
    answers = {name: str(value) for name, value in form.data.items() if name != "csrf_token"}
    files = {name: request.files[name].read() for name in request.files}
    with database() as write:
        write.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (draft, step, json.dumps(answers)))
        write.executemany(
            "INSERT OR REPLACE INTO picture VALUES (?, ?, ?)", [(draft, kind, data) for kind, data in files.items()]
        )
    following = AFTER[step]
    if "HX-Request" not in request.headers:
        return redirect(f"/{following}", 303)
    answer = app.make_response("提交成功" if following == "done" else _page(following, STEPS[following](formdata=None)))
    answer.headers["HX-Push-Url"] = f"/{following}"
    return answer


def _page(step: str, form: FlaskForm) -> str:
    enctype = "multipart/form-data" if step == "attachments" else "application/x-www-form-urlencoded"
    template = "fragment.html" if "HX-Request" in request.headers else "page.html"
    return render_template(template, form=form, url=f"/{step}", enctype=enctype)


with sqlite3.connect(DATA / "flask.db") as made:
    made.execute("CREATE TABLE IF NOT EXISTS answer (draft TEXT, step TEXT, data TEXT, PRIMARY KEY (draft, step))")
    made.execute("CREATE TABLE IF NOT EXISTS picture (draft TEXT, kind TEXT, data BLOB, PRIMARY KEY (draft, kind))")
