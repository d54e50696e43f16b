"""How the body of a form is taken apart, where browsers and strangers are odder than Werkzeug expects.

Old browsers, and those told to show a page in another encoding, send a form in GBK. A form is in one charset: UTF-8
if all of it can be read so and makes sense, else the one in which less of it is lost. GB18030 reads whatever is in GBK
or GB 2312.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import IO

from flask import Flask
from htmx_flask.requests import HtmxAwareRequest
from werkzeug.datastructures import FileStorage, Headers, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

CHUNK = 64 * 1024  # bytes
ESCAPES = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
CHINESE = re.compile("[\u3000-\u9fff]")
WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
TWO_WAYS = re.compile(rb"(?:[\xc2-\xdf][\xa1-\xbf])+")
"""A Chinese character of GB 2312 each, and a letter of two bytes of UTF-8, where Chinese has three."""
COMMON = re.compile(rb"[\xc2-\xd7].{2}", re.DOTALL)
"""Begins with a common character, which no word in Arabic letters has, and is not one character alone, as ° or ·."""

Fields = list[tuple[str, bytes]]
Files = list[tuple[str, FileStorage]]
Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class FormParser(FormDataParser):
    """Leaves out parts without a name, which nobody can ask for, and closes the files of a body it gives up."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Parsed:
        """Empty for what cannot be read. Raises RequestEntityTooLarge."""
        fields: Fields = []
        files: Files = []
        if mimetype == "application/x-www-form-urlencoded":
            fields = _pairs(stream.read())
        elif mimetype == "multipart/form-data":
            try:
                with ExitStack() as opened:
                    fields, files = self._parts(stream, (options or {}).get("boundary", ""), content_length, opened)
                    opened.pop_all()
            except ValueError:
                fields, files = [], []
        charset = charset_of(b"\n".join(value for _, value in fields))
        return stream, self.cls((name, value.decode(charset, "replace")) for name, value in fields), self.cls(files)

    def _parts(self, stream: IO[bytes], boundary: str, length: int | None, opened: ExitStack) -> tuple[Fields, Files]:
        """Raises ValueError for a body that is broken off or none at all."""
        decoder = _Decoder(
            boundary.encode("ascii"), max_form_memory_size=self.max_form_memory_size, max_parts=self.max_form_parts
        )
        fields: list[tuple[str | None, bytearray]] = []
        files: Files = []
        write: Callable[[bytes], object]
        for event in _events(stream, decoder):
            if isinstance(event, File) and event.name is not None:
                content = self.stream_factory(length, event.headers.get("content-type"), event.filename)
                opened.callback(content.close)
                files.append((event.name, FileStorage(content, event.filename, event.name, headers=event.headers)))
                write = content.write
            elif isinstance(event, Field | File):
                fields.append((event.name, bytearray()))
                write = fields[-1][1].extend
            elif isinstance(event, Data):
                write(event.data)
                self._weigh(fields)
        for _, file in files:
            file.seek(0)
        return [(name, bytes(value)) for name, value in fields if name is not None], files

    def _weigh(self, fields: list[tuple[str | None, bytearray]]) -> None:
        if fields and self.max_form_memory_size is not None and len(fields[-1][1]) > self.max_form_memory_size:
            raise RequestEntityTooLarge


class _Decoder(MultipartDecoder):
    def _parse_headers(self, data: bytes | bytearray) -> Headers:
        """One file name in another charset must not cost the whole form."""
        return super()._parse_headers(data.decode(charset_of(data), "replace").encode())


class FormRequest(HtmxAwareRequest):  # type: ignore[misc]  # htmx-flask comes without types
    form_data_parser_class = FormParser


def init_app(app: Flask) -> None:
    """After htmx-flask, which has a request of its own."""
    app.request_class = FormRequest


def charset_of(text: bytes | bytearray) -> str:
    """utf-8 or gb18030. An emoji cut in two does not make UTF-8 another charset, nor two bytes that fit make it one."""
    if _reads(text, "utf-8"):
        return "gb18030" if _is_rather_gbk(text) else "utf-8"
    read = text.decode(errors="replace")
    is_gbk = _reads(text, "gb2312") or len(CHINESE.findall(read)) < read.count("\ufffd")
    return "gb18030" if is_gbk else "utf-8"


def _reads(text: bytes | bytearray, charset: str) -> bool:
    try:
        text.decode(charset)
    except UnicodeDecodeError:
        return False
    return True


def _is_rather_gbk(text: bytes | bytearray) -> bool:
    """Of what can be read both ways: 郑伟 in GBK is ֣ΰ in UTF-8. Beside Chinese or Latin letters é and · stay."""
    words = [word for word in WORD.findall(text) if not word.isascii()]
    return all(map(TWO_WAYS.fullmatch, words)) and any(map(COMMON.match, words))


def _pairs(body: bytes) -> Fields:
    """As `urllib.parse.parse_qsl` with its blank values, but in bytes: it would look for a charset in each value."""
    pairs = (pair.partition(b"=") for pair in body.replace(b"+", b" ").split(b"&") if pair)
    return [(_unquoted(name).decode(errors="replace"), _unquoted(value)) for name, _, value in pairs]


def _unquoted(text: bytes) -> bytes:
    """As `urllib.parse.unquote_to_bytes`, but a run at once: Chinese is all escapes."""
    return ESCAPES.sub(lambda run: bytes.fromhex(run[0].replace(b"%", b"").decode()), text)


def _events(stream: IO[bytes], decoder: MultipartDecoder) -> Iterator[Event]:
    """Raises ValueError when the last part has no end."""
    chunk: bytes | None = b"begin"
    while chunk is not None:
        chunk = stream.read(CHUNK) or None
        decoder.receive_data(chunk)
        while not isinstance(event := decoder.next_event(), NeedData | Epilogue):
            yield event
