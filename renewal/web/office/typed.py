"""What was typed into a form of the office that could not be taken: shown, so that it can be copied."""

from flask import request

from renewal.forms.office import setting

LABELS = {"username": "用户名", "reason": "理由", "note": "备注", "q": "搜索", "defect": "需要补正"}
"""Never a password or a code."""


def typed() -> list[tuple[str, str]]:
    given = [(_label(name), value) for name, value in request.form.items(multi=True)]
    return [(label, value) for label, value in given if label and value.strip()]


def _label(name: str) -> str:
    found = setting(name)
    return found.label if found else LABELS.get(name.partition("-")[0], "")  # reason-school
