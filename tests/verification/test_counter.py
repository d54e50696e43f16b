from renewal.domain.trust import Trust
from renewal.verification.counter import Counter
from tests.factories import portrait_jpeg


def test_it_goes_on_without_any_picture():
    proof = Counter().prove([], [])
    assert (proof.trust, proof.picture, proof.perceptual_hash) == (Trust.CAPTURED, None, None)


def test_a_picture_that_comes_along_is_not_kept():
    assert Counter().prove([portrait_jpeg()], [1]).picture is None


def test_it_takes_no_face_and_so_needs_no_consent():
    assert not Counter.needs_consent
    assert "身份证件" in Counter.text
