"""What went wrong, in the person's words, with the right status, and nothing lost."""

import errno
from collections.abc import Iterator

from flask import Flask, current_app, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, ServiceUnavailable
from werkzeug.wrappers import Response

from renewal import logs
from renewal.documents.fonts import NoFont
from renewal.journey.form_input import Invalid, Repeated
from renewal.journey.steps import face, is_open, next_path
from renewal.store.applications import AlreadyOpen
from renewal.store.database import Unavailable
from renewal.store.drafts import DraftChanged
from renewal.store.trouble import DatabaseUnfit
from renewal.web import form_input, halves, htmx, leading, messages, request_ids, session, session_expired
from renewal.web.context import context
from renewal.web.office import menu as office_menu
from renewal.web.office import typed as office_typed
from renewal.web.pages import step_page

OTHER_ANSWERS = "这一步此前已经保存过，刚才填写的不同内容没有采用。需要修改的，请返回那一步重新填写。"
ALREADY_OPEN = (
    "您在这台设备上已提交过一件申请，正在办理，不能再提交一件。可在“我的办件”查看；需要重新填写的，请先撤回那一件。"
)
TOO_LARGE = "文件太大了，请换一张小一些的图片；用手机拍的，可以把照片质量调低再拍。"
NO_PDF = "暂时不能生成PDF文件"
ASK_THE_OFFICE = "窗口的系统还缺一个中文字体。办件不受影响，页面上都能看；要纸质文书的，请联系窗口。"
HOME = [("返回首页", "/"), ("我的办件", "/applications")]

WORDS = {
    400: ("请求没有被接受", "页面内容不完整，请返回上一页重新操作。"),
    404: ("没有找到这个页面", "链接可能不完整，或者内容已不存在。请从首页重新进入。"),
    405: ("不能这样打开这个页面", "请从首页重新进入。"),
    408: ("没有收到完整的内容", "网络可能断了一会儿。已保存的内容都在，请返回上一页再试一次。"),
    410: ("内容已到期删除", "这件办件已过保存期限，填写的内容和照片已按规定删除，只保留编号、结果和办理日期。"),
    413: ("文件太大", TOO_LARGE),
    500: ("系统出了点问题", "不是您的操作有误。已保存的内容都在，请稍后再试；一直不行的，请联系窗口。"),
    503: ("暂时无法保存", "系统正忙或正在维护。已保存的内容都在，请过一会儿再试一次。"),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(Repeated, _repeated)
    app.register_error_handler(DraftChanged, _stale)
    app.register_error_handler(AlreadyOpen, _already_open)
    app.register_error_handler(CSRFError, lambda _error: session_expired.unknown(400))
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(DatabaseUnfit, _unavailable)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(NoFont, _no_font)
    app.register_error_handler(ServiceUnavailable, lambda _error: _busy())
    app.register_error_handler(OSError, _full_disk)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def _invalid(problem: Invalid) -> Response:
    step = form_input.posted_step()
    if step is None:
        return _bug(problem)
    typed = problem.typed or request.form.to_dict()
    return step_page(step, session.draft_now(), problem.errors, typed, request.form.getlist("read"), 422)


def _repeated(repeated: Repeated) -> Response:
    if not repeated.same:
        messages.add("warning", OTHER_ANSWERS, messages.card())
    # What was submitted leads to its receipt, whichever of its forms comes back.
    return leading.go(next_path(session.draft()) if session.draft().submitted else repeated.path)


def _stale(_changed: DraftChanged) -> Response:
    """409 with the current state. A step that is still open keeps what was typed, to be sent once more."""
    messages.add("warning", session_expired.STALE, messages.card())
    draft, step = session.draft_now(), form_input.posted_step()
    if step is None or draft.submitted or not is_open(step, draft.all_answers):
        return leading.state(next_path(draft), 409)
    if not draft.id:
        draft = session.begin()
    return step_page(step, draft, {}, request.form.to_dict(), request.form.getlist("read"), 409)


def _already_open(error: AlreadyOpen) -> Response:
    """The person's own second try is led to the first."""
    messages.add("error", ALREADY_OPEN)
    session.select_draft(context().services.draft(error.application.draft_id))
    return leading.state(url_for("cases.show", number=error.application.number), 409)


def _too_large(_error: RequestEntityTooLarge) -> Response:
    """A picture's step says it beside the picture. The form cannot be read, so that the session alone must
    tell whose it is: with two drafts open it might be the other one's."""
    step, drafts = form_input.posted_step(), session.opened()
    field = "selfie" if step is face.STEP else messages.card()
    if step and field and len(drafts) == 1:
        draft = context().services.draft(drafts[0])
        if draft.trust >= step.needs and not draft.submitted and is_open(step, draft.all_answers):
            return step_page(step, draft, {field: TOO_LARGE}, status=413)
    return _page(413)


def _unavailable(error: Exception) -> Response:
    current_app.logger.error("cannot save: %s", "; before: ".join(_causes(error)))
    return _busy()


def _busy() -> Response:
    response = _page(503)
    response.headers["Retry-After"] = "10"
    return response


def _causes(error: BaseException | None) -> Iterator[str]:
    """What the database and the disk said, the last first; other errors may tell of a person."""
    while error:
        if isinstance(error, Unavailable | DatabaseUnfit | OSError):
            yield str(error)
        error = error.__cause__ or error.__context__


def _full_disk(error: OSError) -> Response:
    """There is no room for an upload while it is coming in."""
    return _unavailable(error) if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else _bug(error)


def _no_font(error: NoFont) -> Response:
    """The office can help itself; an applicant reads everything on the pages meanwhile."""
    current_app.logger.error("%s", error)
    return _page(503, (NO_PDF, str(error) if halves.in_office() else ASK_THE_OFFICE))


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()
    return _page(error.code)


def _bug(error: Exception) -> Response:
    # Not as exc_info: whoever else takes the log would write the error's words, and somebody's data with them.
    current_app.logger.error("bug at %s\n%s", request.endpoint, logs.trace(error))
    return _page(500)


def _page(status: int, words: tuple[str, str] | None = None) -> Response:
    heading, sentence = words or WORDS.get(status, WORDS[400 if status < 500 else 500])
    return htmx.page(
        "errors/error.html",
        status,
        heading=heading,
        sentence=sentence,
        actions=office_menu.HOME if halves.in_office() else HOME,
        helper="技术人员" if halves.in_office() else "窗口",
        reference=request_ids.current() if status >= 500 else "",
        # A form that could not be read cannot be shown either.
        typed=_typed() if status in (500, 503) and "form" in vars(request) else [],
    )


def _typed() -> list[tuple[str, str]]:
    return office_typed.typed() if halves.in_office() else session_expired.typed()
