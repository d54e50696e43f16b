"""When a registration may be renewed (注册监理工程师管理规定, 部令147号, art. 11)."""

from datetime import date, timedelta

from renewal.domain.dates import add_years, show

VALID_YEARS = 3


def renewal_opens(expiry: date, days: int) -> date:
    """First day to apply, `days` before expiry; ninety are the usual practice, not a rule."""
    return expiry - timedelta(days=days)


def renewal_closes(expiry: date, days: int) -> date:
    """Last day to apply in time, `days` before expiry: thirty (部令147号, art. 11)."""
    return expiry - timedelta(days=days)


def renewed_until(expiry: date) -> date:
    """The new expiry: a renewal adds three years to the old one (部令147号, art. 11)."""
    return add_years(expiry, VALID_YEARS)


def window_rule(opens_days: int, closes_days: int) -> str:
    """When to apply, as applicants read it, before it is known when their registration expires."""
    return f"注册有效期届满前{opens_days}日起可以申请，最迟在届满{closes_days}日前提出；过期的只能申请初始注册"


def untimely(expiry: date, day: date, opens_days: int, closes_days: int) -> str | None:
    """What was wrong with the day of an application, as the office notes it; None inside the window."""
    opens, closes = renewal_opens(expiry, opens_days), renewal_closes(expiry, closes_days)
    if day > expiry:
        return f"提交时注册有效期已届满（{show(expiry)}）"
    if day > closes:
        return f"晚于{show(closes)}提交"
    return f"早于{show(opens)}提交" if day < opens else None


def window_warning(expiry: date, today: date, opens_days: int, closes_days: int) -> str | None:
    """What to tell a person who applies too early, late or after expiry; None inside the window."""
    opens, closes = renewal_opens(expiry, opens_days), renewal_closes(expiry, closes_days)
    if today > expiry:
        return f"您的注册有效期已于{show(expiry)}届满，不能再办理延续注册，请改为申请初始注册。"
    if today > closes:
        return f"延续注册应在{show(closes)}以前申请，现在已晚；注册将于{show(expiry)}到期，请尽快联系办公室。"
    if today < opens:
        return f"您的注册有效期至{show(expiry)}，现在申请过早，请在{show(opens)}至{show(closes)}之间申请。"
    return None
