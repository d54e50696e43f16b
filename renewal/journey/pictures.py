"""What a form of 附件 does to its picture: put, removed, adjusted, or with another background."""

from base64 import b64decode
from collections.abc import Mapping, Sequence

from renewal.forms.pictures import PICTURES
from renewal.journey import correcting, studio
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.studio import OTHER, PHOTO, SOURCE, Prepared
from renewal.services import Services
from renewal.store.drafts import Draft

TITLES = {picture.kind: picture.title for picture in PICTURES}
FILES = {"portrait": (PHOTO, OTHER, SOURCE), "signature": ("signature", "signature_white")}


def prepare(services: Services, draft: Draft, sent: FormInput) -> Prepared | None:
    """The picture as the pressed button wants it; None to remove it. Raises Invalid, ImageRejected."""
    if sent.part == PHOTO and "adjust" in sent.fields:
        return _adjusted(services, draft, sent.fields)
    if sent.part == PHOTO and "background" in sent.fields:
        return _with_background(services, draft, sent.fields["background"])
    if sent.fields.get("remove") == "1":
        return None
    data = chosen(sent.part, sent.files(sent.part), sent.fields)
    return studio.signed(data) if sent.part == "signature" else studio.uploaded(data, draft.answers.get("selfies", ()))


def stored(services: Services, draft: Draft, kind: str) -> bytes | None:
    """The picture's file, or the one that was handed in: a page that was just left may still ask for it, and a
    returned one is shown until there is another."""
    file = services.attachments.get(draft.id, kind)
    handed_in = draft.submitted or bool(correcting.reasons(draft.answers))
    application = services.applications.of_draft(draft.id) if file is None and handed_in else None
    if application is None:
        return file
    return services.submissions.pictures(application.id, application.submissions - 1).get(kind)


def keep(services: Services, draft: Draft, kind: str, files: Mapping[str, bytes]) -> None:
    """Keep `files` as all that there is of this picture. Runs inside a transaction."""
    for name in FILES[kind]:
        if name not in files:
            services.attachments.remove(draft.id, name)
    for name, file in files.items():
        services.attachments.put(draft.id, name, file, services.now())


def chosen(kind: str, files: Sequence[bytes], fields: Mapping[str, str]) -> bytes:
    """The picture that came: a file, or what was drawn on the pad as a PNG data URL. Raises Invalid."""
    drawn = fields.get(f"{kind}_data", "")
    if drawn:
        head, _, body = drawn.partition(",")
        try:
            return b64decode(body if head.startswith("data:image/png") else "!", validate=True)
        except ValueError:
            raise Invalid({kind: "没有收到完整的签名，请重新签一次"}) from None
    if not files:
        raise Invalid({kind: f"请选择要上传的{TITLES[kind]}"})
    return files[0]


def _adjusted(services: Services, draft: Draft, fields: Mapping[str, str]) -> Prepared:
    """Cut anew: 大一点, 上移, 左转 … or a drag."""
    source = services.attachments.get(draft.id, SOURCE)
    if source is None:
        raise Invalid({PHOTO: f"请先上传{TITLES[PHOTO]}"})
    return studio.adjusted(source, draft.answers["pictures"][PHOTO], fields)


def _with_background(services: Services, draft: Draft, background: str) -> Prepared:
    """The portrait with the `white` or the `plain` background."""
    photo, other, source = (services.attachments.get(draft.id, kind) for kind in FILES[PHOTO])
    if photo is None or source is None:
        raise Invalid({PHOTO: f"请先上传{TITLES[PHOTO]}"})
    about = draft.answers["pictures"][PHOTO]
    if about["white"] == (background == "white"):
        return Prepared({PHOTO: photo, SOURCE: source} | ({OTHER: other} if other else {}), about)
    return studio.with_other_background(photo, other, source, about)
