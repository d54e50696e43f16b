"""A case's papers as PDF: CPU, size of the file, memory of the process that makes them: `python -m bench.documents`."""

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from renewal import papers
from renewal.store.keys import Keys
from tests.factories import NOON, blank_database, returned, services_in, submitted

ROUNDS = 20
REASONS = {"school": "毕业院校不是全称，请按毕业证书填写。", "signature": "签名不清晰，请重新签名。"}
ROWS = [("姓名", "李*明"), ("证件号码", "3701**********0074")]
ADDRESS = "https://yanxu.example.cn/receipts/MTIz.abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    with TemporaryDirectory() as folder:
        services = services_in(Path(folder), blank_database(Path(folder)), Keys.fresh(), lambda: NOON)
        case = returned(services, submitted(services), **REASONS)
        (one,) = papers.issued(services.applications.events(case.id))
        before = _memory()
        papers.form(services, case)
        print(f"the first document takes {_memory() - before:.0f} MB of memory, once for each worker")
        _told("application form", lambda: papers.form(services, case))
        _told("letter", lambda: papers.letter_of(services, case, one))
        _told("receipt", lambda: papers.receipt_of(services, case, ROWS, ADDRESS))
        _many(lambda: papers.form(services, case))
        services.database.close()


def _told(name: str, make: Callable[[], bytes]) -> None:
    taken = [_cpu(make) for _ in range(ROUNDS)]
    print(f"{name:<20}{min(taken) * 1000:>6.1f} ms CPU{len(make()) / 1000:>7.0f} KB")


def _many(make: Callable[[], bytes]) -> None:
    before = _memory()
    for _ in range(200):
        make()
    print(f"200 forms one after the other add {_memory() - before:.1f} MB")


def _cpu(make: Callable[[], bytes]) -> float:
    began = time.process_time()
    make()
    return time.process_time() - began


def _memory() -> float:
    """Resident, in megabytes."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
