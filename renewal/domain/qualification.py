"""How education (学历) and degree (学位) go together."""

_ASCENDING = ("无", "中专", "大学专科", "大学本科", "硕士研究生", "博士研究生")

# A master's degree is also given to graduates without a master's course (同等学力), a doctor's likewise.
_LOWEST_EDUCATION = {"学士": "大学本科", "硕士": "大学本科", "博士": "硕士研究生"}


def education_degree_warning(education: str, degree: str) -> str | None:
    """A hint where the degree is above the education; never an error.

    The samples of the manual's figure 9-1 themselves pair 学历 无 with 学位 学士.
    """
    lowest = _LOWEST_EDUCATION.get(degree)
    if lowest is None or education not in _ASCENDING:
        return None
    if _ASCENDING.index(education) >= _ASCENDING.index(lowest):
        return None
    return f"学历“{education}”与学位“{degree}”通常不会同时出现，请按证书核对；没有填错可以继续。"
