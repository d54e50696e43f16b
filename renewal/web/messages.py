"""Sentences on top of the next page that is shown: (kind, text), kind one of success info warning error."""

from flask import flash, get_flashed_messages


def add(kind: str, text: str) -> None:
    flash(text, kind)


def take() -> list[tuple[str, str]]:
    return list(get_flashed_messages(with_categories=True))  # type: ignore[arg-type]  # pairs, with categories
