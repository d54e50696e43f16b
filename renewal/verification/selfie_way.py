"""The built-in selfie check (图7). It shows that somebody is there; a clerk compares who it is."""

from collections.abc import Sequence

from renewal.domain.trust import Trust
from renewal.images.errors import ImageRejected
from renewal.verification.selfie import check
from renewal.verification.ways import Proof, VerificationRefused


class SelfieWay:
    label = "自拍核验"
    text = "现在拍一张正面自拍照，由工作人员与一寸照比对，比对后删除"
    needs_consent = True

    def prove(self, pictures: Sequence[bytes], earlier: Sequence[int]) -> Proof:
        if not pictures:
            raise VerificationRefused("请拍一张正面自拍照，或改选“到窗口核验”")
        try:
            selfie = check(pictures[0], earlier)
        except ImageRejected as rejected:
            raise VerificationRefused(str(rejected)) from rejected
        return Proof(Trust.CAPTURED, selfie.jpeg, selfie.perceptual_hash)
