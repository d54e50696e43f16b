"""Where a file is written that is sent while it is made: it cannot go back, and holds only what is not yet taken."""


class Pipe:
    """Takes what a writer gives; without `tell` and `seek`, so that `zipfile` never looks back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> int:
        self._pieces.append(bytes(data))
        return len(self._pieces[-1])

    def flush(self) -> None:
        """As a file's: nothing waits here for a disk."""

    def close(self) -> None:
        """As a file's; what was written can still be taken."""

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken
