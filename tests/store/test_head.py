import pytest

from renewal.domain.errors import InvalidValue
from renewal.store.head import BEGINNING, Head

HASH = "0f" * 32


@pytest.mark.parametrize(
    "text", [f"12:{HASH}", f" 12 : {HASH} ", f"１２：{HASH}", f"12:{HASH.upper()}", f"12：{HASH}\n"]
)
def test_a_head_is_read_as_people_copy_it(text: str) -> None:
    assert Head.typed(text) == Head(12, HASH)
    assert str(Head.typed(text)) == f"12:{HASH}"


@pytest.mark.parametrize("text", ["", HASH, f"12 {HASH}", f"12:{HASH[1:]}", f"-1:{HASH}", f"{'9' * 19}:{HASH}"])
def test_what_is_none_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidValue, match="序号、冒号、64位字符"):
        Head.typed(text)


def test_the_beginning_can_be_written_down_too() -> None:
    assert Head.typed(str(BEGINNING)) == BEGINNING
