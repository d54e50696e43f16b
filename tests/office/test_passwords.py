from renewal.office import passwords


def test_a_password_fits_its_own_hash_alone():
    hashed = passwords.hash_of("correct horse")
    assert passwords.fits(hashed, "correct horse")
    assert passwords.fits(hashed, "ｃｏｒｒｅｃｔ　ｈｏｒｓｅ"), "typed by an input method"
    assert not passwords.fits(hashed, "Correct horse")
    assert not passwords.fits(hashed, "")
    assert hashed != passwords.hash_of("correct horse")


def test_nobodys_password_fits_nothing():
    assert not any(passwords.fits(passwords.NOBODYS, typed) for typed in ("", "password", passwords.first()))


def test_a_first_password_is_read_off_paper_without_doubt():
    first = passwords.first()
    assert len(first) == 19
    assert not set(first) & set("0O1IL")
    assert first != passwords.first()
