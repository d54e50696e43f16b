"""What came in, and the two ways in which it is not simply taken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from renewal.attempts import Visitor
from renewal.forms.fields import Invalid as Invalid  # the other way, which every form knows

NOBODY = Visitor("", "")


def _no_files(_name: str) -> Sequence[bytes]:
    return ()


@dataclass(frozen=True, slots=True)
class FormInput:
    """A form of `step` that was shown at the draft's `version`; equal contents have equal fingerprints.

    `part` names the picture where a step has a form for each. `lists` holds every value of an input, `fields`
    the first. `files` reads the files of one input. It came from the network address `address`; `own_drafts`
    were begun by the same browser.
    """

    step: str
    version: int
    fingerprint: str
    fields: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Callable[[str], Sequence[bytes]] = _no_files
    part: str = ""
    address: str = ""
    visitor: Visitor = NOBODY
    own_drafts: Sequence[str] = ()

    @property
    def form(self) -> str:
        """Under which name the draft's history knows this form."""
        return self.part or self.step


class Repeated(Exception):
    """This form was taken before and led to `path`. `same` is False when it says something else this time."""

    def __init__(self, path: str, same: bool) -> None:
        super().__init__(path)
        self.path, self.same = path, same
