"""设置: what an office decides for itself, setting by setting. Page, check, lock and log all read this list."""

from renewal.domain import office
from renewal.domain.decided import Decided
from renewal.domain.defects import REASONS
from renewal.domain.notice import CLAUSES
from renewal.domain.policy import REFUSE, WARN
from renewal.forms import holidays
from renewal.forms.correction import LABELS
from renewal.forms.kinds import choice, clause, clauses, line, reasons, whole
from renewal.forms.setting import Section, Setting

LOG_KEPT = 180
"""Days, at the least (等保 2.0): a case is not to be gone before the rows of the log that tell of it might be."""
SPECIALTY_2 = frozenset({"specialty_2"})


def _window(decided: Decided) -> dict[str, str]:
    if decided.policy.opens_days > decided.policy.closes_days:
        return {}
    return {"policy.closes_days": "截止日应晚于开始日：这里的天数要比开始申请的少。"}


FIXED = (
    Section(
        "office",
        "办公室",
        (
            Setting("office.name", "名称", line(40), "每一页都显示", "RENEWAL_OFFICE_NAME"),
            Setting("office.phone", "咨询电话", line(60, office.phone), "如：0531-88000000", "RENEWAL_OFFICE_PHONE"),
            Setting("office.address", "窗口地址", line(80), "到窗口核验时要去的地方", "RENEWAL_OFFICE_ADDRESS"),
            Setting("office.hours", "办公时间", line(60), "如：工作日9:00—17:00", "RENEWAL_OFFICE_HOURS"),
            Setting("office.provider_line", "服务提供", line(60), "如：本服务由××提供", "RENEWAL_PROVIDER_LINE"),
            Setting("office.icp_record", "ICP备案号", line(40), "", "RENEWAL_ICP_RECORD"),
            Setting("office.police_record", "公安备案号", line(40), "", "RENEWAL_POLICE_RECORD"),
        ),
        "申请人在页脚和“帮助”里看到这些内容；空着的不显示。",
    ),
    Section(
        "policy",
        "办理规则",
        (
            Setting("policy.opens_days", "有效期届满前几天开始申请", whole(1, 730, "天"), "", "RENEWAL_OPENS_DAYS"),
            Setting("policy.closes_days", "有效期届满前几天截止申请", whole(0, 365, "天"), "", "RENEWAL_CLOSES_DAYS"),
            Setting(
                "policy.outside_window",
                "不在申请期限内的",
                choice((WARN, "提醒以后可以继续办理", WARN), (REFUSE, "不能申请", REFUSE)),
                "知道申请人有效期的时候才判断",
                "RENEWAL_OUTSIDE_WINDOW",
            ),
            Setting(
                "policy.required",
                "申请注册专业2",
                choice(("0", "可以不填", frozenset()), ("1", "必须填写", SPECIALTY_2)),
                "",
                "RENEWAL_SECOND_SPECIALTY_REQUIRED",
            ),
            Setting(
                "policy.employer_confirmation",
                "单位确认",
                choice(("1", "提交后由单位确认，再进入审查", True), ("0", "不用单位确认", False)),
                "",
                "RENEWAL_EMPLOYER_CONFIRMATION",
            ),
            Setting(
                "policy.correct_within",
                "补正期限",
                whole(1, 180, "个工作日"),
                "退回以后，申请人要在几个工作日内补正",
                "RENEWAL_CORRECTION_DAYS",
            ),
        ),
        "保存以后马上生效，对以后的办理起作用；已经给出的期限不变。",
        _window,
    ),
    Section(
        "notice",
        "申报须知",
        (
            *(Setting(f"notice.{each.id}", f"第{number}条", clause(each.id)) for number, each in enumerate(CLAUSES, 1)),
            Setting("notice.more", "另外增加的条款", clauses(), "每行一条，排在最后，申请人同样要逐条勾选"),
        ),
        "写成“要点：详情”，冒号前面是勾选的一句，后面的点“详情”才显示。留空就恢复原来的文字。",
    ),
    Section(
        "reasons",
        "补正原因",
        tuple(Setting(f"reasons.{field}", LABELS[field], reasons()) for field in REASONS),
        "退回补正时可以直接选用，每行一条。留空就恢复原来的。",
    ),
    Section(
        "retention",
        "保存期限",
        (
            Setting(
                "policy.keep_drafts_days",
                "没有提交的草稿",
                whole(1, 3650, "天"),
                "从最后一次保存算起",
                "RENEWAL_KEEP_DRAFTS_DAYS",
            ),
            Setting(
                "policy.keep_avatars_days",
                "自己上传的头像",
                whole(1, 3650, "天"),
                "从最后一次使用算起",
                "RENEWAL_KEEP_AVATARS_DAYS",
            ),
            Setting(
                "policy.keep_decided_days",
                "办结的件",
                whole(LOG_KEPT, 36500, "天"),
                f"从办结算起，至少{LOG_KEPT}天：日志至少要保存这么久",
                "RENEWAL_KEEP_DECIDED_DAYS",
            ),
        ),
        "到期的内容由系统每天自动删除，删除以后找不回来。",
    ),
)


def sections(until: int) -> dict[str, Section]:
    """All of them, with the holidays of every year up to that one."""
    return {section.name: section for section in (*FIXED[:-1], holidays.section(until), FIXED[-1])}


_BY_KEY = {setting.key: setting for section in FIXED for setting in section.settings}
_TITLES = {setting.key: section.title for section in FIXED for setting in section.settings}


def setting(key: str) -> Setting | None:
    """None for one that this release does not know."""
    return _BY_KEY.get(key) or holidays.setting(key)


def full_name(setting: Setting) -> str:
    """Of one that stands outside of its section."""
    return f"{_TITLES.get(setting.key, '节假日')}·{setting.label}"
