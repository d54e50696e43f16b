"""头像 (图2)."""

from contextlib import suppress

from renewal.images.avatar import make_avatar
from renewal.images.errors import ImageRejected
from renewal.journey.form_input import Invalid
from renewal.services import Services
from renewal.store.database import Unavailable


def keep_avatar(services: Services, device: str, data: bytes) -> str:
    """The id of the kept picture, which replaces the browser's earlier one. Raises Invalid."""
    try:
        picture = make_avatar(data)
    except ImageRejected as rejected:
        raise Invalid({"avatar_file": str(rejected)}) from rejected
    with services.database.transaction():
        return services.people.keep_avatar(device, picture, services.now())


def show_avatar(services: Services, avatar_id: str) -> bytes | None:
    """The picture, or None; as long as it is shown now and then it is kept."""
    if not avatar_id:
        return None
    with suppress(Unavailable):  # who only looks is not bothered by a full disk
        services.people.use_avatar(avatar_id, services.now())
    return services.people.avatar(avatar_id)


def remove_avatar(services: Services, avatar_id: str) -> None:
    """A ready-made one was chosen instead."""
    with services.database.transaction():
        services.people.remove_avatar(avatar_id)
