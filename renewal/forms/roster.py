"""A row of the roster: which column is what, and what is read of it. The fields are those of the application's form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from renewal.domain import dates
from renewal.domain.codes import SPECIALTIES
from renewal.domain.errors import InvalidValue
from renewal.domain.text import compact, free_text
from renewal.forms import details
from renewal.forms.fields import Field, Rules
from renewal.forms.person import id_facts
from renewal.forms.roster_columns import SPECIALTY_COLUMNS, known_columns

DERIVED = ("id_type", "sex", "birth_date")
"""What the ID number says by itself: where a column says otherwise, one of the two is wrong."""
PARTS = re.compile("[、,，;；/|\\s]+")
SPAN = re.compile("[至到~～—]")
SERIAL = re.compile(r"[2-8][0-9]{4}(\.[0-9]+)?")
LOST_DIGITS = re.compile(r"[0-9]+(\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
FLOAT = re.compile(r"([0-9]+)\.0+")
FAILED = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|DIV/0!|SPILL!|CALC!).*")

LONGEST = 200  # characters
MOST_SEEN = 20_000  # values of a field
OF_ONE = frozenset({"name", "id_number", "phone", "registration_number"})
NUMBERS = frozenset({"id_number", "phone", "employer_code", "registration_number"})

NUMBER_LOST = "被存成了数字，后几位已经丢失。请把这一列设为“文本”格式，重新填写"
FORMULA = "是公式，没有保存结果。请用 Excel 打开保存一次，或粘贴为数值"
FAULTY = "是公式的错误值，请改正"
TWO_AT_MOST = "注册专业最多两个，多出的没有采用"


def _day(text: str, _rules: Rules) -> str:
    """Of a span its end, and no time of day."""
    last = SPAN.split(text)[-1].strip() or text
    return dates.show(dates.parse_date(last.partition("T")[0].partition(" 00:")[0]))


def _registration_number(text: str, _rules: Rules) -> str:
    number = compact(text)
    if not number or len(number) > 40:
        raise InvalidValue("注册号应为40个字以内的字母或数字")
    return number


OWN = (
    Field("registration_number", "注册号", _registration_number, required=False),
    Field("valid_until", "有效期至", _day, "date"),
    Field("registered_on", "注册日期", _day, "date", required=False),
    Field("specialties", "注册专业", lambda text, _: free_text(text), required=False),
)
FIELDS: Mapping[str, Field] = {field.name: field for field in (*details.FIELDS, *OWN)}
LABELS = {name: field.label for name, field in FIELDS.items()}
NEEDED = ("name", "id_number", "valid_until")
"""Without these nobody stands in a roster; anything else that is wrong is left out."""

Problems = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class RowReading:
    """`record` is None for a row that cannot be taken; each problem is a field's label, what stands there, and why."""

    record: Mapping[str, str] | None
    problems: Problems


def columns_of(heading: Sequence[str]) -> dict[str, int]:
    """Which column is what, by the names in use; the first of two alike."""
    return known_columns(heading, LABELS)


class RowReader:
    """Reads rows of one file: `columns` says which cell is what, `epoch` from when plain numbers count days."""

    def __init__(self, columns: Mapping[str, int], rules: Rules, epoch: date) -> None:
        self._columns = [(FIELDS[name], place) for name, place in columns.items()]
        self._rules, self._epoch = rules, epoch
        self._facts: dict[str, str] = {}
        self._seen: dict[str, dict[str, str | InvalidValue]] = {name: {} for name in columns}

    def read(self, cells: Sequence[str]) -> RowReading:
        record: dict[str, str] = {}
        problems: Problems = []
        wrong = False
        for field, place in self._columns:
            text = cells[place] if place < len(cells) else ""
            if not text and field.name not in NEEDED:
                continue
            try:
                record[field.name] = self._value(field, text)
            except InvalidValue as problem:
                problems.append((field.label, text, str(problem)))
                wrong |= field.name in NEEDED
        if wrong:
            return RowReading(None, problems)
        return self._together(record, problems)

    def _together(self, record: dict[str, str], problems: Problems) -> RowReading:
        facts = self._facts
        for name in DERIVED:
            said, known = record.get(name, ""), facts.get(name, "")
            if said and known and said != known:
                problems.append((LABELS[name], said, f"与证件号码不符，按号码应为“{known}”"))
                return RowReading(None, problems)
        _specialties(record, problems)
        return RowReading(record | facts, problems)

    def _value(self, field: Field, text: str) -> str:
        """Most values stand in many rows: an employer's name is cleaned once."""
        if field.name in OF_ONE:
            return self._clean(field, text)
        seen = self._seen[field.name]
        if text not in seen:
            if len(seen) > MOST_SEEN:
                seen.clear()
            seen[text] = self._outcome(field, text)
        found = seen[text]
        if isinstance(found, str):
            return found
        raise found

    def _outcome(self, field: Field, text: str) -> str | InvalidValue:
        try:
            return self._clean(field, text)
        except InvalidValue as problem:
            return problem

    def _clean(self, field: Field, text: str) -> str:
        if not text:
            raise InvalidValue(f"没有{field.label}")
        if len(text) > LONGEST:
            raise InvalidValue(f"太长，最多{LONGEST}个字")
        if text.startswith("="):
            raise InvalidValue(FORMULA)
        if text.startswith("#") and FAILED.fullmatch(text):
            raise InvalidValue(FAULTY)
        if field.kind == "date" and SERIAL.fullmatch(text):
            return dates.show(self._epoch + timedelta(days=int(float(text))))
        if field.name in NUMBERS:
            text = _digits(text)
        if field.name == "id_number":
            self._facts = id_facts(text, self._rules)
            return self._facts["id_number"]
        if field.name in SPECIALTY_COLUMNS:
            return "、".join(_specialty(part) for part in PARTS.split(text) if part)
        return field.clean(text, self._rules)


def _digits(text: str) -> str:
    """As they were typed, before a spreadsheet took them for a number."""
    if LOST_DIGITS.fullmatch(text):
        raise InvalidValue(NUMBER_LOST)
    whole = FLOAT.fullmatch(text)
    return whole[1] if whole else text


def _specialty(text: str) -> str:
    """房屋建筑 is 房屋建筑工程, too."""
    try:
        return SPECIALTIES.parse(text)
    except InvalidValue:
        return SPECIALTIES.parse(f"{text}工程")


def _specialties(record: dict[str, str], problems: Problems) -> None:
    """Of however many columns, two at most, each once."""
    said = "、".join(record.pop(name) for name in SPECIALTY_COLUMNS if name in record)
    each = list(dict.fromkeys(part for part in said.split("、") if part))
    record.update(zip(("specialty_1", "specialty_2"), each, strict=False))
    if len(each) > 2:
        problems.append(("注册专业", said, TWO_AT_MOST))
