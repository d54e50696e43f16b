"""头像 (图2)."""

from renewal.images.avatar import make_avatar
from renewal.images.errors import ImageRejected
from renewal.journey.form_input import Invalid
from renewal.journey.services import Services


def keep_avatar(services: Services, data: bytes) -> str:
    """The id of the kept picture. Raises Invalid."""
    try:
        picture = make_avatar(data)
    except ImageRejected as rejected:
        raise Invalid({"avatar_file": str(rejected)}) from rejected
    with services.database.transaction():
        return services.people.keep_avatar(picture, services.now())
