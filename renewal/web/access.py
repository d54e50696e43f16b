"""Who may use every route: from which level of trust on an applicant (product.md, “levels of trust”), in which
roles the staff. A test walks the whole table. What is not in it is shut."""

from renewal.domain.trust import Trust
from renewal.store.staff import Role

STEP = "the step's own"
NEEDS: dict[str, Trust | str] = {
    "portal.home": Trust.STRANGER,
    "portal.profile": Trust.STRANGER,
    "portal.save_profile": Trust.STRANGER,
    "portal.avatar": Trust.STRANGER,
    "portal.display": Trust.STRANGER,
    "portal.services": Trust.STRANGER,
    "portal.item": Trust.STRANGER,
    "probes.alive": Trust.STRANGER,
    "probes.ready": Trust.STRANGER,
    "probes.metrics": Trust.STRANGER,  # off, or for who is known by address or token
    "cases.mine": Trust.STRANGER,
    "cases.go_on_with": Trust.STRANGER,  # any draft that the session has opened
    "cases.resume": Trust.STRANGER,
    "cases.go_on": Trust.STRANGER,
    "cases.receipt": Trust.STRANGER,
    "papers.receipt": Trust.STRANGER,  # whoever holds the link, as its page
    "papers.form": Trust.CAPTURED,
    "papers.letter": Trust.CAPTURED,
    "cases.show": Trust.CAPTURED,
    "cases.withdraw": Trust.CAPTURED,
    "own_data.show": Trust.STRANGER,  # of what the session has opened
    "own_data.as_json": Trust.STRANGER,
    "own_data.as_pdf": Trust.STRANGER,
    "own_data.delete": Trust.STRANGER,
    "employer.show": Trust.STRANGER,  # whoever holds the link
    "employer.answer": Trust.STRANGER,
    "asking.renew": Trust.CAPTURED,
    "asking.qr": Trust.CAPTURED,
    "asking.paper": Trust.CAPTURED,
    "cases.correct": Trust.CAPTURED,
    "phone.show": Trust.CAPTURED,
    "phone.from_details": Trust.CAPTURED,
    "phone.of_case": Trust.CAPTURED,
    "phone.ask": Trust.CAPTURED,
    "phone.confirm": Trust.CAPTURED,
    "phone.stop": Trust.CAPTURED,
    "phone.link": Trust.STRANGER,  # it leads on, and opens nothing
    "by_phone.show": Trust.STRANGER,
    "by_phone.ask": Trust.STRANGER,
    "by_phone.go_on": Trust.STRANGER,
    "tool.show": Trust.STRANGER,
    "tool.make": Trust.STRANGER,
    "wizard.show": STEP,
    "wizard.take_step": STEP,
    "wizard.autosave": Trust.CAPTURED,
    "wizard.picture": Trust.CAPTURED,
    "wizard.take_picture": Trust.CAPTURED,
    "wizard.done": Trust.CAPTURED,
    "identity.go": Trust.CLAIMED,
    "identity.back": Trust.STRANGER,  # whoever holds the signed state; the order knows its browser
    "identity.upgrade": Trust.CAPTURED,
}


READERS = frozenset(Role)
CASEWORKERS = frozenset({Role.CLERK, Role.ADMINISTRATOR})
"""An administrator is often the only clerk."""
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
AUDITORS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
AT_THE_DOOR: frozenset[Role] = frozenset()
"""For who is not signed in, whoever it is."""

OFFICE: dict[str, frozenset[Role]] = {
    "office.door.login": AT_THE_DOOR,
    "office.door.sign_in": AT_THE_DOOR,
    "office.door.confirm": AT_THE_DOOR,
    "office.door.sign_out": READERS,
    "office.door.setup": AT_THE_DOOR,
    "office.door.set_up": AT_THE_DOOR,
    "office.desk.today": READERS,
    "office.desk.display": AT_THE_DOOR,
    "office.queue.cases": READERS,
    "office.queue.search": READERS,
    "office.exports.file": CASEWORKERS,
    "office.exports.progress": CASEWORKERS,
    "office.account.show": READERS,
    "office.account.password": READERS,
    "office.account.change_password": READERS,
    "office.account.codes": READERS,
    "office.account.make_codes": READERS,
    "office.account.end_session": READERS,
    "office.conflict.show": READERS,
    "office.conflict.settle": CASEWORKERS,
    "office.figures.show": READERS,
    "office.log.show": AUDITORS,
    "office.log.check": AUDITORS,
    "office.log.export": AUDITORS,
    "office.people.all_of_them": ADMINISTRATORS,
    "office.people.add": ADMINISTRATORS,
    "office.people.one": ADMINISTRATORS,
    "office.people.reset": ADMINISTRATORS,
    "office.people.disable": ADMINISTRATORS,
    "office.people.enable": ADMINISTRATORS,
    "office.people.end_session": ADMINISTRATORS,
    "office.papers.form": READERS,
    "office.papers.letter": READERS,
    "office.review.show": READERS,
    "office.review.picture": READERS,
    "office.review.claim": CASEWORKERS,
    "office.review.give_back": CASEWORKERS,
    "office.review.take_over": CASEWORKERS,
    "office.review.accept": CASEWORKERS,
    "office.review.approve": CASEWORKERS,
    "office.review.decline": CASEWORKERS,
    "office.review.undo": CASEWORKERS,
    "office.review.verify": CASEWORKERS,
    "office.review.selfie": CASEWORKERS,
    "office.review.note": CASEWORKERS,
    "office.returns.check": CASEWORKERS,
    "office.returns.send": CASEWORKERS,
    "office.batch.decide": CASEWORKERS,
    "office.texts.show": READERS,
    "office.texts.all_again": CASEWORKERS,
    "office.texts.again": CASEWORKERS,
    "office.texts.drop": CASEWORKERS,
    "office.settings.show": ADMINISTRATORS,
    "office.settings.save": ADMINISTRATORS,
    "office.settings.restore": ADMINISTRATORS,
    "office.roster.show": READERS,
    "office.roster.receive": ADMINISTRATORS,
    "office.roster.columns": ADMINISTRATORS,
    "office.roster.again": ADMINISTRATORS,
    "office.roster.drop": ADMINISTRATORS,
    "office.roster.undo": ADMINISTRATORS,
    "office.roster.errors": ADMINISTRATORS,
}
"""An auditor reads, case by case, and takes no files of them along. Besides the own account no route that changes
anything has its role (a search is posted, and changes nothing)."""


def roles(endpoint: str) -> frozenset[Role]:
    """Which staff may use an office's route. KeyError for one nobody entered above: nobody is let in."""
    return OFFICE[endpoint]
