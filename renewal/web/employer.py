"""单位确认: the employer's page, public to whoever holds the link."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal import employer as verbs
from renewal.attempts import TooMany
from renewal.domain import masks
from renewal.domain.application import Status
from renewal.domain.clock import day_and_time
from renewal.domain.confirmation import CONFIRMED
from renewal.employer import Answered, Asked, End, Ended
from renewal.forms.employer import DECLINE, FORM
from renewal.forms.fields import Invalid
from renewal.store.employer_links import LinkKey
from renewal.web import htmx, leading, messages, throttle
from renewal.web.context import context
from renewal.web.visitor import visitor

employer = Blueprint("employer", __name__)

NOT_TAKEN = "单位此前已经答复，这次填写的没有采用。下面是此前的答复；需要更改的，请联系申请人。"
ENDS = {
    End.UNKNOWN: (404, "链接打不开", "链接不完整，或者被改动过。请让申请人重新发送完整的链接，或者当面扫码。"),
    End.NOT_ASKED_HERE: (410, "不需要单位确认", "本办理机构不需要单位确认，您不用操作。"),
    End.WITHDRAWN: (410, "申请已撤回", "申请人已撤回这次申请，不需要再确认。"),
    End.MOVED_ON: (
        410,
        "不需要再确认",
        "这次申请已经进入下一步，或者申请人已重新提交。还需要确认的，请让申请人发送新链接。",
    ),
    End.REPLACED: (410, "链接已更换", "申请人已换了新链接，这个链接不能再用。请使用申请人最近发送的链接。"),
    End.EXPIRED: (410, "链接已过期", "链接自发出起14天内有效，现在已过期。请让申请人换一个新链接再发送。"),
}


@employer.get("/employer/<token>")
def show(token: str) -> Response:
    return _page(token, verbs.look(context().services, _key(token)))


@employer.post("/employer/<token>")
def answer(token: str) -> BaseResponse:
    """Whoever holds the link may answer, so that it stands in for a CSRF token, too."""
    try:
        verbs.answer(context().services, _key(token), request.form.to_dict(), visitor())
    except Answered as before:
        if not before.same:
            messages.add("warning", NOT_TAKEN)
            return _page(token, verbs.look(context().services, _key(token)), status=409)
    return leading.go(url_for("employer.show", token=token))


@employer.errorhandler(Ended)
def _ended(ended: Ended) -> Response:
    status, heading, sentence = ENDS[ended.end]
    return htmx.page("errors/error.html", status, heading=heading, sentence=sentence, actions=[])


@employer.errorhandler(Invalid)
def _invalid(problem: Invalid) -> Response:
    return _again(problem.errors, problem.typed, 422)


@employer.errorhandler(TooMany)
def _too_often(too_many: TooMany) -> Response:
    return throttle.answer(too_many, lambda: _again({}, request.form.to_dict()))


def _key(token: str) -> LinkKey:
    """Raises Ended for what we did not sign."""
    key = context().tokens.read_employer(token)
    if key is None:
        raise Ended(End.UNKNOWN)
    return key


def _again(errors: Mapping[str, str], typed: Mapping[str, str], status: int = 200) -> Response:
    token = (request.view_args or {})["token"]
    return _page(token, verbs.look(context().services, _key(token)), errors, typed, status)


def _page(
    token: str,
    asked: Asked,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    errors, path = errors or {}, url_for("employer.show", token=token)
    page = htmx.page(
        "employer/outcome.html" if asked.answer else "employer/ask.html",
        status,
        path=path,
        rows=_masked(asked),
        confirmed=CONFIRMED,
        entries={entry.field.name: entry for entry in FORM.entries(typed or {}, context().services.rules, errors)},
        decline=DECLINE,
        summary=list(errors.items()),
        until=day_and_time(asked.link.ends_at),
        outcome=_outcome(asked),
    )
    return htmx.push_url(path, page)


def _masked(asked: Asked) -> list[tuple[str, str]]:
    details = asked.details
    return [
        ("申请编号", asked.application.number),
        ("姓名", masks.name(details["name"])),
        ("证件号码", masks.id_number(details["id_number"])),
        ("单位名称", details["employer"]),
        ("申请注册专业", "、".join(filter(None, (details["specialty_1"], details["specialty_2"])))),
    ]


def _outcome(asked: Asked) -> dict[str, Any] | None:
    if asked.answer is None:
        return None
    return {
        "confirmed": asked.answer.status is Status.EMPLOYER_CONFIRMED,
        "rows": [
            ("统一社会信用代码", asked.answer.credit_code),
            ("经办人", f"{masks.name(asked.answer.name)} {masks.phone(asked.answer.phone)}"),
            ("答复时间", day_and_time(asked.answer.answered_at)),
            *([("原因", asked.answer.reason)] if asked.answer.reason else []),
        ],
    }
