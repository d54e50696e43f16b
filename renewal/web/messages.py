"""Sentences for the next page that is shown: (kind, text), kind one of success info warning error. One about a
picture stands in that picture's card where the page has one, all else on top."""

from collections import defaultdict
from typing import cast

from flask import flash, get_flashed_messages, request

TOP = ""


def add(kind: str, text: str, card: str = TOP) -> None:
    flash(text, f"{card}/{kind}")


def card() -> str:
    """The card of the picture whose form came in; the top for any other form."""
    return str((request.view_args or {}).get("kind", TOP))


def take() -> dict[str, list[tuple[str, str]]]:
    """By card, those of the top among them."""
    taken: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for category, text in cast(list[tuple[str, str]], get_flashed_messages(with_categories=True)):
        about, _, kind = category.partition("/")
        taken[about].append((kind, text))
    return taken
