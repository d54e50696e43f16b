"""What is sent too often is refused in words; a village is not, and nobody shuts another out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest
from flask import Flask

from renewal import attempts
from renewal.app import create_app
from renewal.settings import Settings
from renewal.store.keys import Keys
from renewal.store.models import Avatar
from renewal.web.throttle import RULES
from tests.factories import Clock, Person, carry, person, portrait_jpeg, signature_png, stored
from tests.images.pictures import cat, to_bytes
from tests.web.browser import Browser, Page, forward, walk

LI = person()
VILLAGE, ELSEWHERE = "203.0.113.7", "198.51.100.1"
WRONG = {"code": "2222-2222-2222", "id_number": LI.id_number}


def come_from(app: Flask, address: str, htmx: bool = False) -> Browser:
    """A new browser behind this address."""
    client = app.test_client()
    client.environ_base = {**client.environ_base, "REMOTE_ADDR": address}
    browser = Browser(app, htmx, client)
    browser.introduce()
    return browser


def verify(browser: Browser, who: Person) -> Page:
    browser.get("/renewal/verify")
    return browser.submit("/renewal/verify", **who.claim)


def resume(browser: Browser, **typed: str) -> Page:
    browser.get("/resume")
    return browser.submit("/resume", **typed)


def until_refused(send: Callable[[], Page], at_most: int) -> int:
    """How often it was taken before the first 429."""
    return next(taken for taken in range(at_most + 1) if send().status == 429)


def is_refused(page: Page, minutes: int = 60) -> bool:
    """In words for the person, in seconds for a program."""
    assert f"操作太频繁了，请过{minutes}分钟再试；已保存的内容都在" in page.text
    assert page.headers["Retry-After"] == str(minutes * 60)
    return page.status == 429


# What is refused, form by form


def test_verifying_too_often_shows_the_form_as_it_was_typed(either: Browser, clock: Clock) -> None:
    for serial in range(RULES["verify"].device):
        assert verify(either, person(serial)).status == 200
    clock.go_on(minutes=20)
    page = verify(either, LI)
    assert is_refused(page, 40)
    values = page.form("/renewal/verify").values
    assert (values["name"], values["id_number"]) == (LI.name, LI.id_number)
    assert "是否前往注册" not in page.text
    clock.go_on(minutes=40)
    assert either.submit("/renewal/verify", **LI.claim).status == 200


def test_registering_too_often_shows_the_form_as_it_was_typed(either: Browser, clock: Clock) -> None:
    verify(either, LI)
    either.click("/renewal/register")
    wrong = {**LI.registration, "phone": "138"}
    assert until_refused(lambda: either.submit("/renewal/register", **wrong), 20) == 10
    assert is_refused(either.page)
    assert either.page.form("/renewal/register").values["phone"] == "138"
    clock.go_on(hours=1)
    assert either.submit("/renewal/register", **LI.registration).path == "/renewal/face"


def test_the_face_step_refuses_a_browser_that_hammers_and_keeps_the_choice(either: Browser) -> None:
    either.hold(carry(either.services, "face"))
    either.get("/renewal/face")
    nothing_chosen = RULES["face"].device
    assert until_refused(lambda: either.submit("/renewal/face", method="selfie"), 99) == nothing_chosen
    assert is_refused(either.page)
    assert ("method", "selfie") in either.page.form("/renewal/face").fields


def test_an_avatar_too_often_keeps_the_nickname_and_a_nickname_alone_is_always_taken(either: Browser) -> None:
    def send() -> Page:
        either.get("/profile")
        return either.submit("/profile", nickname="老张", avatar_file=portrait_jpeg())

    assert until_refused(send, 20) == RULES["avatar"].device
    assert is_refused(either.page)
    assert either.page.form("/profile").values["nickname"] == "老张"
    assert either.submit("/profile", nickname="老张").status == 200


def test_a_picture_that_hides_its_name_is_counted_all_the_same(app: Flask) -> None:
    browser = come_from(app, VILLAGE)
    body = portrait_jpeg()

    def send() -> Page:
        csrf = browser.get("/profile").form("/profile").values["csrf_token"]
        parts = {"csrf_token": csrf, "nickname": "老张"}
        fields = "".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()
        )
        head = '--b\r\nContent-Disposition: form-data; name="avatar_file"; filename=""\r\n\r\n'
        data = (fields + head).encode() + body + b"\r\n--b--\r\n"
        answer = browser.client.post("/profile", data=data, content_type='multipart/form-data; boundary="b"')
        return Page(answer, "/profile")

    assert until_refused(send, 20) == RULES["avatar"].device


def test_the_photo_tool_gives_back_the_photo_that_the_page_carried(either: Browser, rules) -> None:
    rules(photo=2)
    either.get("/tools/photo")
    either.submit("/tools/photo", portrait=portrait_jpeg())
    before = either.submit("/tools/photo", ("adjust", "up")).form("/tools/photo", ("adjust", "up")).values
    page = either.submit("/tools/photo", ("adjust", "up"))
    assert is_refused(page)
    after = page.form("/tools/photo", ("adjust", "up")).values
    assert (after["source"], after["state"]) == (before["source"], before["state"])


def test_the_photo_tool_refuses_an_upload_too_many(either: Browser, rules) -> None:
    rules(photo=1)
    either.get("/tools/photo")
    either.submit("/tools/photo", portrait=portrait_jpeg())
    assert is_refused(either.submit("/tools/photo", portrait=portrait_jpeg()))
    assert either.page.form("/tools/photo")


def test_pictures_of_an_application_are_refused_beside_what_is_there(either: Browser, rules) -> None:
    rules(picture=1)
    either.hold(carry(either.services, "attachments"))
    either.get("/renewal/attachments")
    either.submit("/renewal/attachments/portrait", portrait=portrait_jpeg())
    page = either.submit("/renewal/attachments/signature", signature=signature_png())
    assert is_refused(page)
    assert page.form("/renewal/attachments/signature")
    assert "portrait" in either.draft().answers["pictures"]


def test_a_form_for_a_step_that_is_shut_has_its_words_all_the_same(either: Browser, rules) -> None:
    rules(face=1)
    either.hold(carry(either.services, "face"))
    form = either.get("/renewal/face").form("/renewal/face").values | {"method": "counter"}
    either.post("/renewal/face", form)
    assert is_refused(either.post("/renewal/face", form))


# Guessing


def test_of_300_wrong_resume_codes_ten_are_looked_at(app: Flask) -> None:
    stranger = come_from(app, VILLAGE)
    statuses = [resume(stranger, **WRONG).status for _ in range(300)]
    assert statuses == [422] * 10 + [429] * 290
    assert is_refused(stranger.page)
    assert stranger.page.form("/resume").values["code"] == WRONG["code"]


@pytest.mark.parametrize("address", [VILLAGE, ELSEWHERE])
def test_meanwhile_the_right_code_opens_on_another_device(app: Flask, address: str) -> None:
    stranger, mine = come_from(app, VILLAGE), come_from(app, address)
    draft = carry(stranger.services, "details", LI)
    for _ in range(300):
        resume(stranger, **WRONG)
    assert resume(mine, code=draft.answers["resume"], id_number=LI.id_number).path == "/renewal/details"


def test_who_forgets_its_cookies_is_known_by_its_address(app: Flask) -> None:
    assert until_refused(lambda: resume(come_from(app, VILLAGE), **WRONG), 99) == 20
    assert until_refused(lambda: verify(come_from(app, VILLAGE), LI), 99) == 20


def test_the_register_of_names_answers_an_address_that_asks_for_everybody_no_more_often_than_a_village(
    app: Flask, rules
) -> None:
    rules(verify=40, address=100)
    serial = count()
    asked = until_refused(lambda: verify(come_from(app, VILLAGE), person(next(serial) % 500)), 700)
    assert asked == 100
    assert verify(come_from(app, ELSEWHERE), LI).status == 200


def test_the_log_says_once_that_an_address_is_refused_and_not_which(app: Flask, caplog) -> None:
    for _ in range(30):
        resume(come_from(app, VILLAGE), **WRONG)
    said = [record.getMessage() for record in caplog.records]
    assert said == ["one address: too many of resume; a proxy? see RENEWAL_TRUSTED_PROXIES"]


def test_an_attacker_with_a_whole_network_is_one_address(app: Flask) -> None:
    serial = count(1)
    assert until_refused(lambda: resume(come_from(app, f"2001:db8::{next(serial):x}"), **WRONG), 99) == 20


# Five selfies


def test_verifying_again_buys_no_further_selfie(either: Browser) -> None:
    said = []
    for _ in range(7):
        verify(either, LI)
        walk(either, LI, until="face")
        page = either.submit("/renewal/face", method="selfie", consent="yes", selfie=to_bytes(cat()))
        said.append("不能再试" in page.text)
    assert said == [False] * 4 + [True] * 3
    assert "还可以试" not in either.get("/renewal/face").text
    assert either.submit("/renewal/face", method="counter").path == "/renewal/notice"


def test_a_refused_selfie_sent_again_is_one_try(either: Browser) -> None:
    either.hold(carry(either.services, "face"))
    form = either.get("/renewal/face").form("/renewal/face").values
    data = {**form, "method": "selfie", "consent": "yes", "selfie": to_bytes(cat())}
    for _ in range(3):
        either.post("/renewal/face", data)
    assert "还可以试4次" in either.get("/renewal/face").text


# Who is served


def test_a_village_behind_one_address_is_served(app: Flask) -> None:
    for serial in range(60):
        browser = come_from(app, VILLAGE, htmx=serial % 2 == 1)
        browser.get("/renewal/verify")
        walk(browser, person(serial), until="notice", method="selfie" if serial % 10 == 0 else "counter")
        assert browser.page.path == "/renewal/notice"


def test_a_helpers_phone_takes_twenty_people_through_it_in_an_hour(app: Flask) -> None:
    phone = come_from(app, VILLAGE)
    for serial in range(20):
        verify(phone, person(serial, "李春朋"))
        verify(phone, person(serial))
        phone.click("/renewal/register")
        while phone.page.path != "/renewal/notice":
            forward(phone, phone.page.path.removeprefix("/renewal/"), person(serial))


def test_this_machine_itself_is_no_address_where_no_proxy_is_named(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    monkeypatch.setattr(attempts, "count", lambda _services, on: counted.extend(on))
    verify(come_from(app, "127.0.0.1"), LI)
    assert {counter.key[1] for counter in counted} == {"device"}
    verify(come_from(app, VILLAGE), LI)
    assert {counter.key[1] for counter in counted} == {"device", "address"}


def test_a_neighbour_who_knows_the_number_does_not_shut_its_owner_out(app: Flask) -> None:
    mine = come_from(app, VILLAGE)
    verify(mine, LI)
    walk(mine, LI, until="details")
    until_refused(lambda: verify(come_from(app, VILLAGE), LI), 99)
    assert verify(mine, LI).path == "/renewal/details"
    assert verify(come_from(app, ELSEWHERE), LI).status == 200
    assert verify(come_from(app, VILLAGE), person(1)).status == 200


def test_who_asks_from_a_foreign_page_uses_up_nobodys_tries(app: Flask) -> None:
    browser = come_from(app, VILLAGE)
    for _ in range(20):
        assert browser.post("/resume", WRONG).status == 400
    assert resume(browser, **WRONG).status == 422


# Counters


def test_two_apps_over_one_database_share_their_counters(
    app: Flask, settings: Settings, keys: Keys, clock: Clock, database_url
) -> None:
    one = come_from(app, VILLAGE)
    for _ in range(10):
        resume(one, **WRONG)
    other = create_app(replace(settings, database_url=database_url), keys, clock)
    two = Browser(other)
    two.client.set_cookie("device", one.client.get_cookie("device").value)
    assert resume(two, **WRONG).status == 429
    other.extensions["renewal"].services.database.close()


def test_avatars_of_one_browser_do_not_pile_up(app: Flask) -> None:
    browser = come_from(app, VILLAGE)
    cookie = browser.client.get_cookie("device").value
    for _ in range(5):
        browser.client.set_cookie("device", cookie)  # as a client does that keeps none
        browser.get("/profile")
        browser.submit("/profile", avatar_file=portrait_jpeg())
    assert len(stored(browser.services, Avatar)) == 1
    browser.get("/profile")
    browser.submit("/profile", avatar="crane")
    assert len(stored(browser.services, Avatar)) == 0


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Fewer tries of a browser, where many would take long."""

    def change(address: int = 1000, **devices: int) -> None:
        for what, device in devices.items():
            monkeypatch.setitem(RULES, what, type(RULES[what])(device, address))

    return change
