"""Sentences for the next page that is shown: (kind, text), kind one of success info warning error. One about a
picture stands in that picture's card where the page has one, all else on top."""

from collections import defaultdict
from typing import cast

from flask import flash, get_flashed_messages, request, session

TOP = ""


def add(kind: str, text: str, card: str = TOP) -> None:
    flash(text, f"{card}/{kind}")


def card() -> str:
    """The card of the picture whose form came in; the top for any other form."""
    return str((request.view_args or {}).get("kind", TOP))


def wait_elsewhere(card: str) -> bool:
    """Whether there are sentences that do not stand in this card."""
    return any(category.partition("/")[0] != card for category, _ in session.get("_flashes", ()))


def take() -> dict[str, list[tuple[str, str]]]:
    """By card, those of the top among them."""
    taken: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for category, text in cast(list[tuple[str, str]], get_flashed_messages(with_categories=True)):
        about, _, kind = category.partition("/")
        taken[about].append((kind, text))
    return taken
