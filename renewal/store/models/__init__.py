"""The tables. Personal columns are sealed bytes; what is found by content is a keyed hash beside them."""

from renewal.store.models.applicants import Applicant, Attachment, Avatar, Draft
from renewal.store.models.cases import ASKED, Application, Defect, Note, Submission, SubmissionPicture
from renewal.store.models.deciding import SettingVersion
from renewal.store.models.employers import EmployerAnswer, EmployerLink
from renewal.store.models.events import Attempt, ChainHead, Event
from renewal.store.models.leases import Lease
from renewal.store.models.roster import RosterFault, RosterHead, RosterImport, RosterPerson, RosterPiece
from renewal.store.models.staffing import Staff, StaffSession
from renewal.store.models.table import MomentField, Table

TABLES = (
    Avatar,
    Applicant,
    Draft,
    Attachment,
    Staff,
    StaffSession,
    Application,
    Submission,
    SubmissionPicture,
    Defect,
    Note,
    Event,
    ChainHead,
    Attempt,
    EmployerLink,
    EmployerAnswer,
    SettingVersion,
    Lease,
    RosterImport,
    RosterPiece,
    RosterPerson,
    RosterFault,
    RosterHead,
)

__all__ = [
    "ASKED",
    "TABLES",
    "Applicant",
    "Application",
    "Attachment",
    "Attempt",
    "Avatar",
    "ChainHead",
    "Defect",
    "Draft",
    "EmployerAnswer",
    "EmployerLink",
    "Event",
    "Lease",
    "MomentField",
    "Note",
    "RosterFault",
    "RosterHead",
    "RosterImport",
    "RosterPerson",
    "RosterPiece",
    "SettingVersion",
    "Staff",
    "StaffSession",
    "Submission",
    "SubmissionPicture",
    "Table",
]
