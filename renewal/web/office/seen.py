"""Which cases a form was shown with, each as NUMBER:VERSION."""

from flask import request

LONGEST = 9  # digits of a version


def cases() -> dict[str, int]:
    """Version by number; -1, which none has, for anything else."""
    given = (each.partition(":") for each in request.form.getlist("case"))
    return {number[:32]: _version(text) for number, _, text in given}


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else -1
