"""What the employers say, by the link that they are sent."""

from renewal import employer
from renewal.attempts import Visitor
from renewal.demo.people import SURNAMES
from renewal.demo.stage import Case, Stage
from renewal.store.employer_links import LinkKey

REASONS = (
    "该同志已于今年3月离职，不再是本单位职工",
    "单位名称填写有误，与营业执照不一致",
    "劳动合同已到期，续签后再确认",
)


def confirm(stage: Stage, case: Case) -> None:
    _answer(stage, case, answer="确认")


def decline(stage: Stage, case: Case) -> None:
    _answer(stage, case, answer="不予确认", reason=stage.random.choice(REASONS))


def _answer(stage: Stage, case: Case, **said: str) -> None:
    details = case.person.details
    name, number = stage.random.choice(SURNAMES), stage.random.randrange(10**4)
    clerk = {"clerk": f"{name}经办", "clerk_phone": f"1360000{number:04}"}
    form = {"employer_code": details["employer_code"], **clerk, **said}
    employer.answer(stage.services, _link(stage, case), form, Visitor("", ""))


def _link(stage: Stage, case: Case) -> LinkKey:
    """Over long holidays one ends, and the applicant makes another."""
    application, links = stage.application(case), stage.services.employer_links
    link = links.current(application)
    if stage.services.now() >= link.ends_at:
        employer.renew_link(stage.services, application, link.key.serial)
    return links.current(application).key
