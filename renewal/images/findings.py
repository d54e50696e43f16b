"""What is seen in a picture and may be better. What stops a picture is ImageRejected instead."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A warning: the person is advised, the clerk is shown it. `text` is plain Chinese and says how to mend it."""

    code: str
    text: str
