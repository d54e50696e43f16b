"""头像 (图2)."""

from renewal.images.avatar import make_avatar
from renewal.images.errors import ImageRejected
from renewal.journey.answers import Invalid
from renewal.journey.house import House


def keep_avatar(house: House, data: bytes) -> str:
    """The id of the kept picture. Raises Invalid."""
    try:
        picture = make_avatar(data)
    except ImageRejected as rejected:
        raise Invalid({"avatar_file": str(rejected)}) from rejected
    with house.database.transaction():
        return house.people.keep_avatar(picture, house.now())
