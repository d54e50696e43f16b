"""设置: saved section by section, logged setting by setting, and brought back to any earlier version."""

from collections.abc import Mapping
from hashlib import sha256

from renewal.domain.clock import china_day
from renewal.domain.errors import InvalidValue
from renewal.forms import office
from renewal.forms.fields import Invalid
from renewal.forms.kinds import MOST
from renewal.forms.setting import Section, Setting
from renewal.office.acts import Action, actor
from renewal.services import Services
from renewal.store.setting_versions import SettingsChanged, Version
from renewal.store.staff import Member

Saved = Mapping[str, str]
SAID_WHOLE = 60  # characters of a value that the log repeats; of a longer one it gives the digest
TOO_LONG = f"内容太长，最多{MOST}个字。"


def sections(services: Services) -> dict[str, Section]:
    """With the holidays of this year and the next, which is announced in the autumn."""
    return office.sections(china_day(services.now()).year + 1)


def read(services: Services, section: Section, typed: Mapping[str, str]) -> dict[str, str]:
    """All that would be saved. What is left empty, or is as the defaults have it, is not. Raises Invalid."""
    saved, errors = dict(_newest(services).saved), {}
    for each in section.settings:
        if each.key in typed and not services.in_force.locked(each):
            saved.pop(each.key, None)
            try:
                saved |= _read(services, each, typed[each.key])
            except InvalidValue as problem:
                errors[each.key] = str(problem)
    errors = errors or dict(section.check(services.in_force.over(saved)))
    if errors:
        raise Invalid(errors, typed)
    return saved


def save(services: Services, member: Member, seen: int, section: Section, typed: Mapping[str, str]) -> list[str]:
    """What a form shown at the version `seen` says; the labels of what it changed. Raises Invalid, SettingsChanged."""
    with services.database.transaction():
        return _put(services, member, seen, read(services, section, typed))


def restore(services: Services, member: Member, seen: int, version: Version) -> list[str]:
    """All settings as they were in an earlier version. Raises SettingsChanged."""
    with services.database.transaction():
        return _put(services, member, seen, version.saved, f"恢复第{version.number}版：")


def changes(services: Services, old: Saved, new: Saved) -> list[tuple[Setting, str, str]]:
    """What differs between two versions: the setting, and its text before and after."""
    base = services.in_force.base
    keys = sorted({key for key, _ in old.items() ^ new.items()})
    found = [each for each in map(office.setting, keys) if each]
    return [(each, old.get(each.key, each.text(base)), new.get(each.key, each.text(base))) for each in found]


def said(setting: Setting, old: str, new: str) -> str:
    """From what to what."""
    if max(len(old), len(new)) > SAID_WHOLE or "\n" in old + new:
        return f"内容已改，摘要 {_digest(old)} → {_digest(new)}"
    before, after = (f"“{setting.words(text)}”" if text else "空" for text in (old, new))
    return f"{before} → {after}"


def _read(services: Services, setting: Setting, typed: str) -> dict[str, str]:
    if len(typed) > MOST:
        raise InvalidValue(TOO_LONG)
    if not typed.strip():
        return {}
    text = setting.kind.show(setting.kind.read(typed.strip()))
    return {} if text == setting.text(services.in_force.base) else {setting.key: text}


def _newest(services: Services) -> Version:
    versions = services.setting_versions
    return versions.find(versions.number()) or Version()


def _put(services: Services, member: Member, seen: int, saved: Saved, why: str = "") -> list[str]:
    newest = _newest(services)
    if newest.number != seen:
        raise SettingsChanged
    changed = changes(services, newest.saved, saved)
    if changed:
        services.setting_versions.put(Version(seen + 1, saved, member.name, services.now()))
    for setting, old, new in changed:
        services.log(actor(member), Action.SETTING, office.full_name(setting), why + said(setting, old, new))
    return [setting.label for setting, _, _ in changed]


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
