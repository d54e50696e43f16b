"""Addresses that a browser hands in, and where they may lead."""


def own_path(address: str) -> str:
    """`address` if it is a path of this app, else the home page: no link leads elsewhere from here."""
    # A browser takes a backslash for a slash, and leaves out line breaks before it looks.
    strange = any(char <= " " or char in "\\\x7f" for char in address)
    return "/" if strange or not address.startswith("/") or address.startswith("//") else address
