"""What a person reads before applying (申报须知, the manual's figure 8), in our own words.

Sources: 注册监理工程师管理规定 (部令147号), 工作规程 (建市监函〔2017〕51号), 行政许可法 and 个人信息保护法.
"""

from dataclasses import dataclass

from renewal.domain.calendar import DECIDE_WITHIN, RETURN_RULE


@dataclass(frozen=True)
class Clause:
    """One point of 注册须知, ticked by itself; `id` stays the same when the words change.

    `point` is what a person declares or must know, `more` the particulars and what follows from it.
    """

    id: str
    point: str
    more: str


CLAUSES: tuple[Clause, ...] = (
    Clause("in_person", "由本人申请，不让人代办", "也不要把账户交给别人使用。"),
    Clause(
        "in_time",
        "注册有效期届满30日前申请",
        "您已经注册，注册还在有效期内。过期后不能延续，只能申请初始注册。",
    ),
    Clause(
        "one_employer",
        "只受聘于一个单位",
        "您与该单位签有劳动合同，并由该单位缴纳社会保险。退休人员不需要缴纳社会保险。",
    ),
    Clause("education", "已完成规定的继续教育", "未达到本专业继续教育要求的，不予延续注册。"),
    Clause("age", "年龄不超过65周岁", "超过65周岁的，不予延续注册。"),
    Clause(
        "no_grounds_for_refusal",
        "没有不予注册的情形",
        "您具有完全民事行为能力，没有尚未执行完毕的刑事处罚。因执业受过刑事处罚的，执行完毕已满2年。",
    ),
    Clause(
        "truth",
        "填写的内容和材料都真实",
        "隐瞒情况或者弄虚作假的，不予注册，1年内不能再次申请。",
    ),
    Clause(
        "employer_confirms",
        "提交后还要等确认和受理",
        "一般还要由单位确认，请提醒单位及时办理。“提交成功”不等于已经受理，请留意办理进度。",
    ),
    Clause(
        "time_limits",
        f"受理后{DECIDE_WITHIN}个工作日内决定",
        f"材料需要补正的，{RETURN_RULE}。不予注册会说明理由，您可以申请行政复议或者提起行政诉讼。",
    ),
    Clause(
        "personal_data",
        "个人信息只用于办这件事",
        "您可以要求查阅、复制或者删除。人脸信息另外征求您的同意，不愿意刷脸可以到窗口核验。",
    ),
    Clause("help", "有困难，点顶上的“帮助”", "或者到办公室窗口咨询。"),
)

MATERIALS: tuple[str, ...] = (
    "一寸白底免冠照：jpg、jpeg 或 png",
    "手写签名：屏幕上签，或者拍纸上的",
    "承诺书：在线看完后确认",
)
