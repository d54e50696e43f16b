"""The office's pages. What they need of the web floor is shared; of the applicant's modules they know nothing."""

from flask import Blueprint, Flask

from renewal.web.halves import OFFICE
from renewal.web.office import guard
from renewal.web.office.account import account
from renewal.web.office.batch import batch
from renewal.web.office.conflict import conflict
from renewal.web.office.desk import desk
from renewal.web.office.door import door
from renewal.web.office.figures import figures
from renewal.web.office.log import log
from renewal.web.office.papers import papers
from renewal.web.office.people import people
from renewal.web.office.queue import queue
from renewal.web.office.returns import returns
from renewal.web.office.review import review


def init_app(app: Flask) -> None:
    office = Blueprint("office", __name__, url_prefix=OFFICE)
    for blueprint in (door, desk, queue, account, figures, log, people, batch, review, papers, returns, conflict):
        office.register_blueprint(blueprint)
    guard.init_app(app, office)
    app.register_blueprint(office)
