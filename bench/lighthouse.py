"""Lighthouse, mobile, on the public pages and on every step of a journey: `python -m bench.lighthouse`."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.browsers import executable, launch, phone
from tests.e2e.serving import serve
from tests.e2e.walk import Current, Walk
from tests.factories import person

PUBLIC = ("/", "/resume", "/tools/photo")
# A step that is done once closes; so each of these stops where its pages are open.
STOPS = {
    "用户注册": ("/profile", "/services", "/services/renewal", "/applications", "/renewal/verify", "/renewal/register"),
    "人脸识别": ("/renewal/face",),
    "核对信息": tuple(f"/renewal/{step}" for step in ("notice", "details", "attachments", "commitment", "review")),
    "申报告知": ("/renewal/done", "/applications"),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        pages = [{"url": address + path, "cookie": ""} for path in PUBLIC]
        for serial, stop in enumerate(STOPS):
            pages += _pages(browser, address, Path(folder), serial, stop)
        chromium = executable() or playwright.chromium.executable_path
        browser.close()
        print("performance, accessibility, best practices, SEO  (goal 100 each; a step ≥ 98, 100, 100)")
        for url, scores, missed in _measured(pages, chromium):
            print("  " + " ".join(f"{score:3}" for score in scores), urlsplit(url).path[:40], *missed)


def _pages(browser: Browser, address: str, folder: Path, serial: int, stop: str) -> list[dict[str, str]]:
    """The pages that are open to a person who has come as far as `stop`."""
    with phone(browser, base_url=address) as page:
        Walk(Current(page), address, person(serial), folder).to(stop)
        urls = [address + path for path in STOPS[stop]]
        if stop == "申报告知":
            urls += _own(page, address)
        cookie = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
        return [{"url": url, "cookie": cookie} for url in urls]


def _own(page: Page, address: str) -> list[str]:
    """The addresses that only this case has: its progress and its receipt."""
    receipt = page.locator("a[href*='/receipts/']").first.get_attribute("href") or ""
    return [f"{address}/applications/{page.inner_text('#number')}", receipt]


def _measured(pages: list[dict[str, str]], chromium: str) -> Iterator[tuple[str, list[int], list[str]]]:
    """Of each page where it led, its four scores, and what cost points."""
    node = Path(sys.executable).with_name("node")  # the pinned one, where the machine has none
    command = [str(node) if node.exists() else "node", str(Path(__file__).with_suffix(".mjs"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps({"chromium": chromium, "pages": pages}))
        process.stdin.close()
        for line in process.stdout:
            page = json.loads(line)
            yield page["url"], page["scores"], page["missed"]


if __name__ == "__main__":
    main()
