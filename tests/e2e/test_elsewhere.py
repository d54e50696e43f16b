"""人脸核身 at a provider's page, in a real browser, through a strict double of each provider."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.doubles.faces import DOUBLES, environment
from tests.doubles.serving import listening
from tests.e2e import axe
from tests.e2e.browsers import phone
from tests.e2e.serving import serve
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person


class WalkElsewhere(Walk):
    """The same, with the face looked at by the provider."""

    def _take_selfie(self) -> None:
        self._driver.click("#consent")
        self._driver.click(".provider .btn")
        self._driver.wait_for("document.querySelector('#yes')")
        self._driver.click("#yes")


@pytest.fixture(scope="module", params=DOUBLES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an office whose provider is the double."""
    with (
        listening(DOUBLES[request.param]()) as double,
        serve(tmp_path_factory.mktemp("office"), **environment(request.param, double)) as address,
    ):
        yield address


def test_with_scripts_a_person_is_verified_there_and_submits(chromium: Browser, office: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=office) as page:
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        walk = WalkElsewhere(Current(page), office, person(next(serials)), tmp_path)
        for tap in walk.taps():
            walk.make(tap)
            if tap.heading == "人脸识别":
                assert axe.violations(page) == []
        assert walk.number().startswith("YX")
        assert problems == []


def test_without_scripts_a_person_is_verified_there(chromium: Browser, office: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=office, javascript=False) as page:
        WalkElsewhere(Current(page), office, person(next(serials)), tmp_path, script=False).to("申报须知")
        expect(page.get_by_text("人脸识别已通过")).to_be_visible()
