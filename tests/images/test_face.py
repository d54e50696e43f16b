import pytest

from renewal.images.face import Face


def face(**changes) -> Face:
    looks = {
        "eyes": ((180.0, 140.0), (220.0, 140.0)),
        "nose": (200.0, 160.0),
        "mouth": (200.0, 180.0),
        "ears": ((160.0, 145.0), (240.0, 145.0)),
        "chin": (200.0, 205.0),
        "tilt": 0.0,
        "score": 0.9,
    }
    return Face(150, 110, 100, 100, **(looks | changes))


def test_the_centre_is_the_middle_of_the_box():
    assert face().centre == (200, 160)


def test_a_face_that_looks_at_the_camera_is_not_aside():
    assert face().aside == 0


@pytest.mark.parametrize(("x", "aside"), [(220.0, 0.25), (180.0, -0.25), (240.0, 0.5)])
def test_a_turned_face_has_its_nose_nearer_to_one_ear(x, aside):
    assert face(nose=(x, 160.0)).aside == pytest.approx(aside)


def test_a_turn_is_measured_along_the_ears_of_a_leaning_head():
    lying = face(ears=((200.0, 100.0), (200.0, 180.0)), nose=(150.0, 160.0), tilt=90.0)
    assert lying.aside == pytest.approx(0.25)


def test_ears_in_one_place_are_no_division_by_zero():
    assert face(ears=((200.0, 140.0), (200.0, 140.0))).aside == 0


def test_below_the_eyes_is_towards_the_chin_however_the_head_leans():
    assert face().below_eyes(0.5) == pytest.approx((200, 190))
    assert face(tilt=90.0).below_eyes(0.5) == pytest.approx((150, 140))
    assert face(tilt=180.0).below_eyes(0.5) == pytest.approx((200, 90))


def test_the_points_come_in_the_order_of_the_nets():
    assert face().points.shape == (6, 2)
    assert tuple(face().points[3]) == (200, 180)
