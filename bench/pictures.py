"""Pictures beside the naive Pillow way, CPU and memory, each in a process of its own: `python -m bench.pictures`."""

import json
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from bench import hostile
from renewal.images.errors import ImageRejected

ROUNDS = 5


def naive(data: bytes) -> bytes:
    """What a first version would do: decode everything, turn it, cut the middle."""
    Image.MAX_IMAGE_PIXELS = None
    image = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")
    buffer = BytesIO()
    ImageOps.fit(image, (295, 413)).save(buffer, "JPEG")
    return buffer.getvalue()


def portrait(data: bytes) -> object:
    from renewal.images.portrait import make_portrait

    return make_portrait(data, whiten=True)


def plain_decode(data: bytes) -> object:
    from renewal.images.decode import decode

    return decode(data, longest=2000)


def faces(data: bytes) -> object:
    from renewal.images.decode import decode
    from renewal.images.faces import find_faces

    if "picture" not in _decoded:
        _decoded["picture"] = decode(data, longest=1200).image
    return find_faces(_decoded["picture"])


_decoded: dict[str, Image.Image] = {}
WAYS: dict[str, Callable[[bytes], object]] = {
    "naive": naive,
    "portrait": portrait,
    "decode": plain_decode,
    "faces": faces,
}


def measured(way: str, path: Path, *, warm: bool, rounds: int = 1) -> dict[str, float | str]:
    """Run one way on one file in a fresh process: CPU ms (best round) and peak MB over the process before it."""
    command = [sys.executable, "-m", "bench.pictures", way, str(path), "warm" if warm else "cold", str(rounds)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        return {
            "ms": float("nan"),
            "mb": float("nan"),
            "idle": float("nan"),
            "said": run.stderr.strip().splitlines()[-1],
        }
    found: dict[str, float | str] = json.loads(run.stdout)
    return found


def child(way: str, path: str, warmth: str, rounds: str) -> None:
    runpy.run_path("gunicorn.conf.py")["on_starting"](None)  # memory is given back as the server gives it back
    data = Path(path).read_bytes()
    if warmth == "warm":
        WAYS[way](Path(path).with_name("small").read_bytes())
        _decoded.clear()
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    idle, times, said = _status("VmRSS"), [], ""
    for _ in range(int(rounds)):
        started = time.process_time()
        try:
            WAYS[way](data)
        except ImageRejected as refusal:
            said = str(refusal)
        times.append(time.process_time() - started)
    print(json.dumps({"ms": min(times) * 1000, "mb": _status("VmHWM") - idle, "idle": idle, "said": said}))


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name + ":"))


def _row(what: str, ours: dict[str, float | str], other: dict[str, float | str] | None = None, goal: str = "") -> None:
    beside = f"{other['ms']:7.0f} {other['mb']:7.1f}" if other else " " * 15
    print(f"{what:34}{ours['ms']:7.0f} {ours['mb']:7.1f}   {beside}   {goal or ours['said']}")


def main() -> None:
    from tests.images.pictures import astronaut, to_bytes
    from tests.images.variants import VARIANTS

    variants = {variant.name: variant for variant in VARIANTS}
    with tempfile.TemporaryDirectory() as folder:
        small, photo = Path(folder, "small"), Path(folder, "photo")
        small.write_bytes(to_bytes(astronaut(1.0)))
        photo.write_bytes(variants["huge photo of 12 MP"].data)
        print(f"{'':34}{'ours':^15}   {'naive Pillow':^15}")
        print(f"{'':34}{'CPU ms':>7} {'+ MB':>7}   {'CPU ms':>7} {'+ MB':>7}")
        peer = measured("naive", photo, warm=True, rounds=ROUNDS)
        ours = measured("portrait", photo, warm=True, rounds=ROUNDS)
        _row("12 MP photo to whitened portrait", ours, peer, "≤ 200 ms")
        _row("  the first one of a worker", measured("portrait", photo, warm=False), None, "with loading OpenCV")
        _row("  its decoding alone", measured("decode", photo, warm=True, rounds=ROUNDS), None, " ")
        wall = Path(folder, "wall")
        wall.write_bytes(to_bytes(astronaut(1200 / 512)))
        _row("a face found at 1200 pixels", measured("faces", wall, warm=True, rounds=ROUNDS), None, "≤ 15 ms")
        print(f"a worker that has seen a photo: {ours['idle']:.0f} MB\n")
        for title, files in (
            ("refused, ≤ 1 s, ≤ 60 MB", hostile.REFUSED),
            ("taken, ≤ 150 MB, one at a time", hostile.AT_THE_LIMIT),
        ):
            print(title)
            for name, make in files.items():
                path = Path(folder, "file")
                path.write_bytes(make())
                _row(f"  {name}", measured("decode", path, warm=True), measured("naive", path, warm=True))


if __name__ == "__main__":
    child(*sys.argv[1:]) if len(sys.argv) > 1 else main()
