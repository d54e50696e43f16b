"""A session that ended, or never was: it opens nothing, nothing typed is lost, and there is a way on."""

from flask import Flask, request, url_for
from werkzeug.wrappers import Response

from renewal.journey.steps import details
from renewal.store.drafts import DraftChanged
from renewal.web import form_input, halves, htmx, leading, messages, session
from renewal.web.context import context
from renewal.web.tokens import StepToken

STALE = "这一页在别处已经更新过，刚才的操作没有重复执行。下面是最新的内容，请核对后继续。"
SAVED = "您有一段时间没有操作，为保护您的信息，已自动退出。刚才填写的内容已保存，请重新填写姓名和身份证号码继续。"
ENDED = "您有一段时间没有操作，为保护您的信息，已自动退出。已保存的内容都在，请重新填写姓名和身份证号码继续。"


def init_app(app: Flask) -> None:
    app.before_request(_guard)


def _guard() -> Response | None:
    if request.endpoint is None or halves.in_office() or session.allows(request.endpoint, request.view_args or {}):
        return None
    return _answer()


def _answer() -> Response:
    """A page asked for leads to 用户核验; a form posted is kept if this browser began its draft, and shown
    for copying if not."""
    if request.method != "POST":
        if session.device().drafts:
            messages.add("info", ENDED)
        return leading.go(url_for("wizard.show", name="verify"))
    token = session.token()
    if token is None or token.draft not in session.device().drafts:
        return unknown()
    messages.add("warning", SAVED if _keep(token) else ENDED)
    return leading.state(url_for("wizard.show", name="verify"), 409)


def unknown(status: int = 409) -> Response:
    """The browser no longer knows the draft: what was typed is shown, so that it can be copied."""
    return htmx.page(
        "errors/error.html",
        status,
        heading="页面已过期",
        sentence="浏览器没有保留您的登录信息，这次填写的内容没有存上。此前保存的内容都在，用续办码可以接着办；没有续办码的，请重新核验。",
        actions=[("重新核验", "/renewal/verify"), ("用续办码继续", "/resume"), ("返回首页", "/")],
        typed=typed(),
    )


def typed() -> list[tuple[str, str]]:
    """What the person wrote, under the labels they know."""
    fields = (form_input.posted_step() or details.STEP).form.fields
    return [(f.label, request.form[f.name]) for f in fields if request.form.get(f.name)]


def _keep(token: StepToken) -> bool:
    """Whether the form was 申报信息 and is kept as typed; an old form of another step is none of its answers."""
    draft = context().services.draft(token.draft)
    part = details.STEP.form.typed(request.form)
    if token.step != details.STEP.name or not part or draft.submitted:
        return False
    try:
        details.keep_typed(context().services, draft, part)
    except DraftChanged:
        return False
    return True
