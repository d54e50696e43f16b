"""The tables. Personal columns are sealed bytes; what is found by content is a keyed hash beside them."""

from renewal.store.models.applicants import Applicant, Attachment, Avatar, Draft, FaceOrder
from renewal.store.models.cases import ASKED, Application, Defect, Note, Submission, SubmissionPicture
from renewal.store.models.employers import EmployerAnswer, EmployerLink
from renewal.store.models.events import Attempt, ChainHead, Event
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
    FaceOrder,
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
    "FaceOrder",
    "MomentField",
    "Note",
    "Staff",
    "StaffSession",
    "Submission",
    "SubmissionPicture",
    "Table",
]
