"""Cases as clerks find them."""

from renewal.office import deciding, identifying
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.audit import verify
from renewal.store.staff import Member
from tests.factories import Person, answered, person, submitted


def confirmed(services: Services, who: Person | None = None, method: str = "counter") -> Application:
    """A case whose employer said yes."""
    return answered(services, submitted(services, who or person(1), method))


def ready(services: Services, clerk: Member, who: Person | None = None) -> Application:
    """A case that nothing keeps from being accepted, in this clerk's hands."""
    case = confirmed(services, who)
    return identifying.verify_person(services, case, case.version, clerk, "身份证原件")


def accepted(services: Services, clerk: Member, who: Person | None = None) -> Application:
    case = ready(services, clerk, who)
    return deciding.accept(services, case, case.version, clerk)


def now(services: Services, case: Application) -> Application:
    """The case as it is stored."""
    return services.applications.get(case.id)


def actions(services: Services, case: Application) -> list[str]:
    """What the log says was done, the oldest first."""
    return [event.action for event in services.applications.events(case.id)]


def faults(services: Services) -> list[str]:
    """What `flask audit verify` would find."""
    return [finding.text for finding in verify(services.database, services.sealer).findings]
