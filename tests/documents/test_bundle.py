import io
import json
from datetime import UTC, datetime
from hashlib import sha256
from zipfile import BadZipFile, ZipFile

import pytest

from renewal.documents.bundle import Folder, bundle

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
PICTURE = bytes(range(256)) * 100
FOLDERS = [
    Folder("YX1", NOON, {"证件照.jpg": PICTURE, "承诺书.txt": b"x"}, {"status": "已受理"}),
    Folder("YX2", NOON, {}, {"status": "已撤回"}),
]


def made(folders=FOLDERS) -> bytes:
    return b"".join(bundle(folders, lambda: {"filter": "全部"}, NOON))


def test_the_manifest_tells_of_every_file_and_comes_last() -> None:
    with ZipFile(io.BytesIO(made())) as files:
        assert files.namelist() == ["YX1/证件照.jpg", "YX1/承诺书.txt", "manifest.json"]
        assert files.read("YX1/证件照.jpg") == PICTURE
        manifest = json.loads(files.read("manifest.json"))
    assert (manifest["filter"], manifest["files"]) == ("全部", 2)
    first, second = manifest["cases"]
    picture = {"name": "证件照.jpg", "bytes": len(PICTURE), "sha256": sha256(PICTURE).hexdigest()}
    assert (first["folder"], first["status"], first["files"][0]) == ("YX1", "已受理", picture)
    assert second == {"folder": "YX2", "status": "已撤回", "files": []}


def test_names_are_marked_as_unicode_and_files_as_compressed() -> None:
    """Else they are garbled on Windows, and programs that read a stream refuse them."""
    with ZipFile(io.BytesIO(made())) as files:
        entries = files.infolist()
    assert all(entry.flag_bits & 0x800 for entry in entries if not entry.filename.isascii())
    assert {entry.compress_type for entry in entries} == {8}
    assert {entry.date_time for entry in entries} == {(2026, 6, 15, 12, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o600}


def test_equal_folders_are_equal_files() -> None:
    assert made() == made()


def test_each_folder_is_sent_before_the_next_is_made() -> None:
    asked: list[str] = []
    pieces = bundle((asked.append(folder.name) or folder for folder in FOLDERS), dict, NOON)
    assert (b"YX1/" in next(pieces), asked) == (True, ["YX1"])


def test_one_that_breaks_off_is_no_bundle() -> None:
    def folders():
        yield FOLDERS[0]
        raise RuntimeError

    pieces, sent = bundle(folders(), dict, NOON), []
    with pytest.raises(RuntimeError):
        sent.extend(pieces)
    assert sent
    with pytest.raises(BadZipFile):
        ZipFile(io.BytesIO(b"".join(sent)))
