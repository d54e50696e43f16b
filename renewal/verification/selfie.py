from collections.abc import Iterable

from renewal.images.errors import ImageRejected
from renewal.images.selfie import Selfie, examine_selfie

SAME_PICTURE_BITS = 4


def check(data: bytes, earlier: Iterable[int] = ()) -> Selfie:
    """Check a selfie: a single face, and none of the `earlier` pictures (perceptual hashes) again.

    `earlier` are the hashes of the portrait's upload and of selfies sent before. It does not prove who the person is.
    Raises ImageRejected with a sentence for the person.
    """
    selfie = examine_selfie(data)
    if any((selfie.perceptual_hash ^ other).bit_count() <= SAME_PICTURE_BITS for other in earlier):
        raise ImageRejected("这张照片以前用过了。请现在重新拍一张。")
    return selfie
