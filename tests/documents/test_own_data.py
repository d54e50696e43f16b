from renewal.documents.fonts import Fonts
from renewal.documents.own_data import OwnPaper, Part, own_data
from tests.documents.reading import pages, text
from tests.factories import NOON, person, portrait_jpeg, signature_png

ROWS = list(person().details.items())
PART = Part(
    "已经提交的申请",
    ROWS,
    [("照片", portrait_jpeg()), ("签名", signature_png())],
    [("2026/06/15 12:00", "工作人员查看")],
)
PAPER = OwnPaper([("昵称", "小李")], [PART], NOON, "某某注册中心")


def printed(paper: OwnPaper = PAPER) -> str:
    return text(own_data(paper, Fonts()))


def test_all_of_it_is_there_unmasked() -> None:
    said = printed()
    for word in ("个人信息复制件", "小李", *dict(ROWS).values(), "照片", "签名", "谁看过", "工作人员查看"):
        assert word in said
    assert "复制时间：2026/06/1512:00" in said


def test_the_same_data_make_the_same_bytes() -> None:
    assert own_data(PAPER, Fonts()) == own_data(PAPER, Fonts())


def test_nothing_is_said_of_what_there_is_not() -> None:
    said = printed(OwnPaper([], [Part("尚未提交的申报", [("姓名", "李春明")])], NOON))
    assert "谁看过" not in said
    assert "这台设备" not in said


def test_many_parts_go_on_on_further_pages() -> None:
    assert len(pages(own_data(OwnPaper([], [PART] * 4, NOON), Fonts()))) >= 3
