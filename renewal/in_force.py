"""What the office decided, as it stands at this moment: what is saved over the defaults, and over both what the
environment gives.

All workers see a change at once, for the number of the newest version is asked each time; what it says is kept.
"""

import threading
from collections.abc import Mapping
from contextlib import suppress

from renewal.domain.decided import Decided
from renewal.domain.errors import InvalidValue
from renewal.forms.office import setting
from renewal.forms.setting import Setting
from renewal.store.database import Trouble
from renewal.store.setting_versions import SettingVersions, Version


class InForce:
    """`base` holds what the environment and the defaults say, `given` the variables and files that were set."""

    def __init__(self, versions: SettingVersions, base: Decided, given: frozenset[str]) -> None:
        self._versions, self.base, self._given = versions, base, given
        self._known = (Version().number, base)
        self._thread = threading.local()

    def now(self) -> Decided:
        """Raises Unavailable."""
        return self._asked()[1]

    def number(self) -> int:
        """The version of it. Raises Unavailable."""
        return self._asked()[0]

    def last(self) -> Decided:
        """Now; while the database does not answer, what it said last: a page that tells of it is shown, too."""
        with suppress(Trouble):
            return self.now()
        return self._known[1]

    def begin(self) -> None:
        """From here on, in this thread, what is asked first holds: a request is one act, under one set of rules."""
        self._thread.steady, self._thread.known = True, None

    def end(self) -> None:
        self._thread.steady, self._thread.known = False, None

    def over(self, saved: Mapping[str, str]) -> Decided:
        """What would be in force if this were saved. A text that an earlier release took and this one does not is
        left out: better the default than no office at all."""
        decided = self.base
        for key, text in saved.items():
            found = setting(key)
            if found and not self.locked(found):
                with suppress(InvalidValue):
                    decided = found.put(decided, found.kind.read(text))
        return decided

    def locked(self, found: Setting) -> bool:
        return found.variable in self._given

    def _asked(self) -> tuple[int, Decided]:
        known: tuple[int, Decided] | None = getattr(self._thread, "known", None)
        if known is None:
            known = self._read()
            self._thread.known = known if getattr(self._thread, "steady", False) else None
        return known

    def _read(self) -> tuple[int, Decided]:
        number, known = self._versions.number(), self._known
        if number != known[0]:
            version = self._versions.find(number) or Version()
            self._known = known = (number, self.over(version.saved))
        return known
