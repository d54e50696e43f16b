"""The journey from the home tile to 提交成功, with HTMX and without."""

import pytest
from flask import Flask

from renewal.domain.notice import CLAUSES
from renewal.journey.steps import STEPS
from tests.factories import carry, person, portrait_jpeg
from tests.web.browser import Browser, editable, forward, walk

LI = person()
DONE = "您所申请的事项已经提交成功！"


@pytest.mark.parametrize("htmx", [False, True])
def test_the_journey_leads_from_the_home_tile_to_the_receipt(app: Flask, htmx: bool) -> None:
    browser = Browser(app, htmx)
    assert "/services" in dict(browser.get("/").links)
    assert browser.get("/services").path == "/profile?next=/services"
    assert browser.submit("/profile").path == "/services"
    assert "/services/renewal" in dict(browser.page.links)
    assert "/renewal/verify" in dict(browser.get("/services/renewal").links)
    browser.get("/renewal/verify")
    done = walk(browser, LI, method="selfie")
    assert DONE in done.text
    assert done.ids["number"] == "YX20260615000001"
    assert "<svg" in done.html
    assert "已提交" in browser.get("/applications").text


def test_both_ways_store_the_same_application(app: Flask) -> None:
    stored = []
    for serial, htmx in enumerate((False, True)):
        browser = Browser(app, htmx)
        walk(browser, person(serial))
        stored.append(browser.services.applications.of_draft(browser.draft().id))
    plain, swapped = stored
    assert plain
    assert swapped
    for step in ("notice", "pictures"):
        assert plain.answers[step] == swapped.answers[step]
    same = set(person().details) - {"id_number", "phone"}
    assert {name: plain.answers["details"][name] for name in same} == {
        name: swapped.answers["details"][name] for name in same
    }
    assert plain.status == swapped.status


def test_with_htmx_each_step_is_one_request(app: Flask) -> None:
    browser = Browser(app, htmx=True)
    browser.introduce()
    browser.get("/renewal/verify")
    for step in ("verify", "verify", "register", "face", "notice", "details"):
        before = len(browser.requests)
        forward(browser, step, LI)
        assert len(browser.requests) - before == (2 if step == "notice" else 1)  # 全选, then 下一步
        assert not browser.page.whole
    assert browser.page.path == "/renewal/attachments"


def test_without_htmx_each_good_step_answers_303(app: Flask) -> None:
    browser = Browser(app)
    browser.introduce()
    browser.get("/renewal/verify")
    browser.submit("/renewal/verify", **LI.claim)
    browser.get("/renewal/register")
    form = {**browser.page.form("/renewal/register").values, **LI.registration}
    answer = browser.client.post("/renewal/register", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/renewal/face")


def test_an_unknown_person_is_asked_whether_to_register(either: Browser) -> None:
    either.get("/renewal/verify")
    page = either.submit("/renewal/verify", **LI.claim)
    assert page.status == 200
    assert "未查询到该用户，是否前往注册？" in page.text
    assert "/renewal/register" in dict(page.links)
    assert page.form("/renewal/verify").values["name"] == LI.name
    registration = either.click("/renewal/register").form("/renewal/register").values
    assert (registration["name"], registration["id_number"]) == (LI.name, LI.id_number)
    assert registration["id_type"] == "身份证"


def test_the_question_can_be_turned_down_and_the_number_corrected(either: Browser) -> None:
    other = person(7, "王小明")
    either.get("/renewal/verify")
    either.submit("/renewal/verify", **LI.claim)
    either.click("/renewal/verify")
    assert either.submit("/renewal/verify", **other.claim).status == 200
    assert either.click("/renewal/register").form("/renewal/register").values["name"] == other.name


def test_a_registered_person_goes_straight_to_the_face(app: Flask) -> None:
    walk(Browser(app), LI, until="face")
    other = Browser(app)
    other.introduce()
    other.get("/renewal/verify")
    assert other.submit("/renewal/verify", **LI.claim).path == "/renewal/face"


def test_a_selfie_passes_and_says_so(at) -> None:
    browser = at("face")
    page = browser.submit("/renewal/face", method="selfie", consent="yes", selfie=portrait_jpeg())
    assert page.path == "/renewal/notice"
    assert "人脸识别已通过" in page.text
    assert "自拍已收到，待工作人员比对" in page.text
    assert browser.services.attachments.get(browser.draft().id, "selfie")


def test_the_counter_is_a_way_without_a_face(at) -> None:
    browser = at("face")
    assert "到窗口核验" in browser.page.text
    page = browser.submit("/renewal/face", method="counter")
    assert page.path == "/renewal/notice"
    assert "已选择到窗口核验" in page.text
    assert browser.services.attachments.get(browser.draft().id, "selfie") is None


def test_all_clauses_are_ticked_by_one_button(at) -> None:
    browser = at("notice")
    assert "read" not in browser.page.form("/renewal/notice").values
    assert browser.page.form("/renewal/notice").buttons.count(("all", "1")) == 2  # above the clauses and below
    page = browser.submit("/renewal/notice", ("all", "1"))
    form = page.form("/renewal/notice")
    assert len([name for name, _ in form.fields if name == "read"]) == page.html.count('type="checkbox"') > 5
    assert browser.submit("/renewal/notice").path == "/renewal/details"


def test_all_of_a_clause_can_be_read_without_a_script(at) -> None:
    page = at("notice").page
    assert page.html.count("<summary>详情</summary>") == len(CLAUSES)
    for clause in CLAUSES:
        assert f"<b>{clause.point}</b>" in page.html
        assert clause.more in page.text


def test_details_are_prefilled_with_what_is_known(at) -> None:
    shown = at("details").page.form("/renewal/details").values
    known = {"name": LI.name, "id_number": LI.id_number, "phone": LI.phone, "sex": "男", "birth_date": "1980/03/07"}
    assert {name: shown[name] for name in known} == known
    assert shown["id_type"] == "身份证"


def test_an_education_without_its_degree_warns_but_goes_on(at) -> None:
    browser = at("details")
    answers = editable(browser.page.form("/renewal/details"), LI) | {"education": "无", "degree": "学士"}
    assert browser.submit("/renewal/details", **answers).path == "/renewal/attachments"
    assert "warning" in browser.get("/renewal/details").html


def test_the_commitment_is_shown_with_its_blanks_filled(at) -> None:
    text = at("commitment").page.text
    for filled in (LI.name, LI.id_number, LI.phone, "本人受聘于泉城工程监理有限公司"):
        assert filled in text


def test_the_commitment_names_the_person_on_lines_of_their_own(at) -> None:
    lines = at("commitment").page.html.replace("<p>", "<br>").split("<br>")
    for line in (f"本人姓名：{LI.name}", f"身份证号：{LI.id_number}", f"手机号：{LI.phone}"):
        assert line in lines


def test_not_making_the_commitment_blocks_and_explains(either: Browser) -> None:
    either.hold(carry(either.services, "commitment")).get("/renewal/commitment")
    page = either.submit("/renewal/commitment", commitment="no")
    assert page.status == 422
    assert "不作出承诺，申请就不能提交" in page.text
    assert page.form("/renewal/commitment").values["commitment"] == "no"
    assert "commitment" not in either.draft().answers
    assert either.get("/renewal/review").path == "/renewal/commitment"
    assert either.submit("/renewal/commitment", commitment="yes").path == "/renewal/review"


def test_the_commitment_keeps_text_hash_time_and_address(at) -> None:
    browser = at("commitment")
    browser.submit("/renewal/commitment", commitment="yes")
    made = browser.draft().answers["commitment"]
    assert LI.name in made["text"]
    assert len(made["sha256"]) == 64
    assert made["at"].startswith("2026-06-15T")
    assert made["ip"] == "127.0.0.1"


def test_the_review_shows_every_answer_and_leads_to_each_change(at) -> None:
    page = at("review").page
    for value in person().details.values():
        assert value in page.text or value == "居民身份证"
    assert {"/renewal/details", "/renewal/attachments", "/renewal/commitment"} <= set(dict(page.links))
    assert len(page.images) == 2


def test_a_changed_employer_asks_for_the_commitment_again(at) -> None:
    browser = at("review")
    browser.get("/renewal/details")
    answers = editable(browser.page.form("/renewal/details"), LI) | {"employer": "另一家工程监理有限公司"}
    page = browser.submit("/renewal/details", **answers)
    assert page.path == "/renewal/commitment"
    assert "另一家工程监理有限公司" in page.text


def test_the_stepper_says_where_one_is(at) -> None:
    browser = at("review")
    for step, stage in (("notice", "1 申报须知"), ("details", "2 申报信息")):
        html = browser.get(f"/renewal/{step}").html
        current = html.split('aria-current="step"')[1].split("<li")[0].split("</ol")[0]
        assert stage == current.replace("<b>", "").replace("</b>", "").strip(">")


def test_a_draft_is_called_not_submitted_on_every_step_until_it_is(app: Flask) -> None:
    browser = Browser(app)
    walk(browser, until="notice")
    for step in ("notice", "details", "attachments", "commitment", "review"):
        walk(browser, until=step)
        assert "尚未提交" in browser.page.text
        assert browser.draft().answers["resume"] in browser.page.text
    assert "尚未提交" not in walk(browser).text


@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_every_step_can_be_reloaded(at, step: str) -> None:
    browser = at(step)
    again = browser.get(f"/renewal/{step}")
    assert (again.status, again.path) == (200, f"/renewal/{step}")


@pytest.mark.parametrize("reached", ["verify", "face", "notice", "details", "attachments", "commitment", "review"])
@pytest.mark.parametrize("step", [step.name for step in STEPS] + ["done"])
def test_a_bookmark_into_the_middle_never_leads_past_what_is_done(at, reached: str, step: str) -> None:
    order = [entry.name for entry in STEPS] + ["done"]
    page = at(reached).get(f"/renewal/{step}")
    assert page.status == 200
    assert order.index(page.path.removeprefix("/renewal/")) <= max(order.index(reached), 0)


@pytest.mark.parametrize("step", ["details", "attachments", "commitment", "review"])
def test_a_skipped_step_is_refused_and_leads_to_what_is_due(at, step: str) -> None:
    browser = at("notice")
    draft = browser.draft()
    token = browser.app.extensions["renewal"].tokens.step(draft.id, step, draft.version)
    csrf = browser.page.form("/renewal/notice").values["csrf_token"]
    page = browser.post(f"/renewal/{step}", {"csrf_token": csrf, "token": token, "commitment": "yes"})
    assert page.status == 409
    assert "注册须知" in page.text
    assert browser.draft() == draft


def test_what_was_typed_and_not_confirmed_holds_the_submission_back(at) -> None:
    browser = at("review")
    tab = browser.tab()
    form = tab.get("/renewal/details").form("/renewal/details").values
    tab.post("/renewal/details/autosave", form | {"school": "改了的学校"})
    assert browser.submit("/renewal/review").status == 409
    assert "改了的学校" in browser.page.form("/renewal/details").values["school"]


def test_who_finds_a_locked_answer_wrong_is_led_to_a_new_claim(at) -> None:
    browser = at("details")
    assert dict(browser.page.links)["/renewal/verify"] == "重新核验身份"
    page = browser.click("/renewal/verify")
    assert page.path == "/renewal/verify"
    assert page.form("/renewal/verify").values["name"] == ""


def _fold(page) -> tuple[bool, set[str]]:
    """Whether the fold of the locked answers is open, and the inputs in it."""
    tag, inside = page.html.split('id="form"')[-1].split("<details")[1].split("</details>")[0].split(">", 1)
    return "open" in tag, {name for name in person().details if f'name="{name}"' in inside}


def test_locked_answers_fold_into_one_line_and_are_sent_all_the_same(at) -> None:
    browser = at("details")
    assert _fold(browser.page) == (False, {"name", "sex", "id_type", "id_number", "birth_date"})
    assert f"{LI.name} 身份信息5项已填好" in browser.page.text
    assert forward(browser, "details", LI).path == "/renewal/attachments"


def test_trouble_in_the_fold_opens_it(at) -> None:
    browser = at("details")
    answers = editable(browser.page.form("/renewal/details"), LI)
    assert _fold(browser.submit("/renewal/details", **answers, name="王小明"))[0]
    assert not _fold(browser.submit("/renewal/details", **answers | {"phone": "1"}))[0]


def test_a_few_errors_are_told_in_sentences_and_many_by_name(at) -> None:
    browser = at("details")
    answers = editable(browser.page.form("/renewal/details"), LI)
    page = browser.submit("/renewal/details", **answers | {"phone": "1", "school": ""})
    assert page.summary == list(page.errors.items())
    page = browser.submit("/renewal/details", **answers | {"phone": "1", "school": "", "degree": "", "education": ""})
    assert page.summary == [("phone", "手机号码"), ("education", "学历"), ("degree", "学位"), ("school", "毕业院校")]
    assert page.errors["degree"] == "请选择学位"


def test_the_review_asks_for_what_the_employer_will_need(at) -> None:
    browser = at("review")
    assert "/renewal/details#employer_code" not in dict(browser.page.links)
    browser.get("/renewal/details")
    browser.submit("/renewal/details", **editable(browser.page.form("/renewal/details"), LI) | {"employer_code": ""})
    links = dict(browser.get("/renewal/review").links)
    assert links["/renewal/details#employer_code"] == "现在填写"
    assert "employer_code" in browser.get("/renewal/details").ids
