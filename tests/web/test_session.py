"""One browser, several people; one person, several browsers."""

from flask import Flask

from renewal.store.models import Application
from renewal.web.session import KEPT
from tests.factories import carry, person, stored
from tests.web.browser import Browser, editable, forward, walk

LI, WANG = person(), person(1, "王小明")


def test_two_people_in_one_browser_each_have_their_draft(browser: Browser) -> None:
    walk(browser, LI, until="attachments")
    lis = browser.draft()
    browser.get("/renewal/verify")
    assert LI.id_number not in browser.page.html
    walk(browser, WANG, until="details")
    wangs = browser.draft()
    assert wangs.id != lis.id
    assert LI.name not in browser.page.text
    assert browser.services.draft(lis.id) == lis
    browser.get("/renewal/verify")
    assert browser.submit("/renewal/verify", **LI.claim).path == "/renewal/attachments"
    assert browser.draft() == lis


def test_each_tab_goes_on_with_its_own_person(browser: Browser) -> None:
    walk(browser, LI, until="details")
    lis = browser.draft().id
    other = browser.tab()
    other.get("/renewal/verify")
    walk(other, WANG, until="details")
    wangs = browser.draft().id
    browser.submit("/renewal/details", **editable(browser.page.form("/renewal/details"), LI))
    other.submit("/renewal/details", **editable(other.page.form("/renewal/details"), WANG))
    assert browser.services.draft(lis).answers["details"]["name"] == LI.name
    assert browser.services.draft(wangs).answers["details"]["name"] == WANG.name


def test_wrong_answers_come_back_to_the_tab_they_were_typed_in(browser: Browser) -> None:
    walk(browser, LI, until="details")
    other = browser.tab()
    other.get("/renewal/verify")
    walk(other, WANG, until="details")
    page = browser.submit("/renewal/details", phone="1")
    assert page.status == 422
    assert page.form("/renewal/details").values["name"] == LI.name


def test_a_claim_posted_twice_beside_another_person_begins_one_draft(browser: Browser) -> None:
    walk(browser, LI, until="notice")
    browser.get("/renewal/verify")
    data = browser.page.form("/renewal/verify").values | WANG.claim
    ids = set()
    for _ in range(2):
        assert "是否前往注册" in browser.post("/renewal/verify", data).text
        ids.add(browser.draft().id)
    assert len(ids) == 1


def test_the_same_person_claimed_again_goes_on_where_it_stopped(browser: Browser) -> None:
    walk(browser, LI, until="commitment")
    draft = browser.draft()
    browser.get("/renewal/verify")
    assert browser.submit("/renewal/verify", **LI.claim).path == "/renewal/commitment"
    assert browser.draft() == draft


def test_another_browser_is_told_nothing_of_a_draft(app: Flask) -> None:
    walk(Browser(app), LI, until="review")
    known, unknown = Browser(app), Browser(app)
    pages = []
    for other, who in ((known, LI), (unknown, WANG)):
        other.introduce()
        other.get("/renewal/verify")
        if who is WANG:
            walk(Browser(app), WANG, until="face")
        pages.append(other.submit("/renewal/verify", **who.claim))
    assert [page.path for page in pages] == ["/renewal/face", "/renewal/face"]
    assert "泉城工程监理有限公司" not in walk(known, LI, until="details").html


def test_nobody_elses_browser_stands_in_the_way(app: Flask) -> None:
    first, second = Browser(app), Browser(app)
    walk(first, LI)
    page = walk(second, LI)
    assert page.path == "/renewal/done"
    assert len(stored(first.services, Application)) == 2
    shown = first.get(f"/applications/{first.get('/renewal/done').ids['number']}")
    assert "另一件" not in shown.text, "what a clerk must see tells a stranger of the other case"


def test_a_second_try_is_taken_once_the_first_was_withdrawn(app: Flask) -> None:
    browser = Browser(app)
    number = walk(browser, LI).ids["number"]
    second = carry(browser.services, "review", LI, owner=browser.device().csrf)
    browser.hold(second).get("/renewal/review")
    assert number in browser.submit("/renewal/review").text
    browser.submit(f"/applications/{number}/withdraw")
    browser.get("/applications")
    browser.click(f"/applications/continue/{second.id}")
    assert browser.submit("/renewal/review").ids["number"] != number


def test_of_two_begun_applications_each_is_gone_on_with_by_its_own_link(app: Flask) -> None:
    browser = Browser(app)
    mine, yours = (carry(browser.services, step, who) for step, who in (("details", LI), ("commitment", person(1))))
    browser.hold(mine).hold(yours)
    links = [href for href, _ in browser.get("/applications").links if "/continue/" in href]
    assert [browser.get(href).path for href in links] == ["/renewal/commitment", "/renewal/details"]
    assert Browser(app).hold(mine).get(links[0]).status == 404, "whoever has not opened it"


def test_a_claim_with_an_open_application_leads_to_it(browser: Browser) -> None:
    number = walk(browser, LI).ids["number"]
    browser.get("/renewal/verify")
    assert browser.submit("/renewal/verify", **LI.claim).ids["number"] == number


def test_a_new_application_begins_after_withdrawal(browser: Browser) -> None:
    number = walk(browser, LI).ids["number"]
    browser.get(f"/applications/{number}")
    browser.submit(f"/applications/{number}/withdraw")
    browser.get("/renewal/verify")
    again = walk(browser, LI)
    assert again.ids["number"] != number
    mine = browser.get("/applications").text
    assert number in mine
    assert again.ids["number"] in mine


def test_a_browser_remembers_its_last_drafts_only(app: Flask) -> None:
    browser = Browser(app)
    browser.introduce()
    for serial in range(KEPT + 2):
        browser.get("/renewal/verify")
        while browser.page.path != "/renewal/notice":
            forward(browser, browser.page.path.removeprefix("/renewal/"), person(serial))
    with browser.client.session_transaction() as session:
        assert len(session["drafts"]) == KEPT
    assert len(browser.client.get_cookie("device").value) < 1000


def test_a_phone_left_on_the_table_says_nothing_at_the_claim(browser: Browser) -> None:
    browser.hold(carry(browser.services, "review"))
    page = browser.get("/renewal/verify")
    assert page.form("/renewal/verify").values["name"] == ""
    assert LI.name not in page.html


def test_a_sentence_shown_at_once_costs_no_cookie(app: Flask) -> None:
    """An answer over a slow line carries the session's 300 bytes only when there is something new in it."""
    browser = Browser(app, htmx=True).hold(carry(app.extensions["renewal"].services, "face"))
    browser.get("/renewal/face")
    page = browser.submit("/renewal/face", method="counter")
    assert "已选择到窗口核验" in page.text
    assert [line for line in page.headers.getlist("Set-Cookie") if line.startswith("session=")] == []


def test_a_sentence_waits_beside_one_that_nobody_has_seen_yet(app: Flask) -> None:
    browser = Browser(app).hold(carry(app.extensions["renewal"].services, "face"))
    form = browser.get("/renewal/face").form("/renewal/face")
    with browser.client.session_transaction() as session:
        session["_flashes"] = [("/success", "还没有人看过")]
    browser.client.post("/renewal/face", data=form.values | {"method": "counter"})
    shown = browser.get("/renewal/notice").text
    assert "还没有人看过" in shown
    assert "已选择到窗口核验" in shown
