"""What a clerk chose to return, in either way in which it comes: `defect` as `field:reason`, or from the review
itself a tick in `returned` and its words in `reason-FIELD`."""

from flask import request


def values() -> list[str]:
    """`field:reason` for each."""
    ticked = [f"{field}:{request.form.get(f'reason-{field}', '')}" for field in request.form.getlist("returned")]
    return [*request.form.getlist("defect"), *ticked]


def chosen() -> dict[str, str]:
    """By field, to be shown once more, whatever is wrong with it."""
    return {field: text for field, _, text in (value.partition(":") for value in values())}
