"""The three secrets of a deployment: files in a folder beside the database, never in it."""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path


class KeysMissing(RuntimeError):
    """There is data but no keys to open it: made anew, they would lock it for ever."""


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
        """Read the files `session`, `sealing` (lines `id hex`) and `index`. Raises KeysMissing."""
        try:
            lines = (folder / "sealing").read_text().split("\n")
            sealing = {int(number): bytes.fromhex(key) for number, key in (line.split() for line in lines if line)}
            return cls(
                (folder / "session").read_text().strip(),
                sealing,
                bytes.fromhex((folder / "index").read_text()),
            )
        except FileNotFoundError as missing:
            raise KeysMissing(f"{missing.filename} is missing: put the keys back from the backup") from missing

    def write(self, folder: Path) -> None:
        """Create the folder whole or not at all, readable by its owner alone.

        Raises FileExistsError rather than replace keys: a lost key loses the data.
        """
        if folder.exists():
            raise FileExistsError(f"{folder} holds keys already")
        fresh = folder.with_name(folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True, mode=0o700)
        sealing = "".join(f"{number} {key.hex()}\n" for number, key in self.sealing.items())
        for name, text in (("session", self.session), ("index", self.index.hex()), ("sealing", sealing)):
            descriptor = os.open(fresh / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        fresh.rename(folder)
