"""Home, profile, services, the display switch, and whether the app is alive."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from renewal.settings import Settings
from renewal.store.models import Avatar
from renewal.web.paths import own_path
from renewal.web.portal import AVATARS
from tests.factories import portrait_jpeg, stored
from tests.web.browser import HTMX, Browser

FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "//[",
    "http://[::1",
    "",
    " /x",
]


@pytest.mark.parametrize("address", FOREIGN)
def test_no_address_leads_out_of_the_app(address: str) -> None:
    assert own_path(address) == "/"


@pytest.mark.parametrize("path", ["/", "/services", "/renewal/verify", "/applications?page=2", "/receipts/a.b-c_d"])
def test_paths_of_the_app_stay(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize("address", [*FOREIGN, "/a\r\nSet-Cookie: x=y", "/%0d%0aX: y", "/\x00", "/中文"])
@pytest.mark.parametrize(("form", "typed"), [("/profile", {"nickname": "小李"}), ("/display", {"elder": "1"})])
def test_next_cannot_leave_the_site(browser: Browser, address: str, form: str, typed: dict[str, str]) -> None:
    csrf = browser.get("/profile").form("/profile").values["csrf_token"]
    answer = browser.client.post(form, data={"csrf_token": csrf, "next": address, **typed})
    assert answer.status_code == 303
    where = answer.headers["Location"]
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert not any(ord(char) < 33 for char in where)
    assert "x" not in {line.split("=")[0] for line in answer.headers.getlist("Set-Cookie")}


@pytest.mark.parametrize("address", FOREIGN)
def test_a_foreign_next_in_the_address_is_not_even_shown(browser: Browser, address: str) -> None:
    page = browser.client.get("/profile", query_string={"next": address})
    assert page.status_code == 200
    assert "evil" not in page.text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(
    ("query", "status"),
    [(b"\xff", 400), (b"next=\xff", 400), ("next=/中文".encode(), 200), (b"next=%ff%00", 200), (b"&&==;", 200)],
)
def test_a_mangled_query_does_no_harm(browser: Browser, query: bytes, status: int, headers: dict[str, str]) -> None:
    raw = {"QUERY_STRING": query.decode("latin-1")}
    answer = browser.client.get("/profile", environ_overrides=raw, headers=headers)
    assert answer.status_code == status
    assert answer.headers.get("HX-Push-Url", "/").isascii()


def test_an_impossible_host_is_refused_in_words(app: Flask) -> None:
    answer = app.test_client().get("/services", headers={"Host": "a" * 64})
    assert answer.status_code == 400
    assert "这个网址没有启用" in answer.text


@pytest.mark.parametrize("path", ["/services", "/services/renewal", "/renewal/verify", "/renewal/details"])
def test_first_use_leads_to_the_profile_once_and_back(app: Flask, path: str) -> None:
    browser = Browser(app)
    assert browser.get(path).path == f"/profile?next={path}"
    page = browser.submit("/profile")
    assert page.path == ("/renewal/verify" if path == "/renewal/details" else path)
    assert browser.get(path).path == page.path


def test_one_tap_is_enough_for_a_profile(app: Flask) -> None:
    browser = Browser(app)
    form = browser.get("/profile").form("/profile")
    assert form.values["nickname"].startswith("用户")
    assert form.values["avatar"] == AVATARS[0]
    assert browser.submit("/profile").path == "/"


def test_a_chosen_nickname_and_avatar_are_remembered(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/profile")
    browser.submit("/profile", nickname="老张", avatar="crane")
    form = browser.get("/profile").form("/profile")
    assert (form.values["nickname"], form.values["avatar"]) == ("老张", "crane")


def test_home_does_not_need_a_profile(app: Flask) -> None:
    assert Browser(app).get("/").path == "/"


def test_an_avatar_may_be_ones_own_photo(app: Flask) -> None:
    browser, other = Browser(app), Browser(app)
    browser.get("/profile")
    csrf = browser.page.form("/profile").values["csrf_token"]
    browser.post("/profile", {"csrf_token": csrf, "nickname": "老张", "avatar_file": portrait_jpeg()})
    answer = browser.get("/avatar")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(answer.data)).size == (96, 96)
    assert other.get("/avatar").status == 404
    browser.get("/profile")
    browser.submit("/profile", avatar="crane")
    assert browser.get("/avatar").status == 404


def test_once_ones_own_photo_is_kept_no_longer_a_ready_made_one_is_shown(app: Flask) -> None:
    browser = Browser(app)
    csrf = browser.get("/profile").form("/profile").values["csrf_token"]
    browser.post("/profile", {"csrf_token": csrf, "nickname": "老张", "avatar_file": portrait_jpeg()})
    assert 'src="/avatar"' in browser.get("/").html
    (avatar,) = stored(browser.services, Avatar)
    browser.services.people.remove_avatar(avatar.id)
    assert browser.get("/avatar").status == 404
    page = browser.get("/").html
    assert 'src="/avatar"' not in page
    assert '<svg class="avatar"' in page


@pytest.mark.parametrize("file", [b"", b"GIF89a", b"%PDF-1.7", b"hello", b"\xff\xd8\xff"])
def test_an_avatar_that_is_no_photo_is_refused_in_words(app: Flask, file: bytes) -> None:
    browser = Browser(app)
    browser.get("/profile")
    page = browser.submit("/profile", nickname="老张", avatar_file=file)
    assert page.status == 422
    assert page.errors["avatar_file"]
    assert ("avatar_file", f"头像：{page.errors['avatar_file']}") in page.summary
    assert page.form("/profile").values["nickname"] == "老张"
    assert page.form("/profile").values["next"] == "/"


def test_a_made_up_avatar_becomes_the_first(app: Flask) -> None:
    browser = Browser(app)
    csrf = browser.get("/profile").form("/profile").values["csrf_token"]
    browser.post("/profile", {"csrf_token": csrf, "nickname": "老张", "avatar": "../../etc/passwd"})
    assert browser.get("/profile").form("/profile").values["avatar"] == AVATARS[0]


def test_a_refused_profile_still_leads_back(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/services")
    assert browser.submit("/profile", nickname="").status == 422
    assert browser.submit("/profile", nickname="老张").path == "/services"


@pytest.mark.parametrize("path", ["/", "/services", "/resume", "/applications", "/renewal/verify", "/nowhere"])
def test_the_display_switches_on_every_page_and_back(browser: Browser, path: str) -> None:
    assert 'class="elder"' not in browser.get(path).html
    page = browser.submit("/display", ("elder", "1"))
    assert page.path == path
    assert 'class="elder"' in page.html
    assert 'class="elder"' in browser.get("/services").html
    browser.get(path)
    assert 'class="elder"' not in browser.submit("/display", ("elder", "0")).html


def test_the_display_switch_after_a_refused_form_leads_back_to_its_step(at) -> None:
    browser = at("attachments")
    browser.submit("/renewal/attachments/portrait", portrait=b"hello")
    assert browser.submit("/display", ("elder", "1")).path == "/renewal/attachments"


def test_the_item_page_tells_code_conditions_and_time_limits(browser: Browser) -> None:
    text = browser.get("/services/renewal").text
    for words in ("11100000000013338W1000117040000", "90日", "30日", "5个工作日", "10个工作日", "请先准备"):
        assert words in text


class TestAnOfficeWithAName:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        names = {"office_name": "泉城办事处", "office_phone": "0531-12345678", "provider_line": "本服务由泉城提供"}
        return Settings(data=tmp_path, icp_record="鲁ICP备1号", police_record="鲁公网安备2号", **names)

    @pytest.mark.parametrize("path", ["/", "/services/renewal", "/renewal/verify"])
    def test_it_is_shown(self, browser: Browser, path: str) -> None:
        page = browser.get(path)
        for words in ("0531-12345678", "本服务由泉城提供", "鲁ICP备1号", "鲁公网安备2号"):
            assert words in page.text
        assert "tel:0531-12345678" in dict(page.links)


def test_an_office_without_a_name_poses_as_nobody(browser: Browser) -> None:
    text = browser.get("/").text
    for words in ("住房", "建设部", "ICP", "公网安备"):
        assert words not in text


def test_only_a_first_use_is_called_one(app: Flask) -> None:
    browser = Browser(app)
    assert "第一次使用" in browser.get("/profile").text
    browser.submit("/profile")
    assert "第一次使用" not in browser.get("/profile").text


@pytest.mark.parametrize("path", ["/", "/services", "/services/renewal", "/resume", "/applications", "/renewal/verify"])
def test_every_page_describes_itself_to_searchers(browser: Browser, path: str) -> None:
    (described,) = [given["content"] for _, given in browser.get(path).tags if given.get("name") == "description"]
    assert "监理工程师延续注册" in described


def test_home_tells_my_cases_from_going_on_elsewhere(browser: Browser) -> None:
    links = dict(browser.get("/").links)
    assert "看进度和回执" in links["/applications"]
    assert "换手机接着办" in links["/resume"]
