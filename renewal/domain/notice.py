"""What a person reads before applying (申报须知, the manual's figure 8), in our own words.

Sources: 注册监理工程师管理规定 (部令147号), 工作规程 (建市监函〔2017〕51号), 行政许可法 and 个人信息保护法.
"""

from dataclasses import dataclass

from renewal.domain.calendar import DECIDE_RULE, RETURN_RULE


@dataclass(frozen=True)
class Clause:
    """One point of 注册须知, ticked by itself; `id` stays the same when the words change."""

    id: str
    text: str


CLAUSES: tuple[Clause, ...] = (
    Clause("in_person", "延续注册由本人申请。请不要让别人代办，也不要把账户和验证码交给别人。"),
    Clause(
        "in_time",
        "您已经注册，注册还在有效期内，并在有效期届满30日前申请。过期后不能延续，只能申请初始注册。",
    ),
    Clause(
        "one_employer",
        "您只受聘于一个单位，与该单位签有劳动合同，并由该单位缴纳社会保险。退休人员不需要缴纳社会保险。",
    ),
    Clause("education", "您已经按规定完成本专业的继续教育。未达到要求的，不予延续注册。"),
    Clause("age", "您的年龄不超过65周岁。超过65周岁的，不予延续注册。"),
    Clause(
        "no_grounds_for_refusal",
        "您具有完全民事行为能力，没有尚未执行完毕的刑事处罚。因执业受过刑事处罚的，执行完毕已满2年。",
    ),
    Clause(
        "truth",
        "您填写的内容和上传的材料都真实。隐瞒情况或者弄虚作假的，不予注册，1年内不能再次申请。",
    ),
    Clause(
        "employer_confirms",
        "提交以后，一般还要由单位确认，请提醒单位及时办理。“提交成功”不等于已经受理，请留意办理进度。",
    ),
    Clause(
        "time_limits",
        f"材料需要补正的，{RETURN_RULE}；{DECIDE_RULE}决定。不予注册会说明理由，您可以申请行政复议或者提起行政诉讼。",
    ),
    Clause(
        "personal_data",
        "您的个人信息只用于办理这项业务，您可以要求查阅、复制或者删除。人脸信息另外征求您的同意，不愿意刷脸可以到窗口核验。",
    ),
    Clause("help", "办理中遇到困难，请拨打页面上的咨询电话，或者到办公室窗口咨询。"),
)

MATERIALS: tuple[str, ...] = (
    "一寸白底免冠照：近期正面照片，jpg、jpeg 或 png 格式",
    "手写签名：在屏幕上签，或者签在白纸上拍照上传",
    "承诺书：在线阅读全文并确认，不需要另外准备",
)
