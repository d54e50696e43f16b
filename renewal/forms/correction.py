"""补正 over the forms: what can be returned, and what a person changed from one submission to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from renewal.domain.defects import COMMITMENT
from renewal.forms import details
from renewal.forms.fields import Rules
from renewal.forms.pictures import PICTURES

FIELDS = {field.name: field.label for field in details.FIELDS}
PICTURE_KINDS = {picture.kind: picture.title for picture in PICTURES}
LABELS = {**FIELDS, **PICTURE_KINDS, COMMITMENT: "承诺书"}
"""All that an application consists of, in its order."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that says something else than before; an empty one was left empty."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changes:
    """`pictures` are the kinds that were replaced; `commitment` tells whether another letter was made, or the
    same once more."""

    fields: tuple[Change, ...]
    pictures: tuple[str, ...]
    commitment: bool

    @property
    def names(self) -> frozenset[str]:
        """Of all that changed."""
        return frozenset((*(change.field for change in self.fields), *self.pictures, *[COMMITMENT][: self.commitment]))


def returnable(answers: Mapping[str, Any], rules: Rules) -> dict[str, str]:
    """Labels of what can be put right in a correction, by name: all but the person the case is of."""
    person = answers["details"]
    fixed = details.fixed(person["name"], person["id_number"], rules)
    return {name: label for name, label in LABELS.items() if name not in fixed}


def changes(
    old: Mapping[str, Any], new: Mapping[str, Any], old_pictures: Mapping[str, bytes], new_pictures: Mapping[str, bytes]
) -> Changes:
    """What is different between two sets of answers with the files of their pictures."""
    before, after = old["details"], new["details"]
    return Changes(
        tuple(
            Change(name, label, before[name], after[name])
            for name, label in FIELDS.items()
            if before[name] != after[name]
        ),
        tuple(kind for kind in PICTURE_KINDS if old_pictures.get(kind) != new_pictures.get(kind)),
        old.get(COMMITMENT) != new.get(COMMITMENT),
    )
