"""附件 over HTTP: put, shown, replaced, removed, refused in words."""

import re
from base64 import b64encode
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from PIL import Image

from renewal.web.errors import OTHER_ANSWERS
from renewal.web.session_expired import STALE
from tests.factories import carry, portrait_jpeg, signature_png
from tests.images.pictures import sheet, sign, to_bytes
from tests.web.browser import HTMX, Browser, walk

PORTRAIT, SIGNATURE = "/renewal/attachments/portrait", "/renewal/attachments/signature"
TITLES = {"portrait": "一寸白底免冠照", "signature": "手写签名", "selfie": "自拍"}
GOOD = {"portrait": portrait_jpeg(), "signature": signature_png()}


def _animated(kind: str) -> bytes:
    first, second = sheet((400, 500)), sheet((400, 500), paper="black")
    return to_bytes(first, kind, save_all=True, append_images=[second], duration=50)


def _zipped() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("photo.jpg", portrait_jpeg())
    return buffer.getvalue()


def _huge() -> bytes:
    """A PNG whose header claims 30,000×30,000 pixels."""
    small = to_bytes(sheet((40, 40)), "PNG")
    return small[:16] + (30_000).to_bytes(4, "big") * 2 + small[24:]


BAD: dict[str, bytes] = {
    "empty": b"",
    "text": "这不是照片".encode(),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "zip": _zipped(),
    "animated gif": _animated("GIF"),
    "animated webp": _animated("WEBP"),
    "truncated": portrait_jpeg()[:5000],
    "header only": portrait_jpeg()[:3],
    "huge": _huge(),
    "tiny": to_bytes(sheet((1, 1)), "PNG"),
    "thread": to_bytes(sheet((2000, 40)), "PNG"),
    "polyglot": portrait_jpeg() + _zipped(),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("field", ["portrait", "signature"])
def test_a_bad_file_is_refused_in_words(at, field: str, kind: str) -> None:
    browser = at("attachments")
    before = browser.draft()
    page = browser.submit(f"/renewal/attachments/{field}", **{field: BAD[kind]})
    assert page.status == 422
    sentence = page.errors[field]
    assert sentence.endswith("。") or sentence.startswith("请")
    assert (field, f"{TITLES[field]}：{sentence}") in page.summary
    assert field in page.invalid
    assert page.title.startswith("请改正：")
    assert browser.draft() == before
    assert browser.submit(f"/renewal/attachments/{field}", **{field: GOOD[field]}).status == 200


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_selfie_is_refused_in_words(at, kind: str) -> None:
    browser = at("face")
    page = browser.submit("/renewal/face", method="selfie", consent="yes", selfie=BAD[kind])
    assert page.status == 422
    assert ("selfie", f"自拍：{page.errors['selfie']}") in page.summary
    form = page.form("/renewal/face").values
    assert (form["method"], form["consent"]) == ("selfie", "yes")
    assert "到窗口核验" in page.text
    assert "face" not in browser.draft().answers


def test_no_file_at_all_is_asked_for(at) -> None:
    browser = at("attachments")
    assert browser.submit(PORTRAIT).errors == {"portrait": "请选择要上传的一寸白底免冠照"}
    assert browser.submit(SIGNATURE).errors == {"signature": "请选择要上传的手写签名"}


def test_a_file_input_left_empty_counts_as_none(at) -> None:
    browser = at("attachments")
    hidden = browser.page.form(PORTRAIT).values
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in hidden.items())
    body += '--b\r\nContent-Disposition: form-data; name="portrait"; filename=""\r\n\r\n\r\n--b--\r\n'
    answer = browser.client.post(PORTRAIT, data=body.encode(), content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 422
    assert "请选择要上传的一寸白底免冠照" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("field", ["portrait", "signature"])
def test_a_picture_is_put_shown_and_removed(app: Flask, field: str, htmx: bool) -> None:
    browser = Browser(app, htmx).hold(carry(app.extensions["renewal"].services, "attachments"))
    path = f"/renewal/attachments/{field}"
    browser.get("/renewal/attachments")
    page = browser.submit(path, **{field: GOOD[field]})
    assert (page.status, page.path) == (200, "/renewal/attachments")
    assert {image.split("?")[0] for image in page.images} == {path}
    assert len(browser.client.get(page.images[0]).data) <= 10_000  # what a page shows is small
    picture = Image.open(BytesIO(browser.client.get(path).data))
    assert picture.format == ("JPEG" if field == "portrait" else "PNG")
    assert field == "signature" or picture.size == (295, 413)
    page = browser.submit(path, ("remove", "1"))
    assert not page.images
    assert browser.client.get(path).status_code == 404


@pytest.mark.parametrize(("accepts", "type_"), [("image/avif,image/webp,*/*;q=0.8", "webp"), ("image/*", "jpeg")])
def test_a_page_shows_the_photo_as_small_as_its_browser_can_read_it(app: Flask, accepts: str, type_: str) -> None:
    browser = Browser(app).hold(carry(app.extensions["renewal"].services, "review"))
    answer = browser.client.get(f"{PORTRAIT}?small", headers={"Accept": accepts})
    assert answer.headers["Content-Type"] == f"image/{type_}"
    assert (Image.open(BytesIO(answer.data)).format or "").lower() == type_


@pytest.mark.parametrize(
    ("address", "accepts", "type_"),
    [
        (f"{SIGNATURE}?small", "image/avif,image/webp,*/*;q=0.8", "webp"),
        (f"{SIGNATURE}?small", "image/*", "png"),
        (SIGNATURE, "image/webp", "png"),
    ],
)
def test_the_signature_as_it_is_kept_is_the_png_and_on_a_page_what_its_browser_can_read(
    app: Flask, address: str, accepts: str, type_: str
) -> None:
    browser = Browser(app).hold(carry(app.extensions["renewal"].services, "review"))
    answer = browser.client.get(address, headers={"Accept": accepts})
    assert answer.headers["Content-Type"] == f"image/{type_}"
    assert (Image.open(BytesIO(answer.data)).format or "").lower() == type_


@pytest.mark.parametrize(
    ("step", "path", "field"),
    [
        ("attachments", PORTRAIT, "portrait"),
        ("attachments", SIGNATURE, "signature"),
        ("face", "/renewal/face", "selfie"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_picture_too_heavy_is_refused_beside_it(app: Flask, step: str, path: str, field: str, htmx: bool) -> None:
    browser = Browser(app, htmx).hold(carry(app.extensions["renewal"].services, step))
    browser.get(f"/renewal/{step}")
    page = browser.submit(path, **{field: bytes(21 * 1024 * 1024)})
    assert page.status == 413
    assert page.whole != htmx
    assert page.errors[field].startswith("文件太大了")
    assert (field, f"{TITLES[field]}：{page.errors[field]}") in page.summary
    assert field in page.invalid
    if field != "selfie":
        assert browser.submit(path, **{field: GOOD[field]}).images


def test_a_picture_too_heavy_is_never_answered_with_another_persons_step(at) -> None:
    browser = at("attachments")
    browser.hold(carry(browser.services, "attachments")).get("/renewal/attachments")
    page = browser.submit(PORTRAIT, portrait=bytes(21 * 1024 * 1024))
    assert (page.status, page.errors) == (413, {})
    assert "文件太大了" in page.text


def test_a_picture_too_heavy_from_a_stranger_opens_nothing(app: Flask) -> None:
    browser = Browser(app)
    browser.introduce()
    page = browser.post(PORTRAIT, {"portrait": bytes(21 * 1024 * 1024)})
    assert (page.status, page.errors) == (413, {})


@pytest.mark.parametrize("put", [False, True])
@pytest.mark.parametrize("path", [PORTRAIT, SIGNATURE])
def test_who_comes_to_a_pictures_address_is_led_to_its_step(at, path: str, put: bool) -> None:
    browser = at("review" if put else "attachments")
    page = browser.get(path, {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (page.status, page.path) == (200, "/renewal/attachments")


def test_a_replaced_picture_has_a_new_address(at) -> None:
    browser = at("attachments")
    addresses, pictures = [], []
    for width in (6, 12):
        page = browser.submit(SIGNATURE, signature=to_bytes(sign(sheet(), width=width), "PNG"))
        addresses += page.images
        pictures.append(browser.client.get(page.images[0]).data)
    assert len(set(addresses)) == len(set(pictures)) == 2


def test_two_pictures_uploaded_at_once_do_not_refuse_each_other(at) -> None:
    browser = at("attachments")
    tab = browser.tab()
    tab.get("/renewal/attachments")
    assert browser.submit(PORTRAIT, portrait=GOOD["portrait"]).status == 200
    page = tab.submit(SIGNATURE, signature=GOOD["signature"])
    assert page.status == 200
    assert {image.split("?")[0] for image in page.images} == {PORTRAIT, SIGNATURE}
    assert tab.submit("/renewal/attachments").path == "/renewal/commitment"


def test_an_upload_posted_twice_is_put_once(at) -> None:
    browser = at("attachments")
    data = {**browser.page.form(PORTRAIT).values, "portrait": GOOD["portrait"]}
    for _ in range(2):
        assert browser.post(PORTRAIT, data).status == 200
    assert [step for step, _, _ in browser.draft().history].count("portrait") == 1


def test_a_removed_picture_shuts_the_review(at) -> None:
    browser = at("review")
    tab = browser.tab()
    tab.get("/renewal/attachments")
    tab.submit(PORTRAIT, ("remove", "1"))
    page = browser.submit("/renewal/review")
    assert page.status == 409
    assert page.form(PORTRAIT)
    assert browser.get("/renewal/commitment").path == "/renewal/attachments"


def test_a_signature_may_come_from_the_pad(at) -> None:
    browser = at("attachments")
    drawn = "data:image/png;base64," + b64encode(signature_png()).decode()
    data = {**browser.page.form(SIGNATURE).values, "signature_data": drawn}
    assert len(browser.post(SIGNATURE, data).images) == 1


@pytest.mark.parametrize(
    "drawn",
    [
        "data:image/png;base64,",
        "data:image/png;base64,!!!!",
        "data:image/png;base64," + b64encode(b"hello").decode(),
        "data:image/svg+xml;base64," + b64encode(BAD["svg"]).decode(),
        "data:text/html,<script>",
        "data:image/png;base64," + b64encode(to_bytes(sheet(), "PNG")).decode(),
        "签名",
        "x" * 1000,
    ],
)
def test_a_drawing_that_is_none_is_refused_in_words(at, drawn: str) -> None:
    browser = at("attachments")
    page = browser.post(SIGNATURE, {**browser.page.form(SIGNATURE).values, "signature_data": drawn})
    assert page.status == 422
    assert page.errors["signature"]
    assert "pictures" not in browser.draft().answers


def test_metadata_does_not_come_along(at) -> None:
    photo = Image.open(BytesIO(portrait_jpeg()))
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "SecretPhone", "SecretPlace"
    browser = at("attachments")
    page = browser.submit(PORTRAIT, portrait=to_bytes(photo, exif=exif))
    assert b"Secret" not in browser.client.get(page.images[0]).data


def test_a_page_that_was_just_left_still_gets_its_pictures(app) -> None:
    """A slow phone asks for the review's pictures when the submission is done already."""
    browser = Browser(app)
    walk(browser, until="review")
    images = [image for image in browser.page.images if "attachments" in image]
    browser.submit("/renewal/review")
    assert [browser.get(image).headers["Content-Type"] for image in images] == ["image/jpeg", "image/png"]


# One's place on the page

PRESSES = {"adjust": "larger", "background": "plain", "remove": "1"}


@pytest.mark.parametrize("field", ["portrait", "signature"])
def test_without_a_script_an_upload_leads_back_to_its_card(at, field: str) -> None:
    page = at("attachments").submit(f"/renewal/attachments/{field}", **{field: GOOD[field]})
    assert page.place == field
    assert "已保存" in page.ids[field]


@pytest.mark.parametrize("name", PRESSES)
def test_without_a_script_every_button_of_a_picture_leads_back_to_its_card(at, name: str) -> None:
    browser = at("review")
    browser.get("/renewal/attachments")
    assert browser.submit(PORTRAIT, (name, PRESSES[name])).place == "portrait"


def test_with_a_script_the_address_stays_the_steps(app: Flask) -> None:
    browser = Browser(app, htmx=True).hold(carry(app.extensions["renewal"].services, "attachments"))
    browser.get("/renewal/attachments")
    page = browser.submit(SIGNATURE, signature=GOOD["signature"])
    assert page.headers["HX-Push-Url"] == "/renewal/attachments"


def test_with_a_script_the_step_stands_in_the_history_once(at) -> None:
    browser = at("attachments")
    data = {**browser.page.form(SIGNATURE).values, "remove": "1"}
    told = {**HTMX, "HX-Current-URL": "http://localhost/renewal/attachments"}
    answer = browser.client.post(SIGNATURE, data=data, headers=told)
    assert answer.status_code == 200
    assert "HX-Push-Url" not in answer.headers


@pytest.mark.parametrize("htmx", [False, True])
def test_a_page_without_a_script_opens_at_the_card_that_was_refused(app: Flask, htmx: bool) -> None:
    browser = Browser(app, htmx).hold(carry(app.extensions["renewal"].services, "attachments"))
    browser.get("/renewal/attachments")
    page = browser.submit(SIGNATURE, signature=b"hello")
    came_to = [given["id"] for _, given in page.tags if "autofocus" in given]
    assert came_to == ([] if htmx else ["signature-camera"])
    assert page.errors["signature"] in page.ids["signature"]


def test_a_page_that_misses_both_opens_at_its_summary(at) -> None:
    page = at("attachments").submit("/renewal/attachments")
    assert not any("autofocus" in given for _, given in page.tags)
    assert page.summary == [("portrait", "请上传一寸白底免冠照"), ("signature", "请上传手写签名")]


def _told(page, sentence: str) -> list[str]:
    """In which cards a sentence stands, once in all."""
    assert page.text.count(sentence) == 1
    return [card for card in ("portrait", "signature") if sentence in page.ids[card]]


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_form_of_a_picture_is_told_in_its_card(app: Flask, htmx: bool) -> None:
    browser = Browser(app, htmx).hold(carry(app.extensions["renewal"].services, "review"))
    browser.get("/renewal/attachments")
    form = browser.page.form(SIGNATURE).values
    page = browser.post(SIGNATURE, {**form, "token": "forged", "remove": "1"})
    assert page.status == 409
    assert _told(page, STALE) == ["signature"]


@pytest.mark.parametrize("htmx", [False, True])
def test_another_picture_from_an_old_tab_is_told_in_its_card(app: Flask, htmx: bool) -> None:
    browser = Browser(app, htmx).hold(carry(app.extensions["renewal"].services, "attachments"))
    browser.get("/renewal/attachments")
    tab = browser.tab()
    tab.get("/renewal/attachments")
    browser.submit(SIGNATURE, signature=GOOD["signature"])
    page = tab.submit(SIGNATURE, signature=to_bytes(sign(sheet(), width=12), "PNG"))
    assert _told(page, OTHER_ANSWERS) == ["signature"]


# What can be seen of a picture


@pytest.mark.parametrize("field", ["portrait", "signature"])
def test_a_removal_is_asked_for_and_then_told(at, field: str) -> None:
    browser = at("review")
    page = browser.get("/renewal/attachments")
    asked = page.html.split("<summary>删除</summary>")[1:]
    assert len(asked) == 2
    assert all("不能恢复" in part.split("</details>")[0] for part in asked)
    assert all('name="remove"' in part.split("</details>")[0] for part in asked)
    assert page.html.count('name="remove"') == 2, "no other button removes anything"
    page = browser.submit(f"/renewal/attachments/{field}", ("remove", "1"))
    other = {"portrait": "signature", "signature": "portrait"}[field]
    assert "已删除" in page.ids[field]
    assert "已保存" in page.ids[other]


def test_a_card_that_never_had_a_picture_says_nothing_of_a_removal(at) -> None:
    assert "已删除" not in at("attachments").page.text


def test_the_chosen_background_stays_in_its_place(at) -> None:
    """The other one is offered beside it, white always first."""
    browser = at("attachments")
    page = browser.submit(PORTRAIT, portrait=GOOD["portrait"])
    assert page.text.index("已选白色背景") < page.text.index("改用原图")
    page = browser.submit(PORTRAIT, ("background", "plain"))
    assert page.text.index("改用白色背景") < page.text.index("已选原图")


@pytest.mark.parametrize("path", ["/renewal/attachments", "/renewal/review"])
def test_nobody_is_told_how_many_bytes_a_picture_has(at, path: str) -> None:
    page = at("review").get(path)
    assert page.images
    assert not re.search(r"(?<![\w-])[0-9.]+\s*KB(?![\w-])", page.text)  # a resume code may have these letters
