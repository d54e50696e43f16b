from renewal.forms.pictures import PICTURES, PORTRAIT, SIGNATURE


def test_a_portrait_and_a_signature_are_asked_for():
    assert PICTURES == (PORTRAIT, SIGNATURE)
    assert [picture.kind for picture in PICTURES] == ["portrait", "signature"]


def test_a_phone_shrinks_each_to_what_a_slow_line_carries():
    for picture in PICTURES:
        longest, size = picture.shrink
        assert longest >= 413, "the one-inch photo is cut from it"
        assert size <= 100_000
