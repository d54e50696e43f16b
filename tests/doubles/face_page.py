"""A face provider's page, where the camera is two links."""

from collections.abc import Mapping
from urllib.parse import quote

from tests.doubles.serving import Asked, Double, Fields


class FaceDouble(Double):
    """`orders` by the number we gave them; `start_code` is what it says of a person when an order is begun."""

    start_code: str
    key: str

    def __init__(self) -> None:
        super().__init__()
        self.orders: dict[str, Fields] = {}

    def page(self, path: str, query: Fields) -> Fields:
        """The order its page is opened for. Raises Told."""
        raise NotImplementedError

    def finish(self, order: Fields, passed: bool) -> str:
        """The person came to the end of the page; where the browser is sent with that."""
        raise NotImplementedError

    def visit(self, asked: Asked) -> tuple[int, Mapping[str, str], bytes] | None:
        if asked.path == "/favicon.ico":
            return 204, {}, b""
        if asked.path == "/finish":
            passed = asked.query["passed"] == "yes"
            return 302, {"Location": self.finish(self.orders[asked.query["order"]], passed)}, b""
        if "/page/" in asked.path or "/web/login" in asked.path:
            return 200, {"Content-Type": "text/html; charset=utf-8"}, _shown(self.page(asked.path, asked.query))
        return None


def _shown(order: Fields) -> bytes:
    links = "".join(
        f'<p><a id="{passed}" href="/finish?order={quote(order["number"])}&passed={passed}">{words}</a></p>'
        for passed, words in (("yes", "刷脸通过"), ("no", "刷脸不通过"))
    )
    return f"<!doctype html><h1>服务商</h1>{links}".encode()
