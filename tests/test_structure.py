"""The code is as its drawings say. (`make lint` holds the contracts between the floors.)"""

import ast
import re
from pathlib import Path

import pytest

from renewal.journey import steps
from renewal.settings import Settings
from tests.test_settings import VARIABLES

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for path in (ROOT / "renewal").rglob("*.py") if "migrations" not in path.parts)
README = (ROOT / "README.md").read_text()
READMES = {language: (ROOT / f"README{language}.md").read_text() for language in ("", ".zh-CN")}
# Gunicorn's, in gunicorn.conf.py.
OUTSIDE_THE_APP = {"PORT", "HOST", "WEB_CONCURRENCY", "RENEWAL_TLS_CERT", "RENEWAL_TLS_KEY"}
MIRRORED = ("documents", "domain", "forms", "journey/steps", "store", "verification", "wire")
NAMES = [str(path.relative_to(ROOT)) for path in MODULES]


def imported(path: Path) -> set[str]:
    """The packages a module imports, by their first name."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_module_is_too_long_to_be_read_in_one_go(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_only_the_store_knows_the_database(path):
    if "store" not in path.parts:
        assert not imported(path) & {"peewee", "playhouse", "sqlite3"}


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_only_the_settings_read_the_environment(path):
    if path.name != "settings.py":
        assert not re.search(r"os\.environ|getenv", path.read_text())


@pytest.mark.parametrize("folder", MIRRORED)
def test_the_tests_mirror_the_tree(folder):
    modules = {path.stem for path in (ROOT / "renewal" / folder).glob("*.py")} - {"__init__"}
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / folder).glob("test_*.py")}
    assert modules <= tests


def test_every_step_is_a_module_of_its_name():
    assert all((ROOT / "renewal" / "journey" / "steps" / f"{step.name}.py").exists() for step in steps.STEPS)


@pytest.mark.parametrize("readme", READMES.values(), ids=READMES)
def test_the_settings_that_are_documented_are_those_there_are(readme):
    rows = [line.split("|")[1] for line in readme.splitlines() if line.startswith("| `") and "`/" not in line]
    documented = [name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)]
    assert sorted(documented) == sorted(VARIABLES | OUTSIDE_THE_APP)


def test_the_template_of_settings_shows_the_defaults():
    lines = (ROOT / ".env.example").read_text().splitlines()
    shown = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(shown) <= VARIABLES | OUTSIDE_THE_APP
    assert Settings.from_env(shown) == Settings()


@pytest.mark.parametrize("language", READMES)
def test_every_command_is_documented(app, language):
    guide = (ROOT / "docs" / f"operations{language}.md").read_text()
    for name in app.cli.commands:
        assert re.search(rf"flask --app wsgi {name}\b", README + guide), name
        assert re.search(rf"[` ]{name}`", READMES[language]), name
