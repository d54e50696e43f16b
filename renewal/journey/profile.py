"""头像 (图2)."""

from renewal.images.avatar import make_avatar
from renewal.images.errors import ImageRejected
from renewal.journey.form_input import Invalid
from renewal.services import Services


def keep_avatar(services: Services, device: str, data: bytes) -> str:
    """The id of the kept picture, which replaces the browser's earlier one. Raises Invalid."""
    try:
        picture = make_avatar(data)
    except ImageRejected as rejected:
        raise Invalid({"avatar_file": str(rejected)}) from rejected
    with services.database.transaction():
        return services.people.keep_avatar(device, picture, services.now())


def remove_avatar(services: Services, avatar_id: str) -> None:
    """A ready-made one was chosen instead."""
    with services.database.transaction():
        services.people.remove_avatar(avatar_id)
