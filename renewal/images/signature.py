"""The handwritten signature (图9-2), from the pad or from paper.

OpenCV is imported inside the function: a worker that gets no picture never pays for it.
"""

from dataclasses import dataclass

from renewal.images.decode import decode

_LONGEST = 1600


@dataclass(frozen=True)
class Signature:
    """A handwritten signature, cut to its ink.

    `png` is dark ink on clear ground (at most 600×240 pixels and 20 KB), `jpeg` the same on white.
    """

    png: bytes
    jpeg: bytes


def make_signature(data: bytes) -> Signature:
    """Lift a signature off the pad's PNG or off a photo of paper.

    Raises ImageRejected, worded for the person, for a blank sheet, a mere dot, ink that runs over the edge,
    or a picture that is no signature.
    """
    from renewal.images import ink

    return Signature(*ink.lift(decode(data, longest=_LONGEST).image))
