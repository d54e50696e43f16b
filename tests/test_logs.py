"""What a line of the log says, and what it keeps to itself."""

import json
import logging
import sys

import pytest

from renewal.logs import blanked, formats, trace

PERSON = "李春明"


def _record(message: str, *args: object, request: str = "", error: bool = False) -> logging.LogRecord:
    record = logging.LogRecord("renewal", logging.ERROR, "x.py", 1, message, args, sys.exc_info() if error else None)
    if request:
        record.request = request
    return record


def _failed() -> BaseException:
    try:
        try:
            raise KeyError(PERSON)
        except KeyError as error:
            raise ValueError(f"no number: {PERSON}") from error
    except ValueError as error:
        return error


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("/receipts/MQ.secret-token", "/receipts/***"),
        ("/receipts/MQ.secret.pdf", "/receipts/***.pdf"),
        ("GET /employer/abc/x HTTP", "GET /employer/***/x HTTP"),
        ("GET /renewal/face/return/MQ.secret-token HTTP", "GET /renewal/face/return/*** HTTP"),
        ("/office/setup/abc", "/office/setup/***"),
        ("/office/cases/YX1?q=李春明&sort=x", "/office/cases/YX1?***"),
        (
            "Invalid request from ip=::1: Invalid HTTP request line: 'GET /receipts/x'",
            "Invalid request from ip=::1: Invalid HTTP request line",
        ),
        ("Invalid request from ip=10.0.0.7: Contradictory scheme headers", None),
        ("one address: too many of verify; a proxy? see RENEWAL_TRUSTED_PROXIES", None),
        ("/receipts/", None),
        ("/applications/YX20260101000001/employer", None),
    ],
)
def test_what_opens_something_or_may_name_somebody_is_blanked(said: str, kept: str | None) -> None:
    assert blanked(said) == (kept or said)


def test_of_an_error_the_places_and_kinds_are_told_the_cause_first() -> None:
    told = trace(_failed())
    assert PERSON not in told
    assert told.index("KeyError\nthen:\n") < told.index("ValueError")
    assert told.endswith("ValueError")
    assert "in _failed" in told


def test_names_in_the_code_are_told_with_their_error() -> None:
    with pytest.raises(AttributeError) as caught:
        _ = "".nothing  # type: ignore[attr-defined]
    assert trace(caught.value).endswith("AttributeError: 'str' object has no attribute 'nothing'")


def test_a_cause_that_the_code_hides_stays_hidden() -> None:
    error = _failed()
    error.__cause__, error.__suppress_context__ = None, True
    assert "KeyError" not in trace(error)


@pytest.mark.parametrize("name", ["text", "json"])
def test_an_error_logged_by_anybody_is_told_without_its_words(name: str) -> None:
    try:
        raise _failed()
    except ValueError:
        line = formats(name)[0].format(_record("at %s", "/office/cases?q=x", error=True))
    assert PERSON not in line
    assert "in _failed" in line
    assert "/office/cases?***" in line


def test_a_line_of_text_names_its_request() -> None:
    said = formats("text")[0]
    assert said.format(_record("full", request="48291-93756")).endswith("[ERROR] [48291-93756] full")
    assert said.format(_record("full")).endswith("[ERROR] [-] full")


def test_a_line_of_json_is_one_line() -> None:
    line = formats("json")[0].format(_record("数据库\n%s", "忙", request="48291-93756"))
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["request"], told["message"]) == ("error", "48291-93756", "数据库\n忙")


def test_no_other_format_is_guessed() -> None:
    with pytest.raises(ValueError, match="RENEWAL_LOG_FORMAT is text or json, not 'JSON'"):
        formats("JSON")
