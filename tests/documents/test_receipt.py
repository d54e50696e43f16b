import cv2
import numpy as np

from renewal.documents.fonts import Fonts
from renewal.documents.receipt import receipt
from tests.documents import reading
from tests.documents.papers import NUMBER, OFFICE, receipt_paper

FONTS = Fonts()


def test_it_says_what_the_public_page_says() -> None:
    (page,) = reading.pages(receipt(receipt_paper(), FONTS))
    for words in ("申请回执", NUMBER, "姓名李*明", "证件号码3701**********0074", OFFICE, "不等于已经受理"):
        assert words in page


def test_its_code_leads_to_that_page() -> None:
    pixels = np.asarray(reading.picture(receipt(receipt_paper(), FONTS), scale=3))
    found, *_ = cv2.QRCodeDetector().detectAndDecode(pixels)
    assert found == receipt_paper().address


def test_it_is_the_same_file_each_time() -> None:
    assert receipt(receipt_paper(), FONTS) == receipt(receipt_paper(), Fonts())
