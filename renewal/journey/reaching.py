"""How far a draft came: what the office's statistics count, once for each step."""

from renewal.journey.steps import DONE_PATH, STEPS, current
from renewal.store.drafts import Draft

DONE = "done"
"""提交成功, beside the steps' own names."""
PATHS = (*(step.path for step in STEPS), DONE_PATH)
NAMES = (*(step.name for step in STEPS), DONE)


def newly_reached(before: Draft, after: Draft) -> list[str]:
    """The names of what lies behind the furthest that the draft had come, up to where it stands now, `after` a form
    whose place in the history is not written yet. Steps that are passed over are reached, too, and nothing is for a
    second time, but for 承诺书 when a picture was taken away and put there again."""
    led_to = [path.partition("#")[0] for _, path, _ in after.history]
    stood = _place(before) if before.id == after.id else -1  # another person begins a draft of their own
    furthest = max(stood, *(PATHS.index(path) for path in led_to if path in PATHS), -1)
    return list(NAMES[furthest + 1 : _place(after) + 1])


def _place(draft: Draft) -> int:
    """Of the step where a draft stands; before all of them while it holds nothing."""
    if draft.submitted:
        return NAMES.index(DONE)
    return STEPS.index(current(draft.all_answers)) if draft.answers else -1
