from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """Something seen in a picture: an error stops it, a warning advises the person and is shown to the clerk.

    `text` is plain Chinese and says how to mend it; the classes follow the one-inch photo rules.
    """

    code: str
    level: Literal["error", "warning"]
    text: str
