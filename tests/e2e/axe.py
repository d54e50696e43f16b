"""axe-core in a page: what keeps people with disabilities out, in readable lines."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule: the rule, where, and what would mend it.

    The page's scripts must be on: axe waits by timers, and without them for ever.
    """
    page.evaluate(SOURCE.read_text())  # through the debugger: a <script> would break our CSP
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
    return [
        f"{rule['id']} ({rule['impact']}) at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
