"""继续办理 by text message: whose application it is, and where the code goes. No step of the wizard itself."""

from dataclasses import replace

from renewal.forms.fields import Form
from renewal.forms.person import ID_NUMBER, PHONE

FORM = Form((ID_NUMBER, replace(PHONE, hint="此前确认过、用来接收短信提醒的号码")))
