"""CPU that a step and an application cost the server, beside peers with the same form: `python -m bench.server_cpu`.

Each is a gunicorn of one worker over SQLite with synchronous=FULL, asked in turns over a kept connection; uncompressed.
"""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.peers.client import Phone
from bench.peers.serving import children, peer
from tests.e2e.serving import serve
from tests.factories import Person, person, portrait_jpeg, signature_png
from tests.web.browser import editable

ROUNDS = int(os.environ.get("ROUNDS", "150"))
PICTURES_EVERY = 15  # rounds: a picture costs a hundred text steps
OURS, FLASK, DJANGO = "renewal", "plain Flask + WTForms + HTMX", "Django formtools"


def ours(phone: Phone, who: Person, pictures: bool) -> None:
    """From the item page on; with pictures to the end."""
    phone.get("/services/renewal")
    phone.get("/profile", "GET page")
    phone.submit("/profile", {"nickname": "小李", "avatar": "helmet"}, "profile")
    phone.get("/renewal/verify", "GET page")
    phone.submit("/renewal/verify", who.claim, "verify")
    phone.get("/renewal/register", "GET page")
    phone.submit("/renewal/register", who.registration, "register")
    phone.submit("/renewal/face", {"method": "counter"}, "face")
    phone.submit("/renewal/notice", {}, "notice, all", ("all", "1"))
    phone.submit("/renewal/notice", {}, "notice")
    form = phone.page.form("/renewal/details")
    phone.submit("/renewal/details", editable(form, who), "details")
    if pictures:
        phone.submit("/renewal/attachments/portrait", {"portrait": portrait_jpeg()}, "portrait")
        phone.submit("/renewal/attachments/signature", {"signature": signature_png()}, "signature")
        phone.submit("/renewal/attachments", {}, "attachments")
        phone.submit("/renewal/commitment", {"commitment": "yes"}, "commitment")
        phone.submit("/renewal/review", {}, "review")
        assert phone.path == "/renewal/done"


def plain_flask(phone: Phone, who: Person, pictures: bool) -> None:
    phone.get("/details", "GET page")
    phone.submit("/details", who.details, "details")
    if pictures:
        phone.submit("/attachments", {"portrait": portrait_jpeg(), "signature": signature_png()}, "attachments")
        phone.submit("/commitment", {"commitment": "y"}, "commitment")


def django(phone: Phone, who: Person, pictures: bool) -> None:
    phone.get("/wizard", "GET page")
    phone.submit("/wizard", named("details", who.details), "details")
    if pictures:
        files = {"portrait": portrait_jpeg(), "signature": signature_png()}
        phone.submit("/wizard", named("attachments", files), "attachments")
        phone.submit("/wizard", named("commitment", {"commitment": "on"}), "commitment")


def named(step: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """As formtools calls its inputs."""
    return {f"{step}-{name}": value for name, value in answers.items()}


def main() -> None:
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(TemporaryDirectory())) for _ in range(3)]
        address = stack.enter_context(serve(folders[0]))
        walkers = [
            (OURS, ours, Phone(address, children(children(os.getpid())[0])[0], htmx=True)),
            (FLASK, plain_flask, Phone(*stack.enter_context(peer("plain_flask", folders[1])), htmx=True)),
            (DJANGO, django, Phone(*stack.enter_context(peer("django_forms", folders[2])), htmx=False)),
        ]
        for number in range(ROUNDS):
            for _, walk, phone in walkers:
                phone.forget()
                phone.get("/healthz", "GET /healthz")
                walk(phone, person(number), number % PICTURES_EVERY == 0)
        for name, _, phone in walkers:
            print(name)
            for what, costs in phone.cost.items():
                print(f"  {what:20}{len(costs):5}{median(costs):9.2f} ms  best {min(costs):.2f}")
        for peer_, _, phone in walkers[1:]:
            print(f"details, to {peer_}: {_median(walkers[0][2]) / _median(phone):.2f}")


def _median(phone: Phone) -> float:
    return median(phone.cost["details"])


if __name__ == "__main__":
    main()
