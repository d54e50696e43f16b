import subprocess
import sys
from pathlib import Path

import pytest

from renewal.documents import writing
from renewal.documents.fonts import CHINESE, RARE

ROOT = Path(__file__).parents[2]
LOADED = "import sys, renewal.app; print(*sys.modules)"


@pytest.mark.parametrize("library", ["reportlab", "segno", "openpyxl", "numpy", "cv2"])
def test_no_start_waits_for_what_it_does_not_need(library):
    run = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert library not in run.stdout.split()


def test_a_font_is_known_by_its_path_and_measures_its_characters():
    font = writing.registered(CHINESE[0])
    assert font.fontName == CHINESE[0]
    assert writing.width("监理", CHINESE[0]) == 2 * writing.width("监", CHINESE[0]) > 0


@pytest.mark.parametrize("file", [RARE + ".gone", __file__])
def test_what_is_no_font_is_none(file):
    assert writing.registered(file) is None


def test_the_same_drawing_makes_the_same_bytes_without_letters_for_bytes():
    def drawn() -> bytes:
        canvas = writing.canvas((100, 100))
        canvas.rect(10, 10, 50, 50, fill=1)
        canvas.showPage()
        return bytes(canvas.getpdfdata())

    assert drawn() == drawn()
    assert b"ASCII85" not in drawn()
