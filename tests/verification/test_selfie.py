import pytest

from renewal.domain.trust import Trust
from renewal.verification.method import VerificationRefused
from renewal.verification.selfie import Selfie
from tests.factories import portrait_jpeg
from tests.images.pictures import astronaut, coffee, opened, to_bytes
from tests.naughty import is_sentence


def test_a_selfie_shows_that_somebody_is_there_and_not_who():
    proof = Selfie().prove([portrait_jpeg()], [])
    assert proof.trust is Trust.CAPTURED
    assert opened(proof.picture).format == "JPEG"
    assert 0 <= proof.perceptual_hash < 2**64


def test_no_picture_is_asked_for_and_another_way_named():
    with pytest.raises(VerificationRefused, match="到窗口核验"):
        Selfie().prove([], [])


def test_the_first_of_several_pictures_counts():
    pictures = [portrait_jpeg(), b"no picture"]
    assert Selfie().prove(pictures, []).perceptual_hash == Selfie().prove(pictures[:1], []).perceptual_hash


def test_a_picture_sent_before_is_refused():
    earlier = Selfie().prove([portrait_jpeg()], []).perceptual_hash
    with pytest.raises(VerificationRefused, match="用过"):
        Selfie().prove([to_bytes(astronaut(1.5), quality=60)], [1, earlier])


def test_other_pictures_sent_before_do_not_matter():
    earlier = Selfie().prove([portrait_jpeg()], []).perceptual_hash
    assert Selfie().prove([portrait_jpeg()], [earlier ^ 0xFFFF]).picture


@pytest.mark.parametrize("picture", [b"", b"GIF89a", portrait_jpeg()[:500], to_bytes(coffee())], ids=range(4))
def test_what_shows_nobody_is_refused_in_words(picture):
    with pytest.raises(VerificationRefused) as refused:
        Selfie().prove([picture], [])
    assert is_sentence(str(refused.value))


def test_it_needs_consent_and_says_what_becomes_of_the_picture():
    assert Selfie.needs_consent
    assert "比对后删除" in Selfie.text
