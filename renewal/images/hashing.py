"""Pictures known again: the same one saved anew has nearly the same hash."""

from PIL import Image

_SAME_BITS = 4


def perceptual_hash(image: Image.Image) -> int:
    """Difference hash of 64 bits: is each of 8×8 cells brighter than its right neighbour?

    Takes an RGB picture of any size; compare two by `same_picture`.
    """
    cells = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (cells[row * 9 + column] > cells[row * 9 + column + 1])
    return bits


def same_picture(one: int, other: int) -> bool:
    """Whether two perceptual hashes are of one picture.

    Saved again, smaller or at another quality, it differs in up to 4 bits; another shot of the same person
    in the same place differs in more.
    """
    return (one ^ other).bit_count() <= _SAME_BITS
