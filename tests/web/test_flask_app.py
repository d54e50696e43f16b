"""What Flask and Jinja no longer ask anew is answered as they would."""

from collections.abc import Callable
from typing import Any

import jinja2
import pytest
from flask import Flask
from flask.templating import Environment
from jinja2 import DictLoader, UndefinedError, pass_context
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from markupsafe import Markup

from renewal.web.assets import ROOT
from renewal.web.flask_app import KEPT, PageEnvironment

TEMPLATES = ROOT / "templates"
MACROS = """
{%- macro bold(word, mark='!') %}<b>{{ word }}{{ mark }}</b>{% endmacro %}
{%- macro boxed() %}<div>{{ caller() }}</div>{% endmacro %}
{%- macro several() %}{{ varargs|join('+') }}{% endmacro %}"""
PAGES = {
    "given": "{{ bold('<i>') }}",
    "by name": "{{ bold(mark='?', word='a') }}",
    "in a loop": "{% for each in 'ab' %}{{ bold(each) }}{% endfor %}",
    "in a block": "{% block part %}{% from 'macros' import bold %}{{ bold('a') }}{% endblock %}",
    "in a macro": "{% macro twice(word) %}{{ bold(word) * 2 }}{% endmacro %}{{ twice('&') }}",
    "around something": "{% call boxed() %}<p>{{ bold('a') }}</p>{% endcall %}",
    "with any number": "{{ several(1, 2, 3) }}",
    "no macro": "{% for each in 'ab' %}{% set word = each %}{{ asks() }}{{ plain('<') }}{% endfor %}",
}


@pass_context
def _asks(context: Any) -> str:
    return str(context["word"])


def _made(kind: Callable[..., Environment], template: str, **options: Any) -> Environment:
    page = "{% from 'macros' import bold, boxed, several %}" + template
    made = kind(Flask(__name__), loader=DictLoader({"macros": MACROS, "page": page}), autoescape=True, **options)
    made.globals |= {"asks": _asks, "plain": str}
    return made


@pytest.mark.parametrize("template", PAGES.values(), ids=PAGES)
def test_a_page_is_what_jinja_makes_of_it(template: str) -> None:
    ours, jinjas = (_made(kind, template).get_template("page").render() for kind in (PageEnvironment, Environment))
    assert ours == jinjas != ""


@pytest.mark.parametrize("wrong", ["{{ bold(colour='red') }}", "{{ nothing() }}", "{{ bold(1, 2, 3) }}"])
def test_a_wrong_call_is_an_error_all_the_same(wrong: str) -> None:
    with pytest.raises((TypeError, UndefinedError)):
        _made(PageEnvironment, wrong).get_template("page").render()


def test_a_drawing_is_made_once_for_the_same_words() -> None:
    said: list[str] = []
    page = "{{ icon('<a>', 1) }}{{ icon(given, 1) }}{{ icon('b', 1) }}"
    made = _made(PageEnvironment, "{% from '_icons.html' import icon %}" + page)
    made.loader.mapping["_icons.html"] = "{% macro icon(name, size) %}{{ note(name) or name }};{% endmacro %}"
    made.globals["note"] = said.append
    for _ in range(3):
        assert made.get_template("page").render(given=Markup("<a>")) == "&lt;a&gt;;<a>;b;"
    assert said == ["<a>", Markup("<a>"), "b"]


@pytest.mark.parametrize("name", KEPT)
def test_a_drawing_asks_for_nothing_but_its_arguments(name: str) -> None:
    parsed = jinja2.Environment().parse((TEMPLATES / name).read_text())
    assert find_undeclared_variables(parsed) == set()
    assert set(find_referenced_templates(parsed)) <= set(KEPT)
