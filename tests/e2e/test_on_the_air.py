"""What the journey asks of a slow network: requests and bytes of a person who is here for the first time."""

import pytest
from playwright.sync_api import Browser

from tests.e2e.browsers import phone
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person

PICTURES = ("一寸白底免冠照预览", "手写签名预览")
"""With a request more for each that is shown."""


MOST = 56_500
"""Bytes of all answers, headers included, as DevTools counts them: 56,000, give or take what tokens weigh."""


@pytest.fixture(scope="module")
def walked(
    chromium: Browser, server: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, list[str]], list[float]]:
    """The addresses asked for, by the heading they came with, and what each answer weighed."""
    weights: list[float] = []
    with phone(chromium, base_url=server) as page:
        addresses: list[str] = []
        session = page.context.new_cdp_session(page)
        session.on("Network.loadingFinished", lambda answer: weights.append(answer["encodedDataLength"]))
        session.send("Network.enable")
        page.on("request", lambda request: addresses.append(request.url))
        walk = Walk(Current(page), server, person(next(serials)), tmp_path_factory.mktemp("walk"))
        found: dict[str, list[str]] = {}
        for tap in walk.taps():
            walk.make(tap)
            page.wait_for_load_state("networkidle")
            session.send("HeapProfiler.collectGarbage")  # as a phone short of memory does
            found[tap.heading] = [path for path in addresses if not path.startswith("blob:")]
            addresses.clear()
        return found, weights


@pytest.fixture
def asked(walked: tuple[dict[str, list[str]], list[float]]) -> dict[str, list[str]]:
    return walked[0]


def test_the_whole_journey_stays_within_its_bytes(walked: tuple[dict[str, list[str]], list[float]]) -> None:
    assert sum(walked[1]) <= MOST


def test_scripts_of_later_steps_come_while_the_first_page_is_read(asked: dict[str, list[str]]) -> None:
    scripts = {heading: [path for path in paths if ".js" in path] for heading, paths in asked.items()}
    assert {heading: len(paths) for heading, paths in scripts.items() if paths} == {"头像和昵称": 2}


def test_a_step_is_one_request(asked: dict[str, list[str]]) -> None:
    steps = {heading: paths for heading, paths in [*asked.items()][2:] if heading not in PICTURES}
    assert len(steps) == 12
    assert {heading: paths for heading, paths in steps.items() if len(paths) > 1} == {}
