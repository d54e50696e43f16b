"""Whether the face provider works: what the office is told when people were sent away."""

from datetime import timedelta

from renewal.services import Services
from renewal.verification import LABELS
from renewal.wire.trouble import said

LOOK_BACK = timedelta(days=1)


def face_notice(services: Services) -> str | None:
    """None while there is no provider, or nobody has been sent away since somebody came through."""
    failed = services.face_orders.trouble(services.now() - LOOK_BACK) if services.face else None
    return f"{said(LABELS[failed.provider], failed.code)}。申请人只能用其他方式核验。" if failed else None
