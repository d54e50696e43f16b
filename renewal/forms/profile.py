"""头像 and 昵称 (图2): no step of the wizard, but asked once before it."""

from renewal.domain.text import free_text
from renewal.forms.fields import Field, Form

FORM = Form(
    (Field("nickname", "昵称", lambda text, _: free_text(text, limit=20), autocomplete="nickname", maxlength=20),)
)
