"""How far a draft came: what the office's statistics count, once for each step."""

from renewal.journey.steps import DONE_PATH, STEPS
from renewal.store.drafts import History

DONE = "done"
"""提交成功, beside the steps' own names."""
PATHS = (*(step.path for step in STEPS), DONE_PATH)
NAMES = (*(step.name for step in STEPS), DONE)


def newly_reached(history: History, path: str) -> list[str]:
    """The names of what lies behind the furthest a draft with this `history` had come, up to `path`, where it leads
    now: steps that were passed over are reached, too, and nothing is for a second time."""
    furthest = max((_place(led_to) for _, led_to, _ in history), default=-1)
    return list(NAMES[furthest + 1 : _place(path) + 1])


def _place(path: str) -> int:
    path = path.partition("#")[0]
    return PATHS.index(path) if path in PATHS else -1
