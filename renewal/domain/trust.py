"""How far a person has shown who they are (product.md, “levels of trust”)."""

from enum import IntEnum


class Trust(IntEnum):
    """Each level may what the lower ones may."""

    STRANGER = 0
    """Sees the services, starts, types."""
    CLAIMED = 1
    """Entered a name and an ID number: nothing stored is shown."""
    CAPTURED = 2
    """Passed the selfie check, or chose the counter: fills in, attaches and submits in this browser."""
    VERIFIED = 3
    """A provider or the counter confirmed the person."""
