"""Bodies as browsers, old ones too, and strangers send them."""

import logging
from collections.abc import Callable, Iterable
from time import perf_counter
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from flask import Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from renewal.web.form_parser import FormRequest, charset_of
from tests.factories import person
from tests.web.browser import Browser, Page

LI = person()
MULTIPART, URLENCODED = "multipart/form-data; boundary=b", "application/x-www-form-urlencoded"
NAMELESS = {
    "field": (b"Content-Disposition: form-data", b"x"),
    "file": (b'Content-Disposition: form-data; filename="a.jpg"', b"x" * 600_000),
}
Part = tuple[bytes, bytes]


def part(name: str, value: bytes) -> Part:
    return b'Content-Disposition: form-data; name="%s"' % name.encode(), value


def multipart(parts: Iterable[Part], boundary: bytes = b"b") -> bytes:
    """The parts as a multipart body: each its headers and its content."""
    body = b"".join(b"--%s\r\n%s\r\n\r\n%s\r\n" % (boundary, *one) for one in parts)
    return body + b"--%s--\r\n" % boundary


def percent(pairs: Iterable[tuple[str, str]], charset: str) -> bytes:
    return urlencode(list(pairs), encoding=charset).encode()


def bare(pairs: Iterable[tuple[str, str]], charset: str) -> bytes:
    """As some old cores send it: only what means something in a form is quoted."""
    quoted = ("=".join(text.translate({ord(c): quote(c) for c in "%&=+"}) for text in pair) for pair in pairs)
    return "&".join(quoted).encode(charset)


def in_parts(pairs: Iterable[tuple[str, str]], charset: str) -> bytes:
    return multipart(part(name, value.encode(charset)) for name, value in pairs)


def send(browser: Browser, path: str, body: bytes, kind: str = MULTIPART) -> Page:
    return Page(browser.client.post(path, data=body, content_type=kind), path)


def _answered(at, step: str) -> tuple[Browser, list[Part]]:
    """A browser at `step`, and the parts of its form answered well."""
    browser = at(step)
    typed = LI.claim if step == "verify" else LI.details
    values = browser.page.form(f"/renewal/{step}").values | typed
    return browser, [part(name, value.encode()) for name, value in values.items()]


@pytest.mark.parametrize("nameless", [["field"], ["file"], ["field", "file"], ["field", "field", "file", "file"]])
@pytest.mark.parametrize("step", ["verify", "details"])
def test_parts_without_a_name_change_nothing(at, caplog, step: str, nameless: list[str]) -> None:
    browser, parts = _answered(at, step)
    strange = [NAMELESS[kind] for kind in nameless]
    named = (b'Content-Disposition: form-data; name="file"; filename="b.jpg"', b"x")
    with caplog.at_level(logging.ERROR):
        page = send(browser, f"/renewal/{step}", multipart([strange[0], *parts, named, *strange[1:]]))
    assert page.status in (200, 303)
    assert browser.draft().answers[step]["name"] == LI.name
    assert not caplog.records


WRITTEN = {"percent": (percent, URLENCODED), "bare": (bare, URLENCODED), "parts": (in_parts, MULTIPART)}
written = pytest.mark.parametrize(("build", "kind"), WRITTEN.values(), ids=WRITTEN)
Build = Callable[[Iterable[tuple[str, str]], str], bytes]


@written
@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb18030"])
def test_a_name_arrives_in_whichever_bytes_a_browser_writes_it(at, charset: str, build: Build, kind: str) -> None:
    browser = at("verify")
    send(
        browser,
        "/renewal/verify",
        build((browser.page.form("/renewal/verify").values | LI.claim).items(), charset),
        kind,
    )
    assert browser.draft().answers["verify"]["name"] == LI.name


@written
def test_a_whole_form_in_gbk_is_stored_as_it_was_typed(at, build: Build, kind: str) -> None:
    browser = at("details")
    values = browser.page.form("/renewal/details").values | LI.details
    send(browser, "/renewal/details", build(values.items(), "gbk"), kind)
    stored = browser.draft().answers["details"]
    assert {name: stored[name] for name in LI.details} == LI.details


@written
def test_a_refused_form_in_gbk_is_shown_again_as_it_was_typed(at, build: Build, kind: str) -> None:
    browser = at("verify")
    values = browser.page.form("/renewal/verify").values | {"name": "欧阳春明", "id_number": "1"}
    page = send(browser, "/renewal/verify", build(values.items(), "gbk"), kind)
    assert page.status == 422
    assert page.form("/renewal/verify").values["name"] == "欧阳春明"


def _parsed(body: bytes, kind: str = URLENCODED) -> dict[str, str]:
    with FormRequest.from_values(method="POST", data=body, content_type=kind) as request:
        return request.form.to_dict()


@pytest.mark.parametrize("name", ["王娴芳", "隆春", "张联通", "李春明", "𠮷野"])
@written
def test_gbk_that_looks_like_utf_8_here_and_there_is_still_gbk(name: str, build: Build, kind: str) -> None:
    typed = {"name": name, "school": "青岛理工大学", "id_number": LI.id_number}
    assert _parsed(build(typed.items(), "gb18030"), kind) == typed


@pytest.mark.parametrize("name", ["郑伟", "魏志强", "郑平", "谢伟", "谢霞", "肖强", "谢倩"])
@written
def test_a_name_in_gbk_that_could_be_utf_8_is_a_name(name: str, build: Build, kind: str) -> None:
    typed = {"token": "abc.def-9", "name": name, "id_number": LI.id_number}
    assert _parsed(build(typed.items(), "gbk"), kind) == typed


SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
COMMON = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFA) for b in (lead, trail)).decode("gb18030")


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_every_surname_with_every_common_character_is_read_as_it_was_written(charset: str) -> None:
    names = [surname + character for surname in SURNAMES for character in COMMON[::3] + "伟平霞强芸倩侃"]
    written_so = {name: name.encode(charset) for name in names}
    assert [name for name, text in written_so.items() if text.decode(charset_of(text), "replace") != name] == []


@given(st.sampled_from(SURNAMES), st.text(st.sampled_from(COMMON), min_size=1, max_size=2))
def test_so_is_every_name_of_two_or_three_characters(surname: str, given_name: str) -> None:
    for charset in ("utf-8", "gbk"):
        assert _parsed(percent([("name", surname + given_name)], charset)) == {"name": surname + given_name}


THREE_BYTES = st.characters(min_codepoint=0x800, exclude_categories=["Cs"])
FOREIGN = ["José", "Zoë", "É. Dupont", "A·B", "·", "é", "阿里·买买提", "ئالىم", "Привет", "郑·伟é", "20°", "±5"]


@pytest.mark.parametrize("text", FOREIGN)
def test_letters_of_two_bytes_stay_what_they_are_in_utf_8(text: str) -> None:
    assert _parsed(percent([("name", text), ("id_number", "1")], "utf-8"))["name"] == text


@pytest.mark.parametrize("broken", [b"%FF", b"\xff", b"%ED%A0%BD%ED%B8%80", b"%E5%AD"])
def test_one_broken_character_does_not_spoil_utf_8(broken: bytes) -> None:
    """Some cores write an emoji as two halves."""
    read = _parsed(percent([("name", "李春明"), ("school", "青岛理工大学")], "utf-8") + b"%E6%A0%A1" + broken)
    assert (read["name"], read["school"].rstrip("\ufffd")) == ("李春明", "青岛理工大学校")


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_a_picture_comes_with_a_file_name_in_any_bytes(charset: str) -> None:
    headers = b'Content-Disposition: form-data; name="portrait"; filename="%s"' % "照片.jpg".encode(charset)
    body = multipart([(headers, b"\xff\xd8"), part("name", "李春明".encode(charset))])
    with FormRequest.from_values(method="POST", data=body, content_type=MULTIPART) as request:
        assert (request.form["name"], request.files["portrait"].filename) == ("李春明", "照片.jpg")
        assert request.files["portrait"].read() == b"\xff\xd8"


def test_what_is_in_a_file_is_never_taken_for_text() -> None:
    headers = b'Content-Disposition: form-data; name="portrait"; filename="a.jpg"'
    read = _parsed(multipart([(headers, b"\xff" * 1000), part("name", "李春明".encode())]), MULTIPART)
    assert read == {"name": "李春明"}


@given(st.dictionaries(st.text(min_size=1), st.text(st.one_of(st.characters(max_codepoint=0x7F), THREE_BYTES))))
def test_whatever_is_written_in_utf_8_is_read_so(typed: dict[str, str]) -> None:
    assert _parsed(percent(typed.items(), "utf-8")) == typed


@pytest.mark.parametrize(
    "body", [b"", b"&", b"=", b"a", b"a=", b"a=1&a=2", b"a;b=1", b"%", b"a=%zz", b"a=%25+b", b"&&a=b&"]
)
def test_odd_pairs_are_read_as_werkzeug_reads_them(body: bytes) -> None:
    theirs = Request.from_values(method="POST", data=body, content_type=URLENCODED).form
    assert FormRequest.from_values(method="POST", data=body, content_type=URLENCODED).form == theirs


@given(st.text("&=+;%241 a") | st.text("%246", min_size=4))
def test_pairs_of_any_form_are_taken_apart_as_the_standard_library_does(body: str) -> None:
    read = FormRequest.from_values(method="POST", data=body.encode(), content_type=URLENCODED).form
    assert read == MultiDict(parse_qsl(body, keep_blank_values=True))  # the values of one name in their order


@pytest.mark.parametrize("pattern", ["a", "郑伟", "a郑", "é", "黎春", "校"])
def test_a_long_text_takes_no_longer_than_its_length_asks(pattern: str) -> None:
    for charset in ("utf-8", "gbk"):
        begun = perf_counter()
        charset_of((pattern * 500_000).encode(charset, "replace")[:500_000])
        assert perf_counter() - begun < 2
