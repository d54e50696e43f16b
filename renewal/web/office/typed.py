"""What was typed into a form of the office that could not be taken: shown, so that it can be copied."""

from flask import request

LABELS = {"username": "用户名", "reason": "理由", "note": "备注", "q": "搜索", "defect": "需要补正"}
"""Never a password or a code."""


def typed() -> list[tuple[str, str]]:
    given = [(name.partition("-")[0], value) for name, value in request.form.items(multi=True)]  # reason-school
    return [(LABELS[name], value) for name, value in given if name in LABELS and value.strip()]
