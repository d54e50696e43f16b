"""The errors of a form, listed on top of it: each says which thing it is about and leads there."""

from collections.abc import Mapping


def summary(errors: Mapping[str, str], things: Mapping[str, str]) -> list[tuple[str, str]]:
    """(id, sentence) for each error; `things` are the names people see, by id."""
    return [(about, _named(things.get(about, ""), sentence)) for about, sentence in errors.items()]


def _named(thing: str, sentence: str) -> str:
    return sentence if thing in sentence else f"{thing}：{sentence}"
