"""A roster of 300,000 people comes in: CPU, memory, and how long an applicant's write waits meanwhile.

`.venv/bin/python -m bench.roster [PEOPLE]`
"""

import csv
import resource
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from renewal.domain.credit_code import check_character
from renewal.domain.id_number import checksum_character
from renewal.office.acts import COMMAND, Action
from renewal.office.rostering import importing
from renewal.services import Services
from renewal.settings import Settings
from renewal.store.roster import expiring_within

HEADING = "姓名,证件类型,证件号码,性别,出生日期,手机号码,注册号,注册专业1,注册专业2,聘用单位,统一社会信用代码,有效期至"
NATION = 300_000
BIRTHDAYS, EMPLOYERS = 14_000, 5_000


def people(count: int):
    """Made-up, each with a number of their own."""
    codes = [first + check_character(first) for first in (f"91370100MA3C{n:05d}" for n in range(EMPLOYERS))]
    for n in range(count):
        born, until = date(1960, 1, 1) + timedelta(n % BIRTHDAYS), date.today() + timedelta(n % 1095)
        first = f"370101{born:%Y%m%d}{n // BIRTHDAYS * 2 + 1:03d}"
        name = "王" + chr(0x4E00 + n % 2000) + chr(0x5000 + n % 977)
        number, employer = first + checksum_character(first), f"泉城工程监理有限公司{n % EMPLOYERS}"
        yield [name, "身份证", number, "男", f"{born}", f"138{n:08d}", f"37{n:06d}", "房屋建筑工程", "市政公用工程",
               employer, codes[n % EMPLOYERS], f"{until}"]  # fmt: skip


def write(folder: Path, count: int) -> tuple[Path, Path]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADING.split(","), *people(count)):
        sheet.append(row)
    book.save(folder / "roster.xlsx")
    with (folder / "roster.csv").open("w", newline="", encoding="gb18030") as file:
        csv.writer(file).writerows([HEADING.split(","), *people(count)])
    return folder / "roster.xlsx", folder / "roster.csv"


def waits(services: Services, stop: threading.Event, found: list[float]) -> None:
    """An applicant's short write, twenty times a second."""
    while not stop.wait(0.05):
        began = time.monotonic()
        services.log(COMMAND, Action.SIGN_IN, "bench")
        found.append(time.monotonic() - began)
    services.database.close()


def bring_in(data: Path, file: Path, services: Services) -> None:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    stop, found = threading.Event(), [0.0]
    applicant = threading.Thread(target=waits, args=(services, stop, found))
    applicant.start()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "roster", "import", str(file), "--commit"]
    said = subprocess.run(command, env={"RENEWAL_DATA": str(data)}, capture_output=True, text=True, check=True).stdout
    stop.set()
    applicant.join()
    after, took = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    late = sorted(found)[int(len(found) * 0.99)] * 1000
    print(f"{file.suffix}: {took:.0f} s, {cpu:.0f} s CPU, {after.ru_maxrss / 1024:.0f} MB; an applicant's write waits")
    print(f"  {late:.0f} ms (p99), {max(found) * 1000:.0f} ms at most. {said.splitlines()[0]}")


def main(count: int = NATION) -> None:
    from renewal.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        services: Services = create_app(Settings(data=data)).extensions["renewal"].services
        services.database.migrate()
        for file in write(Path(folder), count):
            bring_in(data, file, services)
        began = time.process_time()
        expiring = expiring_within(90, datetime.now(UTC))
        total, page = services.roster.count(expiring), services.roster.page(expiring, 1)
        took = (time.process_time() - began) * 1000
        print(f"list: {total} people counted, {len(page)} shown in {took:.0f} ms of CPU")
        current = services.roster_imports.current()
        assert current
        began = time.process_time()
        importing.undo(services, current.id, COMMAND)
        print(f"undo: {(time.process_time() - began) * 1000:.0f} ms of CPU")
        services.database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NATION)
