"""CPU of a step's form on the server, HTMX, everything but the network: `python -m bench.steps`."""

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from renewal.app import create_app
from renewal.settings import Settings
from tests.factories import person
from tests.web.browser import HTMX, Browser, editable, filled, walk

ROUNDS = 300


def main() -> None:
    with TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder)))
        app.test_cli_runner().invoke(args=["setup"])
        browser = Browser(app, htmx=True)
        walk(browser, until="details")
        taken = [_details(browser) for _ in range(ROUNDS)]
        print(f"details POST: {median(taken):.2f} ms CPU (median of {ROUNDS}, best {min(taken):.2f})")


def _details(browser: Browser) -> float:
    """Milliseconds of CPU of one POST of the details form as it was just shown; it leads to the attachments."""
    form = browser.get("/renewal/details").form("/renewal/details")
    data = filled(form, editable(form, person()))
    began = time.process_time()
    answer = browser.client.post("/renewal/details", data=data, headers=HTMX)
    taken = time.process_time() - began
    assert answer.headers["HX-Push-Url"] == "/renewal/attachments"
    return taken * 1000


if __name__ == "__main__":
    main()
