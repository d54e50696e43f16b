"""The folder of a case: what was last handed in, and what happened to it."""

import json
from hashlib import sha256

import pytest

from renewal import papers
from renewal.domain.actor import ActorKind
from renewal.domain.application import Status
from renewal.office.case_files import files
from renewal.office.exporting import Kind, pages
from tests.casework import accepted, faults
from tests.documents import reading
from tests.exporting import OFFICE, begun, handed_in_again
from tests.factories import moved, person, submitted
from tests.queueing import case
from tests.staffing import staffed


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


def folder(services, wang) -> dict[str, bytes]:
    ((taken,),) = pages(services, begun(services, wang, Kind.ZIP))
    return files(services, taken, OFFICE)


def test_pictures_are_those_that_were_handed_in(services, wang):
    one = submitted(services, person(1))
    told = folder(services, wang)
    handed_in = services.submissions.pictures(one.id, 0)
    assert (told["证件照.jpg"], told["签名.png"]) == (handed_in["portrait"], handed_in["signature"])
    assert told["证件照.jpg"].startswith(b"\xff\xd8")


def test_the_form_is_the_paper_of_the_case(services, wang):
    one = submitted(services, person(1))
    told = folder(services, wang)
    assert list(told) == ["申请表.pdf", "证件照.jpg", "签名.png", "承诺书.txt", "办理记录.json"]
    assert told["申请表.pdf"] == papers.form(services, one, OFFICE)
    page = reading.text(told["申请表.pdf"])
    assert all(words in page for words in (one.number, person(1).name, person(1).id_number))


def test_the_letter_is_as_it_was_agreed_to(services, wang):
    one = submitted(services, person(1))
    text = folder(services, wang)["承诺书.txt"].decode("utf-8-sig")
    letter = one.answers["commitment"]
    assert text.startswith(letter["text"])
    assert "承诺时间：2026-06-15 12:00:00" in text
    assert f"SHA-256：{sha256(letter['text'].encode()).hexdigest()}" in text


def test_the_history_is_the_log_of_the_case(services, wang):
    one = accepted(services, wang)
    told = json.loads(folder(services, wang)["办理记录.json"])
    logged = services.applications.events(one.id)
    assert told["number"] == one.number
    assert [event["hash"] for event in told["events"]] == [event.hash for event in logged]
    first, last = told["events"][0], told["events"][-1]
    assert (first["what"], first["kind"], first["at"]) == ("已提交", ActorKind.APPLICANT, "2026-06-15T12:00:00+08:00")
    assert (last["what"], last["by"], last["from"], last["to"]) == (
        "已受理",
        "王科员",
        "employer_confirmed",
        "accepted",
    )
    assert last["deadline"] == logged[-1].deadline.isoformat()
    assert faults(services) == []


def test_a_corrected_case_has_its_last_pictures(services, wang):
    handed_in_again(services, moved(services, case(services), Status.RETURNED), b"\xff\xd8\xff new")
    assert folder(services, wang)["证件照.jpg"] == b"\xff\xd8\xff new"


def test_what_there_is_none_of_is_left_out(services, wang):
    """An old case without a letter, of a picture that no longer exists."""
    handed_in_again(services, moved(services, case(services), Status.RETURNED), b"")
    assert sorted(folder(services, wang)) == ["办理记录.json", "签名.png"]
