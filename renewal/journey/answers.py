"""What came in, and the two ways in which it is not simply taken."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormInput:
    """A form for `step` that was shown at the draft's `version`; equal contents have equal fingerprints."""

    step: str
    version: int
    fingerprint: str


class Invalid(ValueError):
    """What was posted cannot be taken: a sentence per field, and what the person had typed."""

    def __init__(self, errors: Mapping[str, str], typed: Mapping[str, str] | None = None) -> None:
        super().__init__("；".join(errors.values()))
        self.errors, self.typed = dict(errors), dict(typed or {})


class Repeated(Exception):
    """This form was taken before and led to `path`. `same` is False when it says something else this time."""

    def __init__(self, path: str, same: bool) -> None:
        super().__init__(path)
        self.path, self.same = path, same
