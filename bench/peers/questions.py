"""What all peers ask: 申报信息 with its sixteen fields, 附件, 承诺书."""

from renewal.domain.codes import DEGREES, EDUCATIONS, ETHNICITIES, SEXES, SPECIALTIES
from renewal.forms.details import FORM
from renewal.forms.person import ID_TYPE

CHOICES = {
    "sex": SEXES.names,
    "id_type": ID_TYPE.choices,
    "ethnicity": ETHNICITIES.names,
    "education": EDUCATIONS.names,
    "degree": DEGREES.names,
    "specialty_1": SPECIALTIES.names,
    "specialty_2": SPECIALTIES.names,
}
OPTIONAL = frozenset({"employer_code", "specialty_2"})
DATES = frozenset({"birth_date", "graduated_on"})
FIELDS = tuple((field.name, field.label) for field in FORM.fields)
PICTURES = (("portrait", "个人照片"), ("signature", "手写签名"))
COMMITMENT = ("commitment", "本人承诺所填信息真实有效")
assert len(FIELDS) == 16
