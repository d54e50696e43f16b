"""The tables. Personal columns are sealed bytes; what is found by content is a keyed hash beside them."""

from renewal.store.models.applicants import Applicant, Attachment, Avatar, Draft, FaceOrder
from renewal.store.models.cases import ASKED, Application, Defect, Note, Submission, SubmissionPicture
from renewal.store.models.deciding import SettingVersion
from renewal.store.models.employers import EmployerAnswer, EmployerLink
from renewal.store.models.events import Attempt, ChainHead, Event, KeyCheck, StepCount
from renewal.store.models.leases import Lease
from renewal.store.models.messages import ConfirmedPhone, Message, PhoneCode
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
    KeyCheck,
    Attempt,
    StepCount,
    EmployerLink,
    EmployerAnswer,
    FaceOrder,
    SettingVersion,
    Lease,
    RosterImport,
    RosterPiece,
    RosterPerson,
    RosterFault,
    RosterHead,
    ConfirmedPhone,
    PhoneCode,
    Message,
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
    "ConfirmedPhone",
    "Defect",
    "Draft",
    "EmployerAnswer",
    "EmployerLink",
    "Event",
    "FaceOrder",
    "KeyCheck",
    "Lease",
    "Message",
    "MomentField",
    "Note",
    "PhoneCode",
    "RosterFault",
    "RosterHead",
    "RosterImport",
    "RosterPerson",
    "RosterPiece",
    "SettingVersion",
    "Staff",
    "StaffSession",
    "StepCount",
    "Submission",
    "SubmissionPicture",
    "Table",
]
