"""Charts as inline SVG: read like a picture by who sees, by title and description by who hears.

Lengths across are per cent and lengths down are `em`: a chart is as wide as its place, and its words are as large as
the page's, on a phone and in 关怀版. What colours say is said by shape or in words, too; the page's CSS gives them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

ROW = 2.9  # em: a line of words, and its bar beneath
TOP, PLOT, FOOT = 1.4, 8.0, 1.6  # em: words above the columns, the columns, words beneath
WORDS = 4  # beneath columns, so that they stand apart on the narrowest screen


@dataclass(frozen=True, slots=True)
class Said:
    """What a chart is called, and in one sentence what it shows; `name` tells it from the others of its page."""

    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Of `length`, with words at both of its ends."""

    label: str
    length: float
    note: str


def bars(said: Said, rows: Sequence[Bar]) -> Markup:
    """One lying bar beneath the other, the longest across the whole width."""
    longest = max((row.length for row in rows), default=0) or 1
    drawn = [_bar(number * ROW, row, row.length / longest * 100) for number, row in enumerate(rows)]
    return _svg(said, len(rows) * ROW, drawn)


def columns(
    said: Said,
    heights: Sequence[int],
    words: Sequence[str],
    line: Sequence[int] = (),
    tops: Sequence[str] = (),
    limit: tuple[int, str] | None = None,
) -> Markup:
    """Standing columns with words beneath, as many as there is room for, and `tops` above; a second row of numbers as
    a `line` with dots. `limit` divides those before a column from those from it on, and says what it is."""
    most = max(*heights, *line, 1)
    slot = 100 / len(heights)
    drawn = [
        _column(n, slot, height / most * PLOT, n >= limit[0] if limit else False) for n, height in enumerate(heights)
    ]
    drawn.append(Markup('<line class="axis" x1="0" x2="100%" y1="{y}em" y2="{y}em"/>').format(y=_n(TOP + PLOT)))
    drawn += [
        _over(n, slot, height / most * PLOT, top) for n, (height, top) in enumerate(zip(heights, tops, strict=False))
    ]
    if line:
        drawn.append(_line([value / most for value in line], slot))
    if limit:
        drawn.append(_limit(limit[0] * slot, limit[1]))
    drawn += _beneath(words, slot)
    return _svg(said, TOP + PLOT + FOOT, drawn)


def _bar(y: float, row: Bar, width: float) -> Markup:
    return Markup(
        '<text y="{words}em">{label}</text><text class="note" x="100%" y="{words}em">{note}</text>'
        '<rect class="track" y="{bar}em" width="100%" height=".7em"/>'
        '<rect class="bar" y="{bar}em" width="{width}%" height=".7em"/>'
    ).format(words=_n(y + 1.1), bar=_n(y + 1.5), label=row.label, note=row.note, width=_n(width))


def _column(number: int, slot: float, height: float, beyond: bool) -> Markup:
    return Markup('<rect class="{kind}" x="{x}%" y="{y}em" width="{width}%" height="{height}em"/>').format(
        kind="beyond" if beyond else "bar",
        x=_n((number + 0.1) * slot),
        y=_n(TOP + PLOT - height),
        width=_n(slot * 0.8),
        height=_n(height),
    )


def _over(number: int, slot: float, height: float, words: str) -> Markup:
    return Markup('<text class="mid" x="{x}%" y="{y}em">{words}</text>').format(
        x=_n((number + 0.5) * slot), y=_n(TOP + PLOT - height - 0.3), words=words
    )


def _line(shares: Sequence[float], slot: float) -> Markup:
    """The line in a drawing of its own, stretched, for its points cannot be per cent; the dots keep round."""
    points = " ".join(f"{_n((n + 0.5) * slot)},{_n((1 - share) * 100)}" for n, share in enumerate(shares))
    dots = Markup("").join(
        Markup('<circle cx="{x}%" cy="{y}em" r=".2em"/>').format(x=_n((n + 0.5) * slot), y=_n(TOP + PLOT * (1 - share)))
        for n, share in enumerate(shares)
    )
    return Markup(
        '<svg y="{top}em" width="100%" height="{plot}em" viewBox="0 0 100 100" preserveAspectRatio="none">'
        '<polyline class="line" points="{points}" vector-effect="non-scaling-stroke"/></svg>{dots}'
    ).format(top=TOP, plot=PLOT, points=points, dots=dots)


def _limit(x: float, words: str) -> Markup:
    return Markup(
        '<line class="limit" x1="{x}%" x2="{x}%" y1=".2em" y2="{foot}em"/>'
        '<text class="note" x="{before}%" y="1em">{words}</text>'
    ).format(x=_n(x), foot=_n(TOP + PLOT), before=_n(x - 1), words=words)


def _beneath(words: Sequence[str], slot: float) -> list[Markup]:
    """All of them where they are short; else the last, and every so-manieth before it."""
    short = all(len(word) <= len("10") for word in words[:-1])
    every = 1 if short else -(-len(words) // WORDS)
    shown = [n for n in range(len(words)) if (len(words) - 1 - n) % every == 0]
    return [
        Markup('<text class="{where}" x="{x}%" y="{y}em">{word}</text>').format(
            where="note" if n == len(words) - 1 and not short else "mid",
            x=_n((n + 1) * slot if n == len(words) - 1 and not short else (n + 0.5) * slot),
            y=_n(TOP + PLOT + 1.2),
            word=words[n],
        )
        for n in shown
    ]


def _svg(said: Said, height: float, drawn: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{name}-title {name}-desc" width="100%" height="{height}em">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>{drawn}</svg>'
    ).format(
        name=said.name,
        title=said.title,
        description=said.description,
        height=_n(height),
        drawn=Markup("").join(drawn),
    )


def _n(number: float) -> str:
    """Short, and no more exact than a screen."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
