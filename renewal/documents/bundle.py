"""Folders of files as a ZIP, sent while they are made. Its manifest and its directory come last: what broke off is
no ZIP, and no program takes it for one."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from renewal.documents.pipe import Pipe
from renewal.domain.clock import CHINA

MANIFEST = "manifest.json"
LEVEL = 1  # pictures are small already; but what is stored as it is cannot be read by every program from a stream


@dataclass(frozen=True, slots=True)
class Folder:
    """`files` are contents by name, `facts` what the manifest says of it, `at` the time its files bear."""

    name: str
    at: datetime
    files: Mapping[str, bytes]
    facts: Mapping[str, Any]


def bundle(folders: Iterable[Folder], about: Callable[[], Mapping[str, Any]], at: datetime) -> Iterator[bytes]:
    """The file in pieces, one for each folder. `about` is what the manifest says of all, asked at its end."""
    pipe = Pipe()
    archive = ZipFile(pipe, "w")  # closed at the end only
    told: list[dict[str, Any]] = []
    for folder in folders:
        told.append(_put(archive, folder))
        yield pipe.take()
    counted = {"files": sum(len(each["files"]) for each in told)}
    manifest = {**about(), **counted, "cases": told}
    _write(archive, MANIFEST, at, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    archive.close()
    yield pipe.take()


def _put(archive: ZipFile, folder: Folder) -> dict[str, Any]:
    for name, content in folder.files.items():
        _write(archive, f"{folder.name}/{name}", folder.at, content)
    return {"folder": folder.name, **folder.facts, "files": [_told(*file) for file in folder.files.items()]}


def _told(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "bytes": len(content), "sha256": sha256(content).hexdigest()}


def _write(archive: ZipFile, name: str, at: datetime, content: bytes) -> None:
    wall = at.astimezone(CHINA)  # ZIP knows no zones
    entry = ZipInfo(name, (wall.year, wall.month, wall.day, wall.hour, wall.minute, wall.second))
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, content, ZIP_DEFLATED, LEVEL)
