"""The settings as their page shows them: each with what it holds, and what was changed by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from renewal.domain.clock import day_and_time
from renewal.domain.commitment import commitment
from renewal.domain.decided import Decided
from renewal.forms.office import full_name
from renewal.forms.setting import Section, Setting
from renewal.office import settling
from renewal.services import Services
from renewal.store.setting_versions import Version
from renewal.web.summary import summary

VERSIONS = 20
LETTER = commitment("＿＿＿", "＿＿＿", "＿＿＿", "＿＿＿").text.splitlines()
"""With its blanks."""


def id_of(key: str) -> str:
    return key.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Sent:
    """A section's form that came in and is shown again: with what is wrong with it, because somebody else was
    faster, or as a `preview` of what it would make."""

    section: Section | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    stale: bool = False
    preview: Decided | None = None


NOTHING_SENT = Sent()


def sections(services: Services, sent: Sent) -> list[dict[str, Any]]:
    return [
        {
            "name": section.name,
            "title": section.title,
            "about": section.about,
            "open": not all(map(services.in_force.locked, section.settings)),
            "rows": [
                _row(services, each) | (_again(services, each, sent) if section is sent.section else {})
                for each in section.settings
            ],
        }
        for section in settling.sections(services).values()
    ]


def summary_of(sent: Sent) -> list[tuple[str, str]]:
    labels = {id_of(each.key): each.label for each in sent.section.settings} if sent.section else {}
    return summary({id_of(key): sentence for key, sentence in sent.errors.items()}, labels)


def history(services: Services) -> list[dict[str, Any]]:
    """The newest versions, the first of them in force, with what each changed; before all of them the defaults."""
    newest = services.setting_versions.newest(VERSIONS + 1)
    if len(newest) <= VERSIONS:
        newest.append(Version())
    return [_version(services, new, old) for new, old in zip(newest, [*newest[1:], None], strict=True)][:VERSIONS]


def _row(services: Services, setting: Setting) -> dict[str, Any]:
    in_force = services.in_force
    return {
        "id": id_of(setting.key),
        "name": setting.key,
        "label": setting.label,
        "kind": setting.kind,
        "hint": setting.hint,
        "value": (value := setting.text(in_force.now())),
        "words": setting.words(value) if value else "空",
        "locked": setting.variable if in_force.locked(setting) else "",
        "default": setting.words(setting.text(in_force.base)) if value != setting.text(in_force.base) else "",
    }


def _again(services: Services, setting: Setting, sent: Sent) -> dict[str, str]:
    now = setting.text(services.in_force.now())
    text = sent.typed.get(setting.key, now)
    differs = sent.stale and text.split() != now.split()
    return {
        "value": text,
        "error": sent.errors.get(setting.key, ""),
        "now": (setting.words(now) or "空") if differs else "",
    }


def _version(services: Services, version: Version, before: Version | None) -> dict[str, Any]:
    changed = settling.changes(services, before.saved, version.saved) if before else []
    return {
        "number": version.number,
        "author": version.author,
        "at": day_and_time(version.at) if version.at else "",
        "changes": [(full_name(setting), settling.said(setting, old, new)) for setting, old, new in changed],
    }
