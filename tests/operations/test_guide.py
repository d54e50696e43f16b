"""The operations guide does what it says: every command in it is typed, and what is printed is compared."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml

from renewal.settings import Settings
from tests.doubles import face_tencent
from tests.doubles.serving import listening
from tests.e2e.serving import ROOT
from tests.operations.guide import Step, steps, text
from tests.operations.machine import Machine
from tests.postgres import Postgres
from tests.rosters import people

LANGUAGES = ("", ".zh-CN")
SERVER = '"postgresql://renewal:$(cat secrets/postgres_password)@postgres/renewal"'
FACE = "RENEWAL_FACE_"
ELSEWHERE = {"git pull", "docker image prune -f", "docker compose ps"}
"""What asks docker or the network, and shows nothing here."""
GUIDE = list(steps(""))


class Reader:
    """Types what the guide says, and knows what it says has happened."""

    def __init__(self, folder: Path, database_url: str, provider: str) -> None:
        self._folder, self._database_url, self._provider = folder, database_url, provider
        self._here = self._first = self._new("office")

    def _new(self, name: str) -> Machine:
        (self._folder / name).mkdir()
        return Machine(self._folder / name)

    def prepare(self) -> None:
        (self._first.folder / "roster.csv").write_bytes(people(3))
        (self._first.folder / "face-key-id").write_text(f"{face_tencent.APP}\n")
        (self._first.folder / "face-key").write_text(f"{face_tencent.SECRET}\n")

    def follow(self, step: Step) -> str:
        self._happen(step.happened)
        if step.command:
            typed = step.command.replace(SERVER, f"'{self._database_url}'")
            return "" if typed in ELSEWHERE else self._here(typed)
        if any(line.startswith("DATABASE_URL=") for line in step.shown):
            self._here.database_url = self._database_url
        face = dict(line.replace("/data/", "instance/").split("=") for line in step.shown if line.startswith(FACE))
        if face:
            self._here.settings = {**face, f"{FACE}ENDPOINT": self._provider}
        return ""

    def _happen(self, what: str) -> None:
        match what:
            case "another machine":
                self._here = self._new("another")
                for file in ("office.backup", "office.keys"):
                    shutil.copy(self._first.folder / file, self._here.folder)
            case "the first machine again":
                self._here.close()
                self._here = self._first
            case "the keys are gone":
                self._here.close()
                (self._here.folder / "instance" / "keys").rename(self._folder / "thrown away")

    def close(self) -> None:
        for machine in {self._here, self._first}:
            machine.close()


@pytest.fixture
def reader(tmp_path: Path, postgres: Postgres) -> Iterator[Reader]:
    with postgres.database() as url, listening(face_tencent.TencentDouble()) as double, ExitStack() as over:
        reader = Reader(tmp_path, url, double.address)
        over.callback(reader.close)
        reader.prepare()
        yield reader


def test_who_types_what_the_guide_says_sees_what_it_shows(reader):
    for step in GUIDE:
        printed = reader.follow(step)
        if step.command and step.command not in ELSEWHERE:
            shown = "\n".join(step.shown)
            assert step.fits(printed), f"$ {step.command}\nshown:\n{shown}\nprinted:\n{printed}"


def test_a_command_that_prints_something_else_is_noticed():
    step = Step("", "date", ("a…", "…", "c"))
    assert step.fits("abc\nc\n")
    assert step.fits("a\nx\ny\nc\n")
    assert not step.fits("a\nx\n")
    assert not step.fits("a\nc\nx\n")


def test_both_languages_say_the_same_to_type():
    assert list(steps(".zh-CN")) == GUIDE


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_and_cases_are_as_many_in_both_languages(language):
    headings = [re.findall(rf"^({'#' * level}) ", text(language), re.M) for level in (2, 3)]
    assert [len(each) for each in headings] == [15, 8]


def test_the_lines_for_the_settings_are_settings(tmp_path):
    given, composed = _given(), (ROOT / "compose.yaml").read_text()
    for file in ("face-key-id", "face-key"):
        (tmp_path / file).write_text(file)
    settings = Settings.from_env({name: line.replace("/data/", f"{tmp_path}/") for name, line in given.items()})
    assert settings.known_hosts
    assert (settings.face_key_id, settings.face_key) == ("face-key-id", "face-key")
    ours = settings.given | {f"{name}_FILE" for name in settings.given}
    assert all(f"${{{name}" in composed for name in set(given) - ours - {"COMPOSE_PROFILES"})


def test_services_profiles_and_the_volume_are_those_of_compose():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    commands = " ".join(step.command for step in GUIDE if step.command)
    named = re.findall(r"docker compose (?:exec|run --rm|stop|create|logs) (\w+)|(\w+):/data/", commands)
    assert {service or volume for service, volume in named} == {"app"} <= set(services)
    assert any(volume.endswith(":/data") for volume in services["app"]["volumes"])
    profiles = {profile for service in services.values() for profile in service.get("profiles", [])}
    assert set(re.findall(r"^COMPOSE_PROFILES=(\w+)", text(""), re.M)) == profiles


def _given() -> dict[str, str]:
    """All that is written into .env."""
    return dict(line.split("=", 1) for step in GUIDE if not step.command for line in step.shown)
