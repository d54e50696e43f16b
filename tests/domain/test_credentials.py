import pytest

from renewal.domain.credentials import COMMON, as_typed, chosen, password, username
from renewal.domain.errors import InvalidValue


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王科员", "王科员"),
        (" Wang ", "wang"),
        ("ｗａｎｇ", "wang"),
        ("li.wei-2@x", "li.wei-2@x"),
        ("Li  Wei", "li wei"),
    ],
)
def test_a_name_is_found_however_it_is_typed(typed, name):
    assert username(typed) == name


@pytest.mark.parametrize("typed", ["", " ", "王" * 31, "<b>", "a\tb/", "'; --", "\N{PILE OF POO}"])
def test_what_is_no_name_is_refused_in_words(typed):
    with pytest.raises(InvalidValue, match="用户名"):
        username(typed)


@pytest.mark.parametrize(
    "good",
    ["三更灯火五更鸡正是男儿", "correct horse", "7KQM-2XWD-9HTA-XXYZ", "x1!" * 4 + "fghj", "王科员爱吃泉城的油旋儿"],
)
def test_what_is_long_and_not_common_is_taken(good):
    assert password(good, "王科员") == good


@pytest.mark.parametrize("short", ["", "x7!kq", "三更灯火五更鸡", "q8#kd92mz"])
def test_nine_characters_are_too_few(short):
    with pytest.raises(InvalidValue, match="至少10位"):
        password(short, "wang")


def test_the_longest_has_128_characters():
    longest = "".join(chr(0x4E00 + at) for at in range(128))
    assert password(longest, "wang") == longest
    with pytest.raises(InvalidValue, match="不要超过128位"):
        password(longest + "x", "wang")


COMMON_ONES = [
    "1234567890",
    "Password123",
    "P@SSW0RD123",
    "q1w2q1w2q1w2",
    "aaaaaaaaaaaa",
    "abcdefghijk",
    "0987654321098",
    "qwertyuiop",
    "woaini1314",
]


@pytest.mark.parametrize("common", COMMON_ONES)
def test_what_everybody_chooses_is_refused(common):
    with pytest.raises(InvalidValue, match="容易被猜到"):
        password(common, "wang")


@pytest.mark.parametrize("own", ["wangwei2026", "yanxu12345", "renewal2026!", "WangWei-2026"])
def test_the_own_name_or_the_systems_is_no_password(own):
    with pytest.raises(InvalidValue, match="容易被猜到"):
        password(own, "wangwei")


def test_the_list_has_none_that_would_be_too_short_anyway():
    assert COMMON
    assert {word for word in COMMON if len(word) < 10 or word != word.lower()} == set()


def test_full_width_letters_are_the_same_password():
    assert as_typed("ｃｏｒｒｅｃｔ　ｈｏｒｓｅ") == "correct horse" == password("correct horse", "wang")


def test_a_password_is_typed_twice_alike():
    assert chosen("correct horse", "correct horse", "wang") == "correct horse"
    with pytest.raises(InvalidValue, match="两次填写的密码不一样"):
        chosen("correct horse", "correct horsf", "wang")
