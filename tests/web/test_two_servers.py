"""A province outgrows one machine: two servers share a PostgreSQL."""

from renewal.store import models
from renewal.store.audit import verify
from tests.factories import stored
from tests.web.two_servers import journeys, two_servers

JOURNEYS = 200


def test_of_200_journeys_over_two_servers_none_loses_a_step_when_one_is_killed_halfway(tmp_path, postgresql_empty):
    with two_servers(tmp_path, postgresql_empty()) as two:
        shown = journeys(two, JOURNEYS, lambda: two.kill(0))
        services = two.app.extensions["renewal"].services
        assert len(shown) == JOURNEYS
        assert {row.number for row in stored(services, models.Application)} == set(shown)
        for number, who in shown.items():
            case = services.applications.by_number(number)
            assert case.answers["details"] == who.details
            assert set(case.answers["pictures"]) == {"portrait", "signature"}
        assert verify(services.database, services.sealer).findings == []
