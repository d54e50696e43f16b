"""The photo studio: from an upload to a one-inch photo that the person may adjust and choose a background for.

Three files stand behind a portrait until it is submitted: the photo itself, the same with the other background
(when whitening turned out well), and a small copy of the upload from which every adjustment is cut anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from renewal.images.errors import ImageRejected
from renewal.images.findings import Finding
from renewal.images.framing import BUTTONS, Adjustment
from renewal.images.hashing import perceptual_hash, same_picture
from renewal.images.portrait import find_sitter, keep, kept, open_photo, portrait_of
from renewal.images.signature import make_signature
from renewal.journey.form_input import Invalid

if TYPE_CHECKING:
    from renewal.images.sitter import Sitter

PHOTO, OTHER, SOURCE = "portrait", "portrait_other", "portrait_source"
SAME_AS_SELFIE = Finding("selfie", "这张照片与核验时的自拍是同一张，工作人员可能要求重拍。建议换一张单独拍的证件照。")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Files by the kind they are kept under, and what the page and the clerk are told of them."""

    files: dict[str, bytes]
    about: dict[str, Any]


def uploaded(data: bytes, selfies: Sequence[int] = ()) -> Prepared:
    """A fresh upload, found, cut and whitened. `selfies` are their perceptual hashes. Raises ImageRejected."""
    picture = open_photo(data)
    taken = perceptual_hash(picture.image) if selfies else 0
    same = any(same_picture(taken, selfie) for selfie in selfies)
    source = keep(find_sitter(picture))
    return cut(kept(source), source, Adjustment(), wants_white=True, also=(SAME_AS_SELFIE,) if same else ())


def cut(
    sitter: "Sitter", source: bytes, adjustment: Adjustment, wants_white: bool, also: Sequence[Finding] = ()
) -> Prepared:
    """Cut the photo of the sitter, whose working copy is `source`. Raises ImageRejected."""
    made = portrait_of(sitter, adjustment, whiten=True)
    takes_white = wants_white and made.whitened is not None
    findings = made.findings_when_whitened if takes_white else made.findings
    photo, other = (made.whitened, made.jpeg) if takes_white else (made.jpeg, made.whitened)
    files = {PHOTO: photo, OTHER: other, SOURCE: source}
    about = {
        "findings": told((*findings, *also)),
        "other_findings": told((*made.findings, *also) if takes_white else (*made.findings_when_whitened, *also)),
        "white": takes_white,
        "choice": other is not None,
        "adjustment": asdict(adjustment),
        "selfie": bool(also),
        "bytes": len(photo or b""),
    }
    return Prepared({kind: file for kind, file in files.items() if file}, about)


def adjusted(source: bytes, about: Mapping[str, Any], form: Mapping[str, str]) -> Prepared:
    """After one press of a button, or a drag: `zoom`, `right`, `down` and `turn` in whole steps. `source` never
    left our hands. Raises Invalid, ImageRejected."""
    also = (SAME_AS_SELFIE,) if about["selfie"] else ()
    return cut(kept(source), source, _adjustment(about, form), about["white"] or not about["choice"], also)


def _adjustment(about: Mapping[str, Any], form: Mapping[str, str]) -> Adjustment:
    adjustment = Adjustment(**about["adjustment"])
    press = form.get("adjust", "")
    if press == "reset":
        return Adjustment()
    if press == "drag":
        return Adjustment(**{name: steps + _whole(form.get(name, "")) for name, steps in asdict(adjustment).items()})
    if press in BUTTONS:
        return adjustment.after(press)
    raise Invalid({PHOTO: "没有收到要调整的内容，请再试一次"})


def with_other_background(photo: bytes, other: bytes | None, source: bytes, about: Mapping[str, Any]) -> Prepared:
    """The other of the two photos, in the place of the one that was taken. Raises Invalid."""
    if other is None:
        raise Invalid({PHOTO: "这张照片没有可换的背景，请在浅色墙面前重拍"})
    swapped = {
        **about,
        "findings": about["other_findings"],
        "other_findings": about["findings"],
        "white": not about["white"],
        "bytes": len(other),
    }
    return Prepared({PHOTO: other, OTHER: photo, SOURCE: source}, swapped)


def one_inch(data: bytes | None, source: bytes | None, state: Mapping[str, Any], form: Mapping[str, str]) -> Prepared:
    """The studio by itself (证件照处理工具): a new upload, or the next change of a working copy that the page
    kept with its `state`, and that the browser may have changed: it is looked at anew. Nothing is stored.
    Raises Invalid."""
    try:
        if data is not None:
            return uploaded(data)
        if source is None:
            raise Invalid({PHOTO: "请先选择一张照片"})
        chosen = "background" in form
        wanted = Adjustment(**state["adjustment"]) if chosen else _adjustment(state, form)
        white = form["background"] == "white" if chosen else state["white"]
        return cut(find_sitter(open_photo(source)), source, wanted, white)
    except ImageRejected as rejected:
        raise Invalid({PHOTO: str(rejected)}) from rejected


def signed(data: bytes) -> Prepared:
    """A signature from the pad or from paper. Raises ImageRejected."""
    made = make_signature(data)
    about = {"findings": [], "bytes": len(made.png)}
    return Prepared({"signature": made.png, "signature_white": made.jpeg}, about)


def told(findings: Sequence[Finding]) -> list[dict[str, str]]:
    return [asdict(finding) for finding in findings]


def _whole(text: str) -> int:
    """Steps of a drag; what is no whole number of at most two digits moves nothing."""
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 2 else 0
