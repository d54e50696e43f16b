import pytest

from renewal.wire.trouble import WORDS, ProviderTrouble, Trouble, by_code, said
from tests.naughty import is_sentence

TABLE = {"Limit": Trouble.LIMIT, "Limit.Day": Trouble.ACCOUNT}


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_its_words_with_the_providers_own_code(trouble: Trouble) -> None:
    told = said("腾讯云短信", str(ProviderTrouble(trouble, "A.b")))
    assert is_sentence(f"{told}。")
    assert told == f"腾讯云短信{WORDS[trouble]}（A.b）"
    assert said("腾讯云短信", str(ProviderTrouble(trouble))) == f"腾讯云短信{WORDS[trouble]}"


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("Limit", Trouble.LIMIT),
        ("Limit.Hour", Trouble.LIMIT),
        ("Limit.Day", Trouble.ACCOUNT),
        ("Else", Trouble.OTHER),
        ("", Trouble.OTHER),
    ],
)
def test_a_code_is_known_by_its_longest_beginning(code: str, trouble: Trouble) -> None:
    assert by_code(TABLE, code).trouble is trouble


def test_of_a_code_only_so_much_is_kept() -> None:
    assert len(by_code(TABLE, "x" * 999).code) == 60
