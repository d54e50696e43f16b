import re
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from markupsafe import Markup

from renewal.documents.qr import qr_png, qr_svg

RECEIPT = "https://renewal.example.org/receipts/MTIz.abcdefghijklmnopqrstuvwxyz0"
QUIET = 4
MODULE = 8  # pixels


def drawn(svg: str) -> np.ndarray:
    """The modules of the picture as pixels, black on white: its path moves along rows and draws runs."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    modules = np.full((side, side), 255, np.uint8)
    x, y = 0.0, 0.0
    path = ElementTree.fromstring(svg).findall("path")[-1].get("d")
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path):
        if command == "h":
            modules[int(y), int(x) : int(x) + int(first)] = 0
            x += float(first)
        elif command == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    return np.kron(modules, np.ones((MODULE, MODULE), np.uint8))


def read(svg: str) -> str:
    return cv2.QRCodeDetector().detectAndDecode(drawn(svg))[0]


# A few fixed addresses: OpenCV's reader misses a sound code now and then, a phone's does not.
@pytest.mark.parametrize(
    "address",
    [RECEIPT, "http://127.0.0.1:8000/receipts/MQ.x-_Y0", "https://yanxu.jinan.gov.cn/receipts/" + "aB3_" * 12],
)
def test_a_phone_reads_the_address(address):
    assert read(qr_svg(address)) == address


def test_it_reads_with_a_smear_over_it():
    pixels = drawn(qr_svg(RECEIPT))
    middle = pixels.shape[0] // 2
    pixels[middle : middle + 2 * MODULE, middle : middle + 3 * MODULE] = 0
    assert cv2.QRCodeDetector().detectAndDecode(pixels)[0] == RECEIPT


def test_the_ground_around_it_is_quiet():
    pixels = drawn(qr_svg(RECEIPT))
    edge = QUIET * MODULE
    assert pixels[:edge].min() == pixels[-edge:].min() == pixels[:, :edge].min() == pixels[:, -edge:].min() == 255
    assert pixels[edge : 2 * edge].min() == 0


def test_it_stands_in_the_page_at_the_size_the_page_says():
    svg = qr_svg(RECEIPT)
    assert isinstance(svg, Markup)
    root = ElementTree.fromstring(svg)
    assert root.tag == "svg"
    assert "width" not in root.attrib
    assert "height" not in root.attrib
    assert "style" not in svg, "the page's policy would refuse it"


@pytest.mark.parametrize("address", ['https://x/"><script>alert(1)</script>', "https://x/?a=1&b=<b>"])
def test_nothing_of_the_address_is_markup(address):
    svg = qr_svg(address)
    assert "script" not in svg
    assert "&" not in svg
    assert ElementTree.fromstring(svg) is not None


def test_the_png_reads_alike():
    pixels = cv2.imdecode(np.frombuffer(qr_png(RECEIPT), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert cv2.QRCodeDetector().detectAndDecode(pixels)[0] == RECEIPT
