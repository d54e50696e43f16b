"""Real people before and after: refusals, framing, whitening, CPU and memory: `python -m bench.people`.

The old way is the code of BEFORE, taken from git's history into a folder of its own: same pictures, same run.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from renewal.images.errors import ImageRejected

BEFORE = "bdbee04"  # the last one with Haar cascades and GrabCut
ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
Answer = dict[str, Any]


@contextmanager
def old_code() -> Iterator[Path | None]:
    """A folder with the old `renewal` beside today's pictures and measures, or None without the history."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", BEFORE, "renewal", "templates"], cwd=ROOT, capture_output=True)
        if archive.returncode:
            print(f"no column for the old way: {BEFORE} is not in this clone's history\n")
            yield None
            return
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        for name in ("bench", "tests"):
            Path(folder, name).symlink_to(ROOT / name)
        _assets_as_then(Path(folder))
        yield Path(folder)


def _assets_as_then(folder: Path) -> None:
    """Its app starts only where the CSS stands among the files with a hash in their names."""
    dist = folder / "static" / "dist"
    shutil.copytree(ROOT / "static" / "dist", dist)
    manifest = dist / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"app.css": "app.css"}))


def in_process(folder: Path, what: str, *arguments: str) -> Any:
    """What one of the measures below prints, in a fresh process with that folder's code."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.people", what, *arguments], cwd=folder, capture_output=True, text=True
    )
    if run.returncode:
        raise RuntimeError(run.stderr.strip().splitlines()[-1])
    return json.loads(run.stdout)


def judged() -> list[Answer]:
    """Every picture with what came out of it."""
    from tests.images.people import EVERYONE

    return [_answer(case) for case in EVERYONE]


def _answer(case: Any) -> Answer:
    from renewal.images.portrait import make_portrait
    from tests.images import judging

    answer = {"name": case.name, "outcome": case.outcome, "kind": case.kind, "background": case.background}
    try:
        portrait = make_portrait(case.data, whiten=True)
    except ImageRejected as refusal:
        return answer | {"refused": str(refusal)}
    scene = case.scene
    if scene.marks and case.outcome == "taken":
        place = judging.placed(portrait, scene.marks)
        answer |= {
            "lean": place.lean,
            "head": place.head,
            "gap": place.gap,
            "framed": place.is_framed or not case.framed,
        }
    if portrait.whitened and scene.alpha is not None and case.outcome == "taken":
        edge = judging.edge(portrait, scene)
        answer |= {"alpha": edge.alpha, "rim": edge.rim, "good": edge.is_good}
    cut = "cut" in {finding.code for finding in portrait.findings}
    return answer | {"whitened": bool(portrait.whitened), "cut": cut}


def cpu() -> Answer:
    """CPU milliseconds, best of some rounds: a 12-megapixel photo to its whitened portrait, a face at 1200 pixels."""
    from numpy import asarray

    from renewal.images import faces
    from renewal.images.decode import decode
    from renewal.images.portrait import make_portrait
    from tests.images.pictures import astronaut, to_bytes

    photo, near = _photo(), decode(to_bytes(astronaut(1200 / 512)), longest=1200).image
    looked_at = (
        asarray(near) if hasattr(faces, "face_and_others") else near
    )  # pixels, of which a portrait makes one copy
    ways: dict[str, Callable[[], object]] = {
        "portrait": lambda: make_portrait(photo, whiten=True),
        "face": lambda: faces.find_faces(looked_at),
    }
    return {name: min(_milliseconds(way) for _ in range(ROUNDS)) for name, way in ways.items()}


def _photo() -> bytes:
    from tests.images.variants import VARIANTS

    return next(variant for variant in VARIANTS if variant.name == "huge photo of 12 MP").data


def _milliseconds(way: Callable[[], object]) -> float:
    began = time.process_time()
    way()
    return (time.process_time() - began) * 1000


def memory(path: str, warmth: str) -> Answer:
    """PSS in MB of each of two workers after a portrait, forked from a parent that has made one before, or not."""
    from renewal.app import create_app
    from renewal.settings import Settings

    photo, small = Path(path).read_bytes(), Path(path).with_name("small").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder)))  # noqa: F841  # what a worker holds before its first picture
        if warmth == "warm":
            _make(small)
        pipes = [_forked(photo) for _ in range(2)]
        for _, _, done in pipes:
            os.read(done, 1)
        found = [_pss(child) for child, _, _ in pipes]
        for child, release, _ in pipes:
            os.write(release, b".")
            os.waitpid(child, 0)
    return {"workers": found}


def _make(data: bytes) -> None:
    from renewal.images.portrait import make_portrait

    make_portrait(data, whiten=True)


def _forked(photo: bytes) -> tuple[int, int, int]:
    """A child that makes a portrait, says so and waits; its process id and the pipes to release it and to hear it."""
    (waits, release), (done, says) = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        _make(photo)
        os.write(says, b".")
        os.read(waits, 1)
        os._exit(0)
    return child, release, done


def _pss(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def _share(answers: list[Answer], wrong: Callable[[Answer], bool]) -> tuple[str, list[str]]:
    names = [answer["name"] for answer in answers if wrong(answer)]
    return f"{len(names)} of {len(answers)}", names


def _rows(answers: list[Answer]) -> dict[str, tuple[str, list[str]]]:
    """The lines of the table: how many of how many, and the names of those that are wrong."""
    one = [answer for answer in answers if answer["outcome"] == "taken"]
    other = [answer for answer in one if answer["background"] == "other"]
    known = [answer for answer in one if "good" in answer]
    framed = [answer for answer in one if "lean" in answer]
    rows = {"one person, refused wrongly": _share(one, lambda a: "refused" in a)}
    for kind in ("several", "no face", "covered"):
        of_kind = [answer for answer in answers if answer["outcome"] == "refused" and answer["kind"] == kind]
        rows[f"{kind}, taken wrongly"] = _share(of_kind, lambda a: "refused" not in a)
    rows |= {
        "white not offered": _share(other, lambda a: not a.get("whitened")),
        "  of people not cut off": _share([a for a in other if not a.get("cut")], lambda a: not a.get("whitened")),
        "white offered, visibly wrong": _share(known, lambda a: not a["good"]),
        "edge off by (mean alpha)": (f"{_mean(known, 'alpha'):.3f}", []),
        "coloured rim (mean of 255)": (f"{_mean(known, 'rim'):.1f}", []),
        "eyes off level by over 2°": _share(framed, lambda a: abs(a["lean"]) > 2),
        "head or gap outside the rule": _share(framed, lambda a: not a["framed"]),
        "two clerks differ: refused": _share(
            [a for a in answers if a["outcome"] == "either"], lambda a: "refused" in a
        ),
    }
    return rows


def _mean(answers: list[Answer], name: str) -> float:
    return sum(answer[name] for answer in answers) / max(1, len(answers))


GOALS = {
    "one person, refused wrongly": "≤ 3 %",
    "several, taken wrongly": "≤ 2 %",
    "no face, taken wrongly": "≤ 2 %",
    "covered, taken wrongly": "≤ 2 %",
    "white not offered": "≤ 15 %",
    "  of people not cut off": "≤ 15 %",
    "white offered, visibly wrong": "none",
    "eyes off level by over 2°": "≤ 3 %",
    "head or gap outside the rule": "≤ 3 %",
}


def _costs(folder: Path, files: Path) -> dict[str, str]:
    spent = in_process(folder, "cpu")
    each, shared = (in_process(folder, "memory", str(files / "photo"), warmth) for warmth in ("cold", "warm"))
    return {
        "12 MP to whitened portrait, CPU ms": f"{spent['portrait']:.0f}",
        "a face at 1200 pixels, CPU ms": f"{spent['face']:.0f}",
        "two workers after it, PSS MB each": " + ".join(f"{mb:.0f}" for mb in each["workers"]),
        "  loaded before the fork instead": " + ".join(f"{mb:.0f}" for mb in shared["workers"]),
    }


def main() -> None:
    from tests.images.pictures import astronaut, to_bytes

    with old_code() as old, tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        (files / "photo").write_bytes(_photo())
        (files / "small").write_bytes(to_bytes(astronaut(1.0)))
        columns = [place for place in (old, ROOT) if place]
        rows = [_rows(in_process(place, "judged")) for place in columns]
        costs = [_costs(place, files) for place in columns]
    print(f"{'':36}" + "".join(f"{title:>14}" for title in ("before", "now")[-len(columns) :]))
    for what in rows[0]:
        print(f"{what:36}" + "".join(f"{row[what][0]:>14}" for row in rows) + f"   {GOALS.get(what, '')}")
    for what in costs[0]:
        print(f"{what:36}" + "".join(f"{cost[what]:>14}" for cost in costs))
    for title, row in zip(("before", "now")[-len(columns) :], rows, strict=True):
        print(f"\n{title}, by name")
        for what, (_, names) in row.items():
            if names:
                print(f"  {what}: {', '.join(names)}")


MEASURES: dict[str, Callable[..., object]] = {"judged": judged, "cpu": cpu, "memory": memory}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(MEASURES[sys.argv[1]](*sys.argv[2:])))
    else:
        main()
