"""继续办理: the form that opens an application begun on another phone. No step of the wizard itself."""

from renewal.domain import resume_code
from renewal.forms.fields import Field, Form
from renewal.forms.person import ID_NUMBER

FORM = Form((Field("code", "续办码", lambda text, _: resume_code.compact(text), maxlength=20), ID_NUMBER))
