from pathlib import Path

import pytest

from renewal.documents.fonts import CHINESE, NO_FONT, RARE, Fonts, NoFont, printable
from renewal.documents.sheet import Sheet
from tests.documents import reading
from tests.factories import NOON


def sheet(fonts: Fonts) -> Sheet:
    return Sheet(fonts, top=50, left=50, right=50, bottom=50, size=12)


def printed(text: str, fonts: Fonts) -> bytes:
    page = sheet(fonts)
    page.paragraph(text, 20)
    return page.pdf("试", "", NOON, "")


def test_without_a_font_a_sentence_says_what_to_install(tmp_path: Path) -> None:
    bare = Fonts(tmp_path, machine=[str(tmp_path / "none.ttc")])
    assert not bare.there
    with pytest.raises(NoFont, match="fonts-wqy-microhei") as told:
        printed("姓名", bare)
    assert str(told.value) == NO_FONT


@pytest.mark.parametrize("content", [b"", b"<html>", b"OTTO" + bytes(400), b"\0\1\0\0" + bytes(400)])
def test_a_file_that_is_no_font_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.ttf").write_bytes(content)
    assert "姓名" in reading.text(printed("姓名", Fonts(tmp_path)))
    with pytest.raises(NoFont):
        printed("姓名", Fonts(tmp_path, machine=[]))


def test_the_offices_own_font_serves_where_the_machine_has_none(tmp_path: Path) -> None:
    (tmp_path / "own.ttc").symlink_to(next(path for path in CHINESE if Path(path).exists()))
    own = Fonts(tmp_path, machine=[])
    assert own.there
    assert "姓名" in reading.text(printed("姓名", own))


def test_names_of_all_peoples_are_printed() -> None:
    for name in ("阿卜杜热合曼·麦麦提", "欧阳龘", "Zoë O'Brien", "堃喆犇"):
        assert name.replace(" ", "") in reading.text(printed(name, Fonts()))


def test_a_character_that_no_font_has_is_printed_as_its_code_point() -> None:
    assert reading.text(printed("王𠮷", Fonts())).startswith("王〔U+20BB7〕")


def test_a_rare_character_comes_from_the_font_for_them() -> None:
    assert reading.text(printed("王㐂、龚䶮", Fonts())).startswith("王㐂、龚䶮")


def test_an_offices_own_font_comes_before_the_machines_for_rare_characters(tmp_path: Path) -> None:
    (tmp_path / "own.ttf").symlink_to(RARE)
    name, _ = list(Fonts(tmp_path).runs("王㐂"))[1]
    assert name == str(tmp_path / "own.ttf")


def test_lines_are_measured_as_they_are_printed() -> None:
    fonts = Fonts()
    assert fonts.measure("汉字", 10) == 20
    assert fonts.measure("𠮷", 10) == fonts.measure("〔U+20BB7〕", 10)


def test_what_cannot_be_seen_or_turns_the_text_is_not_printed() -> None:
    assert printable("济南\u202e司公\u0000某\r\n某\t公司\ud800\u200b") == "济南司公某 某 公司"
