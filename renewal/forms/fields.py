"""A form is a tuple of fields, a field is one line: validation, redisplay, review and exports loop over it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from renewal.domain.errors import InvalidValue
from renewal.domain.text import normalise


@dataclass(frozen=True, slots=True)
class Rules:
    """What a form is read against: the day, and the fields this office demands beyond the manual's."""

    today: date
    required: frozenset[str] = frozenset()


Clean = Callable[[str, Rules], str]
Check = Callable[[Mapping[str, str], Rules], Mapping[str, str]]
NO_LONGER_THAN = 500  # characters of anything typed that are kept at all


@dataclass(frozen=True, slots=True)
class Field:
    """`clean` takes the normalised text and returns what is stored, or raises InvalidValue for the person."""

    name: str
    label: str
    clean: Clean
    kind: Literal["text", "tel", "date", "select", "radio"] = "text"
    choices: tuple[str, ...] = ()
    required: bool = True
    hint: str = ""
    section: str = ""
    autocomplete: str = "off"
    maxlength: int = 100

    @property
    def missing(self) -> str:
        return f"请{'选择' if self.choices else '填写'}{self.label}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A field as one person sees it: what it holds, what is wrong with it, whether it is fixed, and what the
    office `asked` to be put right in it."""

    field: Field
    value: str
    error: str = ""
    locked: bool = False
    required: bool = True
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`values` is clean, one per field without an error; `typed` is what the person wrote."""

    values: dict[str, str]
    errors: dict[str, str]
    typed: dict[str, str]


class Invalid(ValueError):
    """What was posted cannot be taken: a sentence per field, and what the person had typed."""

    def __init__(self, errors: Mapping[str, str], typed: Mapping[str, str] | None = None) -> None:
        super().__init__("；".join(errors.values()))
        self.errors, self.typed = dict(errors), dict(typed or {})


@dataclass(frozen=True, slots=True)
class Form:
    fields: tuple[Field, ...]
    check: Check = lambda _values, _rules: {}

    @property
    def labels(self) -> dict[str, str]:
        return {f.name: f.label for f in self.fields}

    def typed(self, posted: Mapping[str, str]) -> dict[str, str]:
        """The part of `posted` that belongs to this form, as written, cut where nobody writes on."""
        return {f.name: posted[f.name][:NO_LONGER_THAN] for f in self.fields if f.name in posted}

    def read(self, posted: Mapping[str, str], rules: Rules, locked: Mapping[str, str] | None = None) -> Reading:
        """Clean every field, then check them together. A locked field keeps its value; another one posted
        in its place is an error, so that no answer is dropped in silence."""
        values: dict[str, str] = {}
        errors: dict[str, str] = {}
        for field in self.fields:
            try:
                values[field.name] = _clean(field, posted.get(field.name, ""), rules, (locked or {}).get(field.name))
            except InvalidValue as problem:
                errors[field.name] = str(problem)
        if not errors:
            errors.update(self.check(values, rules))
        return Reading(values, errors, self.typed(posted))

    def entries(
        self,
        values: Mapping[str, str],
        rules: Rules,
        errors: Mapping[str, str] | None = None,
        locked: Mapping[str, str] | None = None,
        asked: Mapping[str, str] | None = None,
    ) -> list[Entry]:
        """The fields in order, for a template."""
        errors, locked, asked = errors or {}, locked or {}, asked or {}
        return [
            Entry(
                field=f,
                value=locked.get(f.name, values.get(f.name, "")),
                asked=asked.get(f.name, ""),
                error=errors.get(f.name, ""),
                locked=f.name in locked,
                required=f.required or f.name in rules.required,
            )
            for f in self.fields
        ]


def _clean(field: Field, text: str, rules: Rules, locked: str | None) -> str:
    if len(text) > NO_LONGER_THAN:  # before all else: composing a megabyte of accents would take minutes
        raise InvalidValue(f"{field.label}太长，请不要超过{field.maxlength}个字")
    text = normalise(text)
    if not text and locked is None:
        if field.required or field.name in rules.required:
            raise InvalidValue(field.missing)
        return ""
    if locked is None:
        return field.clean(text, rules)
    if text not in ("", locked) and field.clean(text, rules) != locked:
        raise InvalidValue(f"{field.label}已按核验的身份锁定为“{locked}”，不能在这里修改；有误的，请重新核验身份")
    return locked
