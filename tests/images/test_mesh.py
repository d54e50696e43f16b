from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageOps

from renewal.images.face import Face
from renewal.images.looking import find_faces
from renewal.images.mesh import measured
from tests.images import covered as held
from tests.images.coverings import HIDES_MOUTH, HIDES_NOTHING, covered, plain
from tests.images.pictures import astronaut
from tests.images.real import SINGLES

PEOPLE = {case.name: case for case in SINGLES}
WALL = (190, 190, 190)


def present(image: Image.Image | np.ndarray) -> float:
    pixels = np.asarray(image)
    return measured(pixels, find_faces(pixels)[0])[1]


def seen(image: Image.Image | np.ndarray) -> Face:
    pixels = np.asarray(image)
    return measured(pixels, find_faces(pixels)[0])[0]


def off_level(name: str) -> float:
    """Degrees between the measured lean and that of the eyes marked by hand."""
    scene = PEOPLE[name].scene
    return abs(seen(scene.pixels).tilt - scene.marks.tilt)


def test_the_eye_line_of_real_people_is_known_to_a_degree_and_never_wrong_by_two():
    off = {name: off_level(name) for name in PEOPLE}
    assert max(off.values()) < 2, off
    assert np.mean(list(off.values())) < 1, off


def test_eyes_are_where_they_were_marked():
    for name, case in PEOPLE.items():
        marks, face = case.scene.marks, seen(case.scene.pixels)
        for eye, meant in zip(face.eyes, (marks.left_eye, marks.right_eye), strict=True):
            assert np.hypot(*np.subtract(eye, meant)) < 0.07 * face.width, name


def test_the_chin_is_a_little_above_the_one_marked_by_hand():
    depths = []
    for case in PEOPLE.values():
        marks, face = case.scene.marks, seen(case.scene.pixels)
        lean = np.radians(face.tilt)
        marked, found = (np.subtract(chin, face.below_eyes(0)) for chin in (marks.chin, face.chin))
        depths.append(marked @ (-np.sin(lean), np.cos(lean)) / (found @ (-np.sin(lean), np.cos(lean))))
    assert np.mean(depths) == pytest.approx(1.04, abs=0.015), depths
    assert depths == pytest.approx([1.04] * len(depths), abs=0.07), dict(zip(PEOPLE, depths, strict=True))


@pytest.mark.parametrize("degrees", [-30, -12, -6, 6, 12, 30])
def test_the_lean_is_measured_to_a_degree(degrees):
    upright = seen(astronaut(2.0)).tilt
    leaning = seen(astronaut(2.0).rotate(-degrees, fillcolor=WALL)).tilt
    assert leaning - upright == pytest.approx(degrees, abs=1)


@pytest.mark.parametrize(("turns", "tilt"), [(1, -90), (2, 180), (3, 90)])
def test_a_picture_on_its_side_or_head_stays_so(turns, tilt):
    face = seen(np.rot90(np.asarray(astronaut(1.2)), turns))
    assert (face.tilt - tilt + 180) % 360 - 180 == pytest.approx(seen(astronaut(1.2)).tilt, abs=1)


def test_a_mirrored_face_leans_the_other_way():
    face, mirrored = seen(astronaut(1.0)), seen(ImageOps.mirror(astronaut(1.0)))
    assert mirrored.tilt == pytest.approx(-face.tilt, abs=0.5)
    assert 511 - mirrored.chin[0] == pytest.approx(face.chin[0], abs=1.5)
    assert mirrored.eyes[0][0] < mirrored.eyes[1][0]


@pytest.mark.parametrize(
    "change", [{"x": -6}, {"x": 6}, {"y": -6}, {"y": 6}, {"width": 12}, {"width": -12}, {"tilt": 4}, {"tilt": -4}]
)
def test_it_matters_little_where_the_detector_saw_the_face(change):
    pixels = np.asarray(astronaut(1.0))
    (found,) = find_faces(pixels)
    moved = replace(found, **{name: getattr(found, name) + by for name, by in change.items()})
    face, again = measured(pixels, found)[0], measured(pixels, moved)[0]
    assert again.tilt == pytest.approx(face.tilt, abs=1)
    assert np.abs(np.subtract(again.eyes, face.eyes)).max() < 2
    assert again.chin == pytest.approx(face.chin, abs=3)


def test_what_the_detector_said_else_is_kept():
    pixels = np.asarray(astronaut(1.0))
    (found,) = find_faces(pixels)
    face, _ = measured(pixels, found)
    assert replace(face, eyes=found.eyes, chin=found.chin, tilt=found.tilt) == found


@pytest.mark.parametrize("name", HIDES_NOTHING)
def test_glasses_and_beards_change_little(name):
    bare, worn = seen(plain()), seen(covered(HIDES_NOTHING[name]))
    assert worn.tilt == pytest.approx(bare.tilt, abs=1.5)
    assert worn.chin == pytest.approx(bare.chin, abs=10)


@pytest.mark.parametrize("name", PEOPLE)
def test_open_faces_are_present(name):
    assert present(PEOPLE[name].scene.pixels) > 14


@pytest.mark.parametrize("name", HIDES_NOTHING)
def test_glasses_and_beards_leave_a_face_present(name):
    assert present(covered(HIDES_NOTHING[name])) > 14


@pytest.mark.parametrize("name", [name for name in HIDES_MOUTH if "mask in" in name or "scarf" in name])
def test_a_face_behind_cloth_is_hardly_present(name):
    assert present(covered(HIDES_MOUTH[name])) < 10


@pytest.mark.parametrize("paint", [held.surgical_mask, held.hand], ids=["a mask", "a hand"])
@pytest.mark.parametrize("name", ["obama", "obama2", "biden", "6 left"])
def test_a_real_face_behind_a_mask_or_a_hand_is_hardly_present(name, paint):
    pixels = held.on_face(PEOPLE[name].scene, paint).pixels
    assert all(measured(pixels, face)[1] < 10 for face in find_faces(pixels)[:1])
