"""Both providers, as an office has a contract with one or the other."""

from collections.abc import Mapping

from renewal.verification import ELSEWHERE, Account, Provider
from tests.doubles import face_aliyun as aliyun
from tests.doubles import face_tencent as tencent
from tests.doubles.face_page import FaceDouble

DOUBLES: Mapping[str, type[FaceDouble]] = {"tencent": tencent.TencentDouble, "aliyun": aliyun.AliyunDouble}
CREDENTIALS = {"tencent": (tencent.APP, tencent.SECRET, ""), "aliyun": (aliyun.KEY_ID, aliyun.KEY, aliyun.SCENE)}


def provider(name: str, double: FaceDouble) -> Provider:
    """Ours, asking the double."""
    return ELSEWHERE[name](Account(*CREDENTIALS[name], endpoint=double.address))


def environment(name: str, double: FaceDouble) -> dict[str, str]:
    """The settings of an office whose provider is the double."""
    names = ("RENEWAL_FACE_KEY_ID", "RENEWAL_FACE_KEY", "RENEWAL_FACE_SCENE")
    given = dict(zip(names, CREDENTIALS[name], strict=True))
    return {**given, "RENEWAL_FACE_PROVIDER": name, "RENEWAL_FACE_ENDPOINT": double.address}
