"""The list from which a case was opened: the case's address carries what was sought there, through every act."""

from flask import request

from renewal.web.halves import OFFICE

LIST = f"{OFFICE}/cases"


def query() -> str:
    """What was sought, as it stands behind an address; empty for a case opened by itself."""
    sought = request.query_string.decode("ascii", "ignore")
    return f"?{sought}" if sought else ""


def around() -> dict[str, str]:
    """Where the case's neighbours and its list are."""
    return {"query": query(), "list": LIST + query()}
