"""The library behind the papers, from its own side."""

import subprocess
import sys
from pathlib import Path

from renewal.documents import writing
from renewal.documents.fonts import CHINESE

LOADED = "import sys, wsgi; print(*sorted({'reportlab', 'segno'} & set(sys.modules)))"


def test_no_start_waits_for_what_writes_papers(tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={"RENEWAL_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert started.stdout.strip() == ""


def test_the_same_drawing_makes_the_same_bytes() -> None:
    first, second = (writing.canvas((100, 100)) for _ in range(2))
    assert first.getpdfdata() == second.getpdfdata()


def test_a_width_grows_with_the_text() -> None:
    font = next(path for path in CHINESE if Path(path).exists())
    assert writing.registered(font) is not None
    assert writing.width("姓名", font) == 2 * writing.width("姓", font) > 0


def test_a_file_that_is_no_font_is_none(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"<html>")
    assert writing.registered(str(tmp_path / "broken.ttf")) is None
