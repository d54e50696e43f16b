"""What an export holds, read back as its reader would."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from renewal.office import exporting
from renewal.office.export_files import made
from renewal.office.exporting import Export, Kind
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.filters import Filter
from renewal.store.staff import Member

OFFICE = "泉城市住房和城乡建设局"


def begun(services: Services, member: Member, kind: Kind = Kind.CSV, asked: Filter | None = None) -> Export:
    return exporting.begin(services, member, asked or Filter(), kind, "全部", OFFICE)


def exported(services: Services, member: Member, kind: Kind, asked: Filter | None = None) -> bytes:
    """The whole file."""
    export = begun(services, member, kind, asked)
    return b"".join(made(services, export, exporting.pages(services, export)))


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """By heading."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_rows(content: bytes) -> list[dict[str, Any]]:
    sheet = load_workbook(io.BytesIO(content)).active
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


@contextmanager
def unzipped(content: bytes) -> Iterator[tuple[ZipFile, dict[str, Any]]]:
    """The bundle and its manifest, of which every hash is right."""
    with ZipFile(io.BytesIO(content)) as files:
        assert files.testzip() is None
        manifest = json.loads(files.read("manifest.json"))
        assert told(manifest) == {
            name: (len(files.read(name)), sha256(files.read(name)).hexdigest())
            for name in files.namelist()
            if name != "manifest.json"
        }
        yield files, manifest


def told(manifest: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """Sizes and hashes by name."""
    return {
        f"{case['folder']}/{file['name']}": (file["bytes"], file["sha256"])
        for case in manifest["cases"]
        for file in case["files"]
    }


def handed_in_again(
    services: Services, case: Application, picture: bytes = b"\xff\xd8\xff again", **details: str
) -> None:
    """A returned case with another portrait and these fields corrected."""
    draft = services.draft(case.draft_id)
    answers = {**draft.answers, "details": {**draft.answers["details"], **details}}
    pictures = {"portrait": picture, "signature": b"\x89PNG again"}
    services.intake.submit(replace(draft, answers=answers), pictures, services.now())
