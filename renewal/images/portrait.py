from dataclasses import dataclass

from PIL import Image

from renewal.images.decode import decode
from renewal.images.encode import to_jpeg
from renewal.images.errors import ImageRejected
from renewal.images.findings import Finding

WIDTH, HEIGHT = 295, 413
LARGEST_BYTES = 60_000
_LONGEST = 1200


@dataclass(frozen=True)
class Portrait:
    """A one-inch photo: `jpeg` is 295×413 pixels in sRGB without metadata, `findings` are warnings."""

    jpeg: bytes
    findings: tuple[Finding, ...] = ()


def make_portrait(data: bytes) -> Portrait:
    """Cut the one-inch photo (25×35 mm, 295×413 pixels) out of any photo of one person.

    Raises ImageRejected, worded for the person, when it cannot become one.
    """
    from renewal.images.faces import find_faces

    picture = decode(data, longest=_LONGEST)
    if picture.width < WIDTH or picture.height < HEIGHT:
        raise ImageRejected("照片太小，放大后会模糊。请上传原图，或用手机重新拍一张。")
    faces = find_faces(picture.image)
    if not faces:
        raise ImageRejected("照片里没有找到正面人脸。请正对镜头，露出整张脸，重新拍一张。")
    if len(faces) > 1:
        raise ImageRejected("照片里不止一张脸。请单独拍一张，不要有别人入镜。")
    face = faces[0]
    height = face.height * 1.9 / 0.6
    width = height * WIDTH / HEIGHT
    left = face.x + face.width / 2 - width / 2
    top = face.y - face.height * 0.6 - height * 0.06
    box = (round(left), round(top), round(left + width), round(top + height))
    canvas = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), "white")
    canvas.paste(picture.image, (-box[0], -box[1]))
    return Portrait(to_jpeg(canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), LARGEST_BYTES))
