"""The built-in selfie check (图7). It shows that somebody is there; a clerk compares who it is."""

from collections.abc import Sequence

from renewal.domain.trust import Trust
from renewal.images import apart
from renewal.images.errors import ImageRejected
from renewal.images.hashing import same_picture
from renewal.images.selfie import examine_selfie
from renewal.verification.method import Proof, VerificationRefused


class Selfie:
    label = "自拍核验"
    text = "现在拍一张正面自拍照，由工作人员与一寸照比对，比对后删除"
    needs_consent = True

    def prove(self, pictures: Sequence[bytes], earlier: Sequence[int], /) -> Proof:
        if not pictures:
            raise VerificationRefused("请拍一张正面自拍照，或改选“到窗口核验”")
        try:
            selfie = apart.ask(examine_selfie, pictures[0])
        except ImageRejected as rejected:
            raise VerificationRefused(str(rejected)) from rejected
        if any(same_picture(selfie.perceptual_hash, other) for other in earlier):
            raise VerificationRefused("这张照片以前用过了。请现在重新拍一张。")
        return Proof(Trust.CAPTURED, selfie.jpeg, selfie.perceptual_hash)
