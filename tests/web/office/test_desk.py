"""今日待办 over HTTP: what it counts, and where each number leads."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.office.upkeep import BACKUP_MARK
from renewal.settings import Settings
from renewal.store.staff import Role
from tests.factories import NOON
from tests.queueing import case
from tests.staffing import Desk, staffed


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


def _tiles(desk: Desk) -> dict[str, tuple[int, str]]:
    """Count and address by their words."""
    tiles = re.findall(r'<li><a class="[^"]*" href="([^"]*)"><span>([^<]*)</span><b>(\d+)', desk.get("/office/").html)
    return {words: (int(count), url.replace("&amp;", "&")) for url, words, count in tiles}


def _mixed(desk: Desk) -> None:
    services = desk.services
    member = services.staff.by_name("王科员")
    for serial, status in enumerate(Status):
        case(services, serial, status=status, due_in=serial % 3 - 1, conflict=serial % 2 == 0, clerk=member.id)
    selfie = case(services, 20)
    services.attachments.put(selfie.draft_id, "selfie", b"face", NOON)


def test_each_number_is_that_of_the_list_it_leads_to(desk: Desk) -> None:
    _mixed(desk)
    tiles = _tiles(desk)
    assert len(tiles) == 12
    assert sum(count > 0 for count, _ in tiles.values()) >= 8
    for words, (count, url) in tiles.items():
        page = desk.get(url)
        assert f"<b>{count}件</b>" in page.html, words
        assert len(re.findall('class="open"', page.html)) == count, words


def test_when_nothing_waits_it_says_so(desk: Desk) -> None:
    assert "现在没有需要处理的件" in desk.get("/office/").text
    case(desk.services)
    assert "现在没有需要处理的件" not in desk.get("/office/").text


def test_the_last_backup_and_the_free_disk_are_told(desk: Desk, settings: Settings) -> None:
    page = desk.get("/office/")
    assert "还没有备份记录" in page.text
    assert "至少每7天备份一次" in page.text
    assert re.search(r"可用空间\s*\d+\.\d GB", page.text)
    (settings.data / BACKUP_MARK).write_text(NOON.isoformat())
    page = desk.get("/office/")
    assert "2026/06/15 12:00" in page.text
    assert "至少每7天备份一次" not in page.text


def test_a_disk_that_fills_up_is_told_with_what_to_do(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr("renewal.office.upkeep.NEEDED", 10**18)
    assert "空间快用完了" in desk.get("/office/").text


def test_an_auditor_reads_it_too(app: Flask) -> None:
    desk = Desk(app)
    desk.enter(staffed(desk.services, role=Role.AUDITOR))
    assert desk.get("/office/").status == 200


class TestWithoutTheEmployersStep:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        return Settings(data=tmp_path, employer_confirmation=False)

    def test_nothing_waits_for_an_employer(self, desk: Desk) -> None:
        case(desk.services)
        assert "等单位" not in desk.get("/office/").text
        assert _tiles(desk)["待受理"][0] == 1


def test_what_the_machine_could_not_do_is_said_until_it_went_well(desk: Desk) -> None:
    assert "没有完成" not in desk.get("/office/").text
    leases = desk.services.leases
    assert leases.acquire("purge", "a worker", NOON, NOON)
    leases.failed("purge", "a worker", NOON, "")
    said = desk.get("/office/").text
    assert "“清理到期数据”没有完成，2026/06/15 12:05后自动再试。一直没有完成的，请联系维护人员" in said
    assert leases.acquire("purge", "a worker", NOON + timedelta(minutes=5), NOON)
    leases.done("purge", "a worker", NOON)
    assert "没有完成" not in desk.get("/office/").text
