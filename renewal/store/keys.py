"""The three secrets of a deployment: files in a folder beside the database, never in it."""

import os
import secrets
import shutil
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

MOST = 255


class KeysMissing(RuntimeError):
    """There is data but no keys to open it: made anew, they would lock it for ever."""


class KeysWrong(RuntimeError):
    """The files of the keys are damaged, or they are those of another database."""


@dataclass(frozen=True, slots=True, repr=False)  # no log shows a key
class Keys:
    """`session` signs cookies and tokens, `sealing` maps key id (1–255) to SM4 keys of 16 bytes
    (the highest id seals, all open), `index` keys the HMAC by which ID numbers are found."""

    session: str
    sealing: dict[int, bytes]
    index: bytes

    @classmethod
    def fresh(cls) -> "Keys":
        return cls(secrets.token_hex(32), {1: secrets.token_bytes(16)}, secrets.token_bytes(32))

    @classmethod
    def read_or_make(cls, folder: Path, make: bool) -> "Keys":
        """The keys in `folder`, made at the first start only (`make`: no data yet). Raises KeysMissing."""
        if make and not folder.exists():
            cls.fresh().write(folder)
        return cls.read(folder)

    @classmethod
    def read(cls, folder: Path) -> "Keys":
        """Read the files `session`, `sealing` (lines `id hex`) and `index`. Raises KeysMissing, KeysWrong."""
        try:
            lines = (folder / "sealing").read_text().split("\n")
            sealing = {int(number): bytes.fromhex(key) for number, key in (line.split() for line in lines if line)}
            session, index = (folder / "session").read_text().strip(), bytes.fromhex((folder / "index").read_text())
            if not (session and index and sealing and {len(key) for key in sealing.values()} == {16}):
                raise ValueError("cut off")  # as any other damage
            return cls(session, sealing, index)
        except FileNotFoundError as missing:
            raise KeysMissing(f"{missing.filename} is missing: put the keys back from the backup") from missing
        except ValueError as wrong:
            raise KeysWrong(f"the files in {folder} are not as they were written") from wrong

    def fingerprints(self) -> dict[str, str]:
        """What tells the keys apart without giving them away, by name: sealing ones by id, `session` and `index`."""
        each = {str(number): key for number, key in self.sealing.items()}
        each |= {"session": self.session.encode(), "index": self.index}
        return {name: sha256(b"fingerprint\0" + key).hexdigest()[:16] for name, key in each.items()}

    def rotated(self) -> "Keys":
        """The same with one sealing key more, which seals from now on. Raises ValueError past the 255th."""
        number = max(self.sealing) + 1
        if number > MOST:
            raise ValueError("a sealed value has one byte for its key's id")
        return replace(self, sealing={**self.sealing, number: secrets.token_bytes(16)})

    def write_over(self, folder: Path) -> None:
        """The sealing keys again, one file for the other: never half. The rest is as it was."""
        new = folder / "sealing.new"
        new.unlink(missing_ok=True)
        _write(new, self._sealing_lines())
        new.rename(folder / "sealing")

    def _sealing_lines(self) -> str:
        return "".join(f"{number} {key.hex()}\n" for number, key in self.sealing.items())

    def write(self, folder: Path) -> None:
        """Create the folder whole or not at all, readable by its owner alone.

        Raises FileExistsError rather than replace keys: a lost key loses the data.
        """
        if folder.exists():
            raise FileExistsError(f"{folder} holds keys already")
        fresh = folder.with_name(folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True, mode=0o700)
        for name, text in (("session", self.session), ("index", self.index.hex()), ("sealing", self._sealing_lines())):
            _write(fresh / name, text)
        fresh.rename(folder)


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
