"""The commitment letter (承诺书), word for word from the manual's figure 10."""

from dataclasses import dataclass
from hashlib import sha256

VERSION = "renewal-1"
"""Changes with any change of wording, so that a stored hash can be traced to its text."""

AGREE = "本人作出上述承诺"
REFUSE = "本人不作出上述承诺"
REFUSED_EXPLANATION = (
    "不作出承诺，申请就不能提交：办理延续注册必须由本人作出上述承诺。"
    "已填写的内容已经保存，您想好后可以回到这里，选择“本人作出上述承诺”继续办理；对条款有疑问，请先咨询办公室。"
)

_HEADING = "办理该业务，请仔细阅读下列承诺条款，确认无误后方可提交。"
_IDENTITY = ("本人姓名：{name}", "身份证号：{id_number}", "手机号：{phone}")
# The manual numbers the preamble "1、" and then starts the clauses at 1 again; the number is left out.
_PREAMBLE = (
    "本人已充分知悉相关法律法规及《注册监理工程师管理规定》《注册监理工程师注册管理工作规程》等规章文件的全部要求，"
    "现郑重承诺如下："
)
_CLAUSES = (
    "1、本人已审慎阅读、充分理解并同意接受注册监理工程师管理系统相关规则，对系统相关规则的修改、调整均予以接受。",
    "2、本人充分了解并清楚知晓不得出租、出借、出售、购买国家政务服务平台账户，妥善保管且依法依规使用本人账户，"
    "并承诺承担相应法律责任。",
    "3、本人同意以电子申报方式，申请监理工程师注册业务。",
    "4、本人已通过实名认证，认证及申请事项均为本人办理，提供的信息及材料均为真实。",
    "5、本人受聘于{employer}，该受聘单位符合有关主管部门规定的注册单位要求，该受聘单位为本人唯一受聘单位。",
    "6、本人已依法与受聘单位签订劳动合同或有其他能证明劳动关系的有效文件，由受聘单位按期缴纳社保"
    "（退休等情形除外），承诺对本人受聘情况真实性、合法性负责。",
    "7、本人已通过职业资格考试取得中华人民共和国监理工程师职业资格证书，在考试报名、笔试等各环节均不存在违法违规行为。",
    "8、本人在近三年内已按照有关规定，通过包括但不限于自学、面授培训、远程教育培训等形式完成了继续教育学习，"
    "达到本专业继续教育要求。",
    "9、本人不存在因刑事处罚尚未执行完毕或者因从事工程监理或者相关业务受到刑事处罚，自刑事处罚执行完毕之日起"
    "至申请注册之日止不满2年的情形。",
    "10、本人不存在受到行政处罚或撤销行政许可尚未执行完毕，及近2年内被吊销注册证书情形。",
    "11、本人承诺在申请监理工程师注册业务时，所填信息及提交材料均真实、合法、有效，并愿意配合对申请内容的调查、"
    "核查、核验，并未隐瞒任何有关监理工程师禁止行为的信息。",
    "12、本人自愿遵守相关法律法规及《注册监理工程师管理规定》《注册监理工程师注册管理工作规程》等规章文件，"
    "承诺经注册取得监理工程师注册证书后，依法依规从事执业活动。",
    "13、本人愿意承担不实承诺、未履行承诺、违反承诺、隐瞒有关情况、提供虚假材料或违法违规执业的全部法律责任，"
    "接受有关主管部门的各项惩戒措施。本人已知晓并同意，若出现上述行为，相关信息将被作为失信信息记录在有关"
    "公共信用信息服务平台，并依法依规向社会公示。",
    "14、本人具有完全民事行为能力，以上承诺均为本人真实意思表示。",
)


@dataclass(frozen=True)
class Commitment:
    """The letter of one person: who it is, part by part, and clauses that carry their numbers."""

    heading: str
    identity: tuple[str, ...]
    preamble: str
    clauses: tuple[str, ...]
    version: str

    @property
    def text(self) -> str:
        """The whole letter as it was read, one paragraph a line."""
        return "\n".join((self.heading, "，".join(self.identity), self.preamble, *self.clauses))

    @property
    def sha256(self) -> str:
        """Of the text in UTF-8, hexadecimal: kept with the time of agreement as evidence."""
        return sha256(self.text.encode()).hexdigest()


def commitment(name: str, id_number: str, phone: str, employer: str) -> Commitment:
    """The letter with its blanks filled; the employer's full name replaces the blank and its 有限公司."""
    identity = tuple(part.format(name=name, id_number=id_number, phone=phone) for part in _IDENTITY)
    clauses = tuple(clause.format(employer=employer) for clause in _CLAUSES)
    return Commitment(_HEADING, identity, _PREAMBLE, clauses, VERSION)
