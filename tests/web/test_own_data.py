"""我的个人信息 over HTTP: only for the session that opened it, and gone with one confirming press."""

import json

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.journey.submission import withdraw
from renewal.store import models
from tests.factories import carry, moved, person, stored, submitted
from tests.web.browser import Browser, editable

SAID = ("为什么存，存多久", "个人信息保护法第四十五条至第四十七条", "90天没有再填就自动删除", "案卷保存10年")


def test_everybody_is_told_what_is_kept_why_and_how_long(browser: Browser) -> None:
    browser.forget()
    page = browser.get("/my-data")
    for sentence in SAID:
        assert sentence in page.text
    assert "您还没有在这台设备上填写过什么" in page.text
    assert "/my-data/delete" not in page.html


def test_a_draft_is_downloaded_and_deleted(either: Browser) -> None:
    either.hold(carry(either.services, "details")).get("/my-data")
    assert (
        json.loads(either.client.get("/my-data/copy.json").text)["items"][0]["answers"]["register"]["phone"]
        == person().phone
    )
    assert either.client.get("/my-data/copy.pdf").data.startswith(b"%PDF")
    page = either.submit("/my-data/delete")
    assert "已删除：草稿1份，办件0件" in page.text
    assert stored(either.services, models.Draft) == stored(either.services, models.Applicant) == []
    assert list(either.device().drafts) == []
    assert (either.device().nickname, either.device().avatar_id) == ("", "")
    assert "这里还没有办件" in either.get("/applications").text


def test_downloads_are_kept_by_no_cache(browser: Browser) -> None:
    browser.hold(carry(browser.services, "details"))
    for kind in ("json", "pdf"):
        answer = browser.client.get(f"/my-data/copy.{kind}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"].startswith(f"application/{kind}")
        assert "attachment" in answer.headers["Content-Disposition"]


def test_what_must_stay_says_why_and_can_still_be_followed(browser: Browser) -> None:
    case = moved(browser.services, submitted(browser.services), Status.APPROVED)
    browser.hold(browser.services.draft(case.draft_id))
    page = browser.get("/my-data")
    assert "行政许可的案卷依法要保存" in page.text
    assert "保存到2036/06/12，到期自动删除" in page.text
    page = browser.submit("/my-data/delete")
    assert "还有1件现在不能删除" in page.text
    assert "现在没有可以删除的" in page.text
    assert browser.get(f"/applications/{case.number}").status == 200


def test_an_open_case_is_withdrawn_first_and_then_deleted(browser: Browser) -> None:
    case = submitted(browser.services)
    browser.hold(browser.services.draft(case.draft_id))
    assert "可以先撤回申请，再来删除" in browser.get("/my-data").text
    browser.get(f"/applications/{case.number}")
    browser.submit(f"/applications/{case.number}/withdraw")
    browser.get("/my-data")
    assert "办件1件" in browser.submit("/my-data/delete").text
    assert stored(browser.services, models.Submission) == []
    assert browser.client.get(f"/applications/{case.number}").status_code != 200


def test_a_session_that_ended_shows_nothing_until_the_person_is_known(browser: Browser) -> None:
    browser.hold(carry(browser.services, "details")).forget("session")
    page = browser.get("/my-data")
    assert "请先核验身份" in page.text
    assert person().phone not in page.html
    assert json.loads(browser.client.get("/my-data/copy.json").text)["items"] == []
    browser.submit("/my-data/delete")
    assert len(stored(browser.services, models.Draft)) == 1


def test_a_stranger_who_types_name_and_number_sees_only_what_was_typed(app: Flask, browser: Browser) -> None:
    submitted(browser.services)
    stranger = Browser(app)
    stranger.introduce()
    stranger.get("/renewal/verify")
    stranger.submit("/renewal/verify", **person().claim)
    answer = stranger.client.get("/my-data/copy.json").text
    assert person().phone not in answer
    stranger.get("/my-data")
    stranger.submit("/my-data/delete")
    assert len(stored(browser.services, models.Submission)) == 1
    assert browser.services.people.knows(person().name, person().id_number)


def test_two_people_at_one_phone_delete_each_their_own(browser: Browser) -> None:
    first, second = carry(browser.services, "details"), carry(browser.services, "details", person(1))
    browser.hold(first).hold(second)
    assert "还打开着另一位申请人的申报" in browser.get("/my-data").text
    browser.submit("/my-data/delete")
    assert [row.id for row in stored(browser.services, models.Draft)] == [first.id]
    assert first.answers["resume"] in browser.get("/applications").text


def test_a_page_that_is_out_of_date_deletes_nothing(browser: Browser) -> None:
    draft = carry(browser.services, "details")
    browser.hold(draft).get("/my-data")
    tab = browser.tab()
    tab.get("/renewal/details")
    tab.submit("/renewal/details", **editable(tab.page.form("/renewal/details"), person()))
    page = browser.submit("/my-data/delete")
    assert "还没有删除" in page.text
    assert len(stored(browser.services, models.Draft)) == 1


@pytest.mark.parametrize("path", ["/applications", "/profile"])
def test_the_way_there_is_on_the_pages_people_look_at(browser: Browser, path: str) -> None:
    assert ("/my-data", "我的个人信息：查看、下载、删除") in browser.get(path).links


def test_a_deleted_case_is_no_longer_news(browser: Browser) -> None:
    case = submitted(browser.services)
    withdraw(browser.services, case)
    browser.hold(browser.services.draft(case.draft_id)).get("/my-data")
    browser.submit("/my-data/delete")
    assert "新进展" not in browser.get("/").text
