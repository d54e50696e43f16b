"""办件 over HTTP: filter, search, sort and page by addresses that say it all and give nothing away."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask import Flask

from renewal.domain.application import LABELS, Status
from renewal.domain.trust import Trust
from renewal.store.queue import PAGE
from renewal.store.staff import Role
from tests.factories import person
from tests.naughty import NAUGHTY
from tests.queueing import case
from tests.staffing import Desk, staffed
from tests.web.browser import HTMX, Page

WHO = person(7, "欧阳春明")
SECRETS = (WHO.name, WHO.id_number, WHO.phone)
CLEAN = {"trust": Trust.VERIFIED}


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


def _listed(page: Page) -> list[str]:
    return re.findall('class="open" href="[^"]*">(YX[0-9]+)<', page.html)


def _links(page: Page, words: str) -> list[str]:
    return [url.replace("&amp;", "&") for url in re.findall(rf'href="([^"]*)"[^>]*>{words}</a>', page.html)]


def test_an_empty_queue_says_that_nobody_applied(desk: Desk) -> None:
    page = desk.get("/office/cases")
    assert (page.status, _listed(page)) == (200, [])
    assert "还没有人提交申请" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "status=accepted&status=returned",
        "status=open&due=overdue",
        "due=today",
        "conflict=1",
        "counter=1",
        "again=1",
        "specialty=房屋建筑工程",
        "employer=黄河",
        "clerk=mine",
        "clerk=1",
        "clerk=nobody",
        "sort=employer",
    ],
)
def test_a_filter_survives_its_own_form_and_every_link(desk: Desk, query: str) -> None:
    case(desk.services, 1, status=Status.ACCEPTED, due_in=-1, conflict=True, employer="黄河监理")
    case(desk.services, 2, clerk=desk.services.staff.by_name("王科员").id, due_in=0, submissions=2)
    wanted = _listed(desk.get(f"/office/cases?{query}"))
    assert wanted
    assert _listed(desk.get("/office/cases?" + urlencode(_filter_form(desk.page)))) == wanted


def test_a_colleagues_cases_can_be_asked_for_by_name(desk: Desk) -> None:
    colleague = staffed(desk.services, "赵科员")
    auditor = staffed(desk.services, "孙审计", Role.AUDITOR)
    theirs = case(desk.services, 1, clerk=colleague.id)
    case(desk.services, 2)
    page = desk.get(f"/office/cases?clerk={colleague.id}")
    assert _listed(page) == [theirs.number]
    assert "赵科员" in page.text
    assert auditor.name not in page.text
    assert _listed(desk.get("/office/cases?clerk=999")) == []


def _filter_form(page: Page) -> list[tuple[str, str]]:
    """What the form of filters sends as it stands."""
    form = next(form for form in page.forms if "status" in form.names)
    return [(name, value) for name, value in form.fields if value]


def test_a_search_leads_to_an_address_without_anything_personal(desk: Desk) -> None:
    wanted = case(desk.services, who=WHO)
    case(desk.services, 1)
    desk.get("/office/cases")
    for secret in SECRETS:
        page = desk.submit("/office/cases", q=secret)
        assert _listed(page) == [wanted.number]
        assert not any(secret in page.html for secret in SECRETS)
        assert dict(parse_qsl(urlsplit(desk.requests[-1][1]).query)).keys() == {"q", "key"}


def test_the_mask_in_the_box_searches_for_the_same_again(desk: Desk) -> None:
    wanted = case(desk.services, who=WHO)
    desk.get("/office/cases")
    desk.submit("/office/cases", q=WHO.name)
    assert _listed(desk.submit("/office/cases")) == [wanted.number]
    assert _listed(desk.submit("/office/cases", q="李小明")) == []


def test_a_search_in_the_address_is_answered_and_its_links_are_masked(desk: Desk) -> None:
    wanted = case(desk.services, who=WHO)
    page = desk.get(f"/office/cases?q={WHO.id_number}")
    assert _listed(page) == [wanted.number]
    assert WHO.id_number not in page.html


def test_a_number_is_searched_for_in_the_open(desk: Desk) -> None:
    wanted = case(desk.services)
    desk.get("/office/cases")
    assert _listed(desk.submit("/office/cases", q=wanted.number)) == [wanted.number]
    assert desk.requests[-1][1] == f"/office/cases?q={wanted.number}"


def test_what_is_not_found_is_told_with_how_to_search(desk: Desk) -> None:
    case(desk.services)
    page = desk.get("/office/cases?q=张三丰")
    assert "姓名、证件号码、手机号要完整填写" in page.text
    assert "没有符合条件的件" in desk.get("/office/cases?status=approved").text


def test_a_list_shows_masks_only(desk: Desk) -> None:
    case(desk.services, who=WHO)
    page = desk.get("/office/cases")
    assert "欧**明" in page.html
    assert not any(secret in page.html for secret in SECRETS)


def test_a_line_leads_to_the_case_with_the_filter_it_stands_in(desk: Desk) -> None:
    number = case(desk.services).number
    page = desk.get("/office/cases?status=submitted&sort=newest&page=1")
    assert _links(page, number) == [f"/office/cases/{number}?status=submitted&sort=newest"]


def test_pages_lead_on_and_back(desk: Desk) -> None:
    for serial in range(PAGE + 1):
        case(desk.services, serial)
    first = desk.get("/office/cases?sort=oldest")
    (following,) = _links(first, "下一页")
    second = desk.get(following)
    assert (len(_listed(first)), len(_listed(second))) == (PAGE, 1)
    assert "第2 / 2页" in second.text
    assert _links(second, "上一页") == ["/office/cases?sort=oldest"]
    assert _links(second, "下一页") == _links(first, "上一页") == []


@pytest.mark.parametrize(
    ("words", "sorts"), [("期限", [""]), ("编号", ["newest", "oldest", "newest"]), ("聘用单位", ["employer"])]
)
def test_a_column_sorts_and_the_number_turns_around(desk: Desk, words: str, sorts: list[str]) -> None:
    case(desk.services, 1), case(desk.services, 2)
    page = desk.get("/office/cases?status=open&sort=employer")
    for sort in sorts:
        (url,) = _links(page, words)
        assert dict(parse_qsl(urlsplit(url).query)).get("sort", "") == sort
        page = desk.get(url)
        assert page.html.count("aria-sort") == 1
        assert len(_listed(page)) == 2


def test_deadlines_are_seen_from_afar(desk: Desk) -> None:
    for serial, (status, days) in enumerate([(Status.ACCEPTED, -3), (Status.ACCEPTED, 0), (Status.ACCEPTED, 9)]):
        case(desk.services, serial, status=status, due_in=days)
    case(desk.services, 8, status=Status.RETURNED, due_in=-1), case(desk.services, 9, status=Status.RETURNED, due_in=1)
    shown = re.findall(r'<td class="due([^"]*)"><span title="([^"]*)">([^<]*)<', desk.get("/office/cases").html)
    assert shown == [
        (" late", "2026/06/12", "超期3天"),
        (" soon", "2026/06/14", "补正超期1天"),
        (" soon", "2026/06/15", "今天到期"),
        (" ", "2026/06/16", "补正至06/16"),
        (" ", "2026/06/24", "2026/06/24"),
    ]


def test_every_status_and_mark_is_named(desk: Desk) -> None:
    for serial, status in enumerate(Status):
        case(desk.services, serial, status=status, conflict=True, submissions=2)
    page = desk.get("/office/cases")
    for status in set(Status) - {Status.DRAFT, Status.SUBMITTED, Status.EXPIRED}:
        assert LABELS[status] in page.text
    assert all(mark in page.text for mark in ("待单位确认", "有冲突", "窗口待核验", "再次提交"))


def test_clean_cases_are_chosen_to_be_moved_together(desk: Desk) -> None:
    confirmed = case(desk.services, 1, status=Status.EMPLOYER_CONFIRMED, **CLEAN)
    accepted = case(desk.services, 2, status=Status.ACCEPTED, **CLEAN)
    case(desk.services, 3, status=Status.ACCEPTED, conflict=True, **CLEAN), case(desk.services, 4)
    desk.get("/office/cases")
    form = next(form for form in desk.page.forms if form.action == "/office/cases/batch")
    assert form.buttons == [("move", "accept"), ("move", "approve")]
    boxes = re.findall('name="case" value="([^"]*)"', desk.page.html)
    assert boxes == [f"{one.number}:{one.version}" for one in (confirmed, accepted)]
    assert "一起准予" not in desk.get("/office/cases?status=employer_confirmed").text


def test_an_auditor_reads_and_moves_nothing(app: Flask) -> None:
    desk = Desk(app)
    desk.enter(staffed(desk.services, role=Role.AUDITOR))
    number = case(desk.services, status=Status.EMPLOYER_CONFIRMED, **CLEAN).number
    page = desk.get("/office/cases")
    assert _listed(page) == [number]
    assert _listed(desk.submit("/office/cases", q=number)) == [number]
    assert "checkbox" in page.html  # the filter's
    assert 'name="case"' not in page.html
    assert "一起受理" not in page.text


def test_htmx_gets_the_part_and_the_address_it_belongs_to(desk: Desk) -> None:
    case(desk.services, who=WHO)
    page = desk.get(f"/office/cases?status=&q={WHO.name}&page=7", HTMX)
    assert not page.whole
    assert page.headers["HX-Push-Url"].startswith("/office/cases?q=%E6%AC%A7%2A%2A%E6%98%8E&key=name.")


def test_looking_at_lists_is_no_reading_of_a_case(desk: Desk) -> None:
    case(desk.services, who=WHO)
    before = desk.services.event_log.head()
    desk.get(f"/office/cases?q={WHO.id_number}")
    assert desk.services.event_log.head() == before


PARAMETERS = ("status", "q", "key", "page", "due", "specialty", "employer", "clerk", "sort", "conflict", "selfie")


@pytest.mark.parametrize("name", PARAMETERS)
def test_strange_addresses_are_answered(desk: Desk, name: str) -> None:
    case(desk.services)
    for text in (*NAUGHTY, f"name.{'0' * 64}", f"serial.{'0' * 64}", "YX", "0", "999999"):
        query = urlencode({name: text[:5000]}, errors="surrogatepass")
        assert desk.client.get(f"/office/cases?{query}").status_code == 200, (name, text[:30])


def test_strange_searches_are_answered(desk: Desk) -> None:
    case(desk.services)
    desk.get("/office/cases")
    csrf = desk.page.form("/office/cases").values["csrf_token"]
    for text in NAUGHTY:
        data = {"csrf_token": csrf, "q": text.encode(errors="surrogatepass")}
        answer = desk.client.post("/office/cases", data=data)
        assert answer.status_code == 303, text[:30]
        assert desk.client.get(answer.headers["Location"]).status_code == 200, text[:30]


@pytest.mark.parametrize("page", ["0", "-1", "1e3", "99", "9" * 40, "x", ""])
def test_a_page_that_is_not_there_is_the_nearest(desk: Desk, page: str) -> None:
    number = case(desk.services).number
    assert _listed(desk.get(f"/office/cases?page={page}")) == [number]


def test_larger_letters_keep_the_list(desk: Desk) -> None:
    number = case(desk.services, who=WHO).number
    desk.get("/office/cases?status=submitted&employer=泉城")
    page = desk.submit("/office/display", ("elder", "1"))
    assert (page.path, _listed(page)) == ("/office/cases?status=submitted&employer=%E6%B3%89%E5%9F%8E", [number])
