"""What a setting is, and a section of them: where it stands in Decided, what it is called, how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from renewal.domain.decided import Decided
from renewal.forms.kinds import Kind


@dataclass(frozen=True, slots=True)
class Setting:
    """`key` is `part.name` of Decided; what `variable` (or a file) gives stands above what is saved."""

    key: str
    label: str
    kind: Kind
    hint: str = ""
    variable: str = ""

    def of(self, decided: Decided) -> Any:
        part, name = self._place(decided)
        return part.get(name, frozenset()) if isinstance(part, Mapping) else getattr(part, name)

    def put(self, decided: Decided, value: Any) -> Decided:
        part, name = self._place(decided)
        changed: Any = {**part, name: value} if isinstance(part, Mapping) else replace(part, **{name: value})
        return replace(decided, **{self.key.partition(".")[0]: changed})

    def text(self, decided: Decided) -> str:
        return self.kind.show(self.of(decided))

    def words(self, text: str) -> str:
        """As people read it."""
        return self.kind.choices.get(text, text) + (f" {self.kind.unit}" if self.kind.unit else "")

    def _place(self, decided: Decided) -> tuple[Any, str]:
        part, _, name = self.key.partition(".")
        return getattr(decided, part), name


@dataclass(frozen=True, slots=True)
class Section:
    """Saved by itself; `check` looks at all that would be decided: a sentence per key."""

    name: str
    title: str
    settings: tuple[Setting, ...]
    about: str = ""
    check: Callable[[Decided], Mapping[str, str]] = lambda _decided: {}
