"""The office's pages. What they need of the web floor is shared; of the applicant's modules they know nothing."""

from flask import Blueprint, Flask

from renewal.web.halves import OFFICE
from renewal.web.office import guard, large_files
from renewal.web.office.account import account
from renewal.web.office.batch import batch
from renewal.web.office.conflict import conflict
from renewal.web.office.desk import desk
from renewal.web.office.door import door
from renewal.web.office.exports import exports
from renewal.web.office.figures import figures
from renewal.web.office.log import log
from renewal.web.office.papers import papers
from renewal.web.office.people import people
from renewal.web.office.queue import queue
from renewal.web.office.returns import returns
from renewal.web.office.review import review
from renewal.web.office.roster import roster
from renewal.web.office.settings import settings
from renewal.web.office.texts import texts

PAGES = (
    door,
    desk,
    queue,
    account,
    log,
    people,
    batch,
    review,
    returns,
    conflict,
    settings,
    texts,
    papers,
    exports,
    roster,
    figures,
)


def init_app(app: Flask) -> None:
    office = Blueprint("office", __name__, url_prefix=OFFICE)
    for blueprint in PAGES:
        office.register_blueprint(blueprint)
    guard.init_app(app, office)
    large_files.init_app(app)
    app.register_blueprint(office)
