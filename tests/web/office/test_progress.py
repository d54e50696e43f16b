"""How far an export is: told to whoever began it, whichever worker is asked."""

import os

import pytest

from renewal.web.office.progress import ROWS, Board, Progress, State


def test_it_goes_on_with_the_pages_and_ends() -> None:
    board = Board()
    pages = board.watch("me", 5, [["a", "b"], ["c"]])
    assert board.find("me") is None  # it begins with the first page
    next(pages)
    assert board.find("me") == Progress(0, 5, State.RUNNING)
    next(pages)
    assert board.find("me") == Progress(2, 5, State.RUNNING)
    assert list(pages) == []
    assert board.find("me") == Progress(3, 5, State.DONE)
    assert board.find("you") is None


def test_a_reader_who_goes_away_and_a_failure_are_told() -> None:
    board = Board()
    pages = board.watch("away", 2, [["a"], ["b"]])
    next(pages)
    next(pages)
    pages.close()
    assert board.find("away") == Progress(1, 2, State.BROKEN)

    def failing():
        raise RuntimeError
        yield []

    with pytest.raises(RuntimeError):
        list(board.watch("failed", 2, failing()))
    assert board.find("failed") == Progress(0, 2, State.BROKEN)


def test_the_next_export_of_a_page_takes_the_place_of_the_last() -> None:
    board = Board()
    first, second = board.watch("me", 1, [["a"]]), board.watch("me", 9, [["a"]])
    next(first)
    next(second)
    assert board.find("me") == Progress(0, 9, State.RUNNING)
    assert list(first) == []
    assert board.find("me") == Progress(0, 9, State.RUNNING), "the end of the first is not the second's"


def test_only_the_latest_are_remembered() -> None:
    board = Board()
    turns = [board.begin(f"{number}", number) for number in range(ROWS + 1)]
    assert board.find("0") is None
    assert board.find("1") == Progress(0, 1, State.RUNNING)
    board.tell(turns[0], 7, State.DONE)
    assert board.find(f"{ROWS}") == Progress(0, ROWS, State.RUNNING)


def test_another_worker_sees_it() -> None:
    board = Board()
    child = os.fork()
    if child == 0:
        board.begin("me", 3)
        os._exit(0)
    os.waitpid(child, 0)
    assert board.find("me") == Progress(0, 3, State.RUNNING)
