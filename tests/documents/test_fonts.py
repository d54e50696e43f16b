from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics

from renewal.documents import fonts
from renewal.documents.fonts import CHINESE, NO_FONT, RARE, Fonts, NoFont, printable
from renewal.documents.sheet import Sheet
from tests.documents import reading
from tests.factories import NOON


def sheet(of: Fonts) -> Sheet:
    return Sheet(of, top=50, left=50, right=50, bottom=50, size=12)


def printed(text: str, of: Fonts) -> bytes:
    page = sheet(of)
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


def test_an_offices_own_font_serves_for_characters_that_the_machine_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.ttf").symlink_to(RARE)
    monkeypatch.setattr(fonts, "RARE", "nowhere")
    assert reading.text(printed("王㐂", Fonts())).startswith("王〔U+3402〕")
    assert reading.text(printed("王㐂", Fonts(tmp_path))).startswith("王㐂")


def test_characters_beyond_the_first_plane_can_be_copied_out_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    list(Fonts().runs("㐂"))
    face = pdfmetrics.getFont(RARE).face  # has no such character: it is given the shape and width of another
    for facts in ("charToGlyph", "charWidths"):
        said = getattr(face, facts)
        monkeypatch.setattr(face, facts, said | {ord("𠮷"): said[ord("吉")]})
    assert reading.text(printed("王𠮷小㐂", Fonts())).startswith("王𠮷小㐂")


def test_lines_are_measured_as_they_are_printed() -> None:
    measure = Fonts().measure
    assert measure("汉字", 10) == 20
    assert measure("𠮷", 10) == measure("〔U+20BB7〕", 10)


def test_what_cannot_be_seen_or_turns_the_text_is_not_printed() -> None:
    assert printable("济南\u202e司公\u0000某\r\n某\t公司\ud800\u200b") == "济南司公某 某 公司"
