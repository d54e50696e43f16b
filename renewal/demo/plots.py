"""What becomes of the cases of the demonstration: how many there are of each kind, and what is done to them when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from renewal.demo.answering import confirm, decline
from renewal.demo.applying import apply, correct, withdraw
from renewal.demo.deciding import accept, accept_on_paper, approve, claim, doubt, give_back, refuse, settle
from renewal.demo.stage import Case, Stage

Act = Callable[[Stage, Case], None]
Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plot:
    """`acts` each with the least and most working days until the next one; the `last` one is so many working days ago.
    `method` is how the applicants show who they are, where it matters; a case with a `rival` is one of two on the same
    ID number."""

    cases: int
    last: Days
    acts: Sequence[tuple[Act, Days]]
    method: str = ""
    rival: bool = False


NOW = (0, 0)
ASKED, CONFIRMED = (apply, (1, 4)), (confirm, (1, 4))
ACCEPTED, RETURNED = (accept, (3, 9)), (give_back, (1, 6))

PLOTS = (
    Plot(23, (0, 9), [(apply, NOW)]),
    Plot(3, (11, 14), [(apply, NOW)]),
    Plot(10, (1, 4), [ASKED, (confirm, NOW)], "selfie"),
    Plot(4, (1, 2), [ASKED, (confirm, (1, 2)), (claim, NOW)]),
    Plot(2, (1, 2), [ASKED, (confirm, (1, 2)), (doubt, NOW)], "selfie"),
    Plot(4, (5, 5), [ASKED, (confirm, NOW)]),
    Plot(5, (6, 9), [ASKED, (confirm, NOW)]),
    Plot(8, (1, 4), [ASKED, (decline, NOW)]),
    Plot(4, (1, 6), [ASKED, (decline, (1, 5)), (correct, NOW)]),
    Plot(10, (1, 9), [ASKED, CONFIRMED, (give_back, NOW)]),
    Plot(2, (17, 20), [ASKED, CONFIRMED, (give_back, NOW)]),
    Plot(8, (1, 4), [ASKED, CONFIRMED, RETURNED, (correct, NOW)]),
    Plot(18, (1, 9), [ASKED, CONFIRMED, (accept, NOW)]),
    Plot(2, (2, 6), [ASKED, (accept_on_paper, NOW)], "counter"),
    Plot(6, (10, 10), [ASKED, CONFIRMED, (accept, NOW)]),
    Plot(6, (11, 13), [ASKED, CONFIRMED, (accept, NOW)]),
    Plot(46, (2, 60), [ASKED, CONFIRMED, ACCEPTED, (approve, NOW)]),
    Plot(13, (2, 60), [ASKED, CONFIRMED, RETURNED, (correct, (1, 4)), ACCEPTED, (approve, NOW)]),
    Plot(7, (2, 50), [ASKED, CONFIRMED, ACCEPTED, (refuse, NOW)]),
    Plot(6, (1, 40), [ASKED, (withdraw, NOW)]),
    Plot(3, (1, 30), [ASKED, CONFIRMED, RETURNED, (withdraw, NOW)]),
    Plot(3, (1, 3), [ASKED, (confirm, NOW)], rival=True),
    Plot(2, (1, 3), [ASKED, CONFIRMED, (settle, NOW)], rival=True),
)
"""200 cases: with each rival's."""
