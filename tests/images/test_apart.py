"""What is asked of the process beside the workers comes back as if it had been done here, whatever happens to it."""

import logging
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest

from renewal import logs
from renewal.images import apart, darkroom
from renewal.images.apart import NOT_DONE, TRIES, Darkroom
from renewal.images.avatar import make_avatar
from renewal.images.errors import ImageRejected
from renewal.images.framing import Adjustment
from renewal.images.models import ModelsMissing
from renewal.images.portrait import cut_again, first_portrait, make_portrait
from renewal.images.selfie import examine_selfie
from renewal.images.signature import make_signature
from tests.darkrooms import darkrooms, kill_at_work, until
from tests.factories import portrait_jpeg, signature_png
from tests.images.pictures import to_bytes
from tests.images.test_decode import quartered

WORKS_LONG = to_bytes(quartered(5000, 5000), "PNG")  # a second, and no face in it at the end


@pytest.fixture
def room() -> Iterator[Darkroom]:
    room = Darkroom()
    yield room
    room.close()


def asked(room: Darkroom, door: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return room.ask((door.__name__, args, kwargs))


def processes() -> list[psutil.Process]:
    return darkrooms(psutil.Process(), recursive=False)


def test_every_door_gives_what_it_gives_here(room):
    photo, pad = portrait_jpeg(), signature_png()
    first = asked(room, first_portrait, photo, (0,))
    assert first == first_portrait(photo, (0,))
    assert asked(room, cut_again, first.copy, Adjustment(zoom=2)) == cut_again(first.copy, Adjustment(zoom=2))
    assert asked(room, make_portrait, photo, whiten=True) == make_portrait(photo, whiten=True)
    assert asked(room, examine_selfie, photo) == examine_selfie(photo)
    assert asked(room, make_signature, pad) == make_signature(pad)
    assert asked(room, make_avatar, photo) == make_avatar(photo)
    assert len(processes()) == 1


def test_who_asks_without_a_server_works_on_it_itself():
    assert apart.darkroom is None
    assert apart.ask(make_avatar, portrait_jpeg()) == make_avatar(portrait_jpeg())
    assert processes() == []


def test_what_is_wrong_with_a_picture_is_said_in_the_same_words(room):
    with pytest.raises(ImageRejected) as here:
        make_avatar(b"%PDF-1.7")
    with pytest.raises(ImageRejected, match=str(here.value)):
        asked(room, make_avatar, b"%PDF-1.7")


def test_a_missing_model_is_named_and_of_a_bug_is_told_where_it_was(monkeypatch):
    def missing() -> None:
        raise ModelsMissing("face.tflite is missing")

    def bug() -> None:
        raise ValueError("张三")

    monkeypatch.setattr(darkroom, "DOORS", {"missing": missing, "bug": bug})
    _, error, _ = darkroom._outcome("missing", (), {})
    assert (type(error), str(error)) == (ModelsMissing, "face.tflite is missing")
    _, error, trace = darkroom._outcome("bug", (), {})
    assert error is None
    assert "in bug" in trace
    assert trace.endswith("ValueError")


def test_the_log_of_a_worker_shows_where_in_the_other_process_a_bug_was(room):
    with pytest.raises(logs.Elsewhere) as bug:
        asked(room, make_avatar, 5)
    assert "in decode" in logs.trace(bug.value)
    assert "TypeError" in logs.trace(bug.value)


def test_however_many_ask_at_once_one_process_is_started(room):
    with ThreadPoolExecutor(8) as pool:
        avatars = list(pool.map(lambda _: asked(room, make_avatar, portrait_jpeg()), range(8)))
    assert set(avatars) == {make_avatar(portrait_jpeg())}
    assert len(processes()) == 1


def test_a_picture_whose_process_is_killed_is_worked_on_by_the_next(room):
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(asked, room, make_avatar, WORKS_LONG)
        until(lambda: kill_at_work(psutil.Process()))
        assert waiting.result() == make_avatar(WORKS_LONG)


def test_what_waits_when_the_process_dies_is_not_even_tried_anew(room, monkeypatch):
    monkeypatch.setattr(apart, "TRIES", 1)
    asked(room, make_avatar, portrait_jpeg())
    (first,) = processes()
    first.suspend()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(asked, room, make_avatar, portrait_jpeg())
        time.sleep(0.2)
        first.kill()
        assert waiting.result() == make_avatar(portrait_jpeg())


def test_a_picture_that_kills_every_process_is_refused_in_words_and_logged_once(room, caplog):
    with ThreadPoolExecutor() as pool, caplog.at_level(logging.ERROR):
        waiting = pool.submit(asked, room, make_avatar, WORKS_LONG)
        for _ in range(TRIES):
            until(lambda: kill_at_work(psutil.Process()))
        with pytest.raises(ImageRejected, match=NOT_DONE):
            waiting.result()
    assert [record.name for record in caplog.records] == ["renewal.images.apart"]
    assert asked(room, make_avatar, portrait_jpeg()) == make_avatar(portrait_jpeg())


def test_nobody_waits_for_a_process_that_does_not_answer(room, monkeypatch):
    asked(room, make_avatar, portrait_jpeg())
    (process,) = processes()
    process.suspend()
    monkeypatch.setattr(apart, "LONGEST_WAIT", 0.2)
    with pytest.raises(ImageRejected, match=NOT_DONE):
        asked(room, make_avatar, portrait_jpeg())
    process.resume()


def test_a_process_that_works_too_long_ends_itself():
    """A decoder that hangs would keep a place for ever."""
    code = (
        "from renewal.images import darkroom; from multiprocessing.connection import Pipe; import time\n"
        "darkroom.LONGEST_WORK, darkroom.DOORS = 0.2, {'hang': lambda: time.sleep(60)}\n"
        "line, theirs = Pipe(); line.send(('hang', (), {})); darkroom._serve(theirs)"
    )
    process = psutil.Popen([apart.sys.executable, "-c", code])
    assert process.wait(timeout=20) == 1


def test_who_has_nothing_to_do_ends_and_is_started_again():
    room = Darkroom(idle=0.3)
    for _ in range(2):
        asked(room, make_avatar, portrait_jpeg())
        (process,) = processes()
        process.wait(timeout=20)
    room.close()


def test_no_job_is_lost_to_one_that_is_just_ending():
    room = Darkroom(idle=0)
    for _ in range(2):
        assert asked(room, make_avatar, portrait_jpeg()) == make_avatar(portrait_jpeg())
    room.close()


def test_one_that_cannot_start_is_not_started_again_at_once(room, monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    started = set()
    for _ in range(20):
        room.attend()
        started |= {each.pid for each in room._started}
        time.sleep(0.02)
    assert len(started) == 1


def test_it_is_told_no_secret(room, monkeypatch):
    monkeypatch.setenv("RENEWAL_SMS_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:geheim@b/c")
    asked(room, make_avatar, portrait_jpeg())
    (process,) = processes()
    assert "geheim" not in str(process.environ())


def test_the_end_of_the_server_ends_it():
    room = Darkroom()
    asked(room, make_avatar, portrait_jpeg())
    (process,) = processes()
    room._jobs.close()
    process.wait(timeout=20)
    room.close()
