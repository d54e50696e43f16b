"""What a browser and a person read in an answer: forms, sentences, links, and what the machine was told."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["br", "img", "input", "link", "meta", "path", "circle", "rect"])
UNSEEN = ("style", "script", "title", "svg")


@dataclass
class Form:
    """A form as a browser would send it: `fields` are the pairs it holds now."""

    action: str
    method: str = "get"
    enctype: str = ""
    by_htmx: bool = False
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        return dict(self.fields)


class Reading(HTMLParser):
    """One pass over the HTML of a page or a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.forms: list[Form] = []
        self.ids: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.images: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.invalid: set[str] = set()
        self.text = self.title = self.style = ""
        self._open: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._elsewhere: list[tuple[str, dict[str, str]]] = []
        self._area = ""
        self._select = ""
        self._option: dict[str, str] | None = None
        self.feed(html)
        self.close()

    @property
    def whole(self) -> bool:
        return "<html" in self.html

    @property
    def errors(self) -> dict[str, str]:
        """The sentence beside each field."""
        return {name.removesuffix("-error"): words for name, words in self.ids.items() if name.endswith("-error")}

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The list on top: where each line leads, and what it says."""
        return [(href[1:], words) for href, words in self.links if href.startswith("#") and href != "#step"]

    def form(self, action: str, button: tuple[str, str] | None = None) -> Form:
        """The form for `action`; where there are several, the one with this button or else with a file input."""
        found = [form for form in self.forms if form.action == action and (not button or button in form.buttons)]
        found.sort(key=lambda form: form.enctype != "multipart/form-data")
        assert found, f"no form for {action} on this page, only {[form.action for form in self.forms]}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.setdefault(given["id"], "")
        if "aria-invalid" in given:
            self.invalid.add(given["name"])
        if tag not in VOID:
            self._open.append((tag, given.get("id", "")))
        starts = getattr(self, f"_start_{tag}", None)
        if starts:
            starts(given)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("option", "select"):
            self._end_option()
        if tag == "form":
            self._form = None
        if tag == "textarea" and self._form is not None:
            self._form.fields.append((self._area, self._written))
            self._area = ""
        while any(tag == name for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        inside = [name for name, _ in self._open]
        if "title" in inside:
            self.title += data
        if "style" in inside:
            self.style += data
        if any(name in UNSEEN for name in inside):
            return
        self.text += data
        for _, name in self._open:
            if name:
                self.ids[name] += data
        if self._option is not None:
            self._option["text"] += data
        if self._area:
            self._written += data
        if "a" in inside:
            href, words = self.links[-1]
            self.links[-1] = (href, words + data)

    def _start_form(self, given: dict[str, str]) -> None:
        by_htmx = given.get("hx-post") == given["action"]
        self._form = Form(given["action"], given.get("method", "get"), given.get("enctype", ""), by_htmx)
        self.forms.append(self._form)
        for name, told in self._elsewhere:
            if name == given.get("id"):
                self._take_input(self._form, told)

    def _start_a(self, given: dict[str, str]) -> None:
        self.links.append((given.get("href", ""), ""))

    def _start_img(self, given: dict[str, str]) -> None:
        self.images.append(given["src"])

    def _start_input(self, given: dict[str, str]) -> None:
        """One that stands before its form says by `form` to which it belongs."""
        if "form" in given:
            self._elsewhere.append((given["form"], given))
        elif self._form is not None and "name" in given:
            self._take_input(self._form, given)

    def _take_input(self, form: Form, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        form.names.add(given["name"])
        if kind == "file" or (kind in ("radio", "checkbox") and "checked" not in given):
            return
        form.fields.append((given["name"], given.get("value", "")))

    def _start_textarea(self, given: dict[str, str]) -> None:
        self._area, self._written = given["name"], ""
        if self._form is not None:
            self._form.names.add(self._area)

    def _start_button(self, given: dict[str, str]) -> None:
        if self._form is not None and given.get("type") != "button":
            self._form.buttons.append((given.get("name", ""), given.get("value", "")))

    def _start_select(self, given: dict[str, str]) -> None:
        self._select = given["name"]
        if self._form is not None:
            self._form.names.add(self._select)

    def _start_option(self, given: dict[str, str]) -> None:
        self._end_option()
        self._option = {**given, "text": ""}

    def _end_option(self) -> None:
        option, self._option = self._option, None
        if option is None or self._form is None:
            return
        value = option.get("value", option["text"].strip())
        first = self._select not in self._form.values
        if first or "selected" in option:
            self._form.fields = [pair for pair in self._form.fields if pair[0] != self._select]
            self._form.fields.append((self._select, value))
