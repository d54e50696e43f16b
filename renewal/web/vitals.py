"""How the office and its machine are doing, for Prometheus: read when somebody asks."""

from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from renewal import duties
from renewal.office.todo import IN_HAND, OFFICES
from renewal.office.upkeep import upkeep
from renewal.services import Services
from renewal.store.filters import Filter
from renewal.store.trouble import DatabaseUnfit, Unavailable


class Vitals(Collector):
    """Of a database that does not answer only that is said, and what the disk tells."""

    def __init__(self, services: Services, data: Path) -> None:
        self.services, self.data = services, data

    def collect(self) -> Iterator[Metric]:
        try:
            told = [*self._cases(), *self._database()]
        except (Unavailable, DatabaseUnfit):
            told = []
        yield GaugeMetricFamily("renewal_database_up", "1 if the database answers.", bool(told))
        yield from told
        yield from self._machine()

    def _cases(self) -> Iterator[Metric]:
        counts = self.services.queue.counts({status.value: Filter((status,)) for status in IN_HAND})
        cases = GaugeMetricFamily("renewal_cases", "Cases that are not closed, by status.", labels=["status"])
        for status, count in counts.items():
            cases.add_metric([status], count)
        yield cases
        oldest = self.services.queue.oldest(Filter(OFFICES))
        waits = (self.services.now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily(
            "renewal_oldest_case_seconds", "Since the oldest case that waits for the office was submitted.", waits
        )

    def _database(self) -> Iterator[Metric]:
        failing = duties.troubles(self.services)
        yield GaugeMetricFamily(
            "renewal_duties_failing", "Daily duties that failed when they were last tried.", len(failing)
        )
        yield GaugeMetricFamily("renewal_database_bytes", "The database on its disk.", self.services.database.size())

    def _machine(self) -> Iterator[Metric]:
        kept = upkeep(self.data, self.services.now())
        backup = kept.last_backup.timestamp() if kept.last_backup else 0
        yield GaugeMetricFamily("renewal_last_backup_timestamp_seconds", "0 if none is known.", backup)
        yield GaugeMetricFamily("renewal_disk_free_bytes", "Beside the data.", kept.free)
