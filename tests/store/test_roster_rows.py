"""The file in pieces, and what is made of it."""

import io
import secrets

import pytest

from renewal.office.acts import COMMAND
from renewal.store import models
from renewal.store.roster_rows import PIECE
from tests.factories import NOON, stored


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 2 * PIECE])
def test_a_file_comes_back_as_it_came(services, size: int) -> None:
    one, data = services.roster_imports.begin("a.csv", COMMAND, NOON), secrets.token_bytes(size)
    services.roster_rows.keep(one.id, io.BytesIO(data))
    with services.roster_rows.file(one.id) as file:
        assert file.read() == data
    assert services.roster_rows.size(one.id) >= size
    pieces = stored(services, models.RosterPiece)
    assert size < 16 or all(data[:100] not in bytes(row.sealed) for row in pieces)  # a byte is there by chance
