"""What the columns of a roster are called, by whoever wrote the file."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

SPECIALTY_COLUMNS = ("specialties", "specialty_1", "specialty_2")
ASIDE = re.compile(r"[(（【\[].*?[)）】\]]|[\s*＊:：_\-—/\\.·、，,]")
"""Remarks in brackets, stars of what is required, and spaces for show."""

NAMES: Mapping[str, str] = {
    "name": ("姓名 名字 人员姓名 注册人员姓名 监理工程师姓名 申请人 申请人姓名 持证人 持证人姓名 真实姓名 name"),
    "sex": "性别 sex gender",
    "id_type": "证件类型 证件类别 证件种类 身份证件类型 身份证件类别 有效证件类型",
    "id_number": (
        "证件号码 证件号 证件编号 身份证号 身份证号码 身份证 身份证件号码 身份证件号 居民身份证号 "
        "居民身份证号码 公民身份号码 公民身份证号码 有效证件号码 身份号码 idnumber idcard idno"
    ),
    "birth_date": "出生日期 出生年月 出生年月日 生日",
    "phone": "手机号码 手机号 手机 移动电话 联系电话 联系方式 联系手机 电话 本人手机 phone mobile",
    "ethnicity": "民族",
    "education": "学历 最高学历 文化程度",
    "degree": "学位 最高学位",
    "school": "毕业院校 毕业学校 院校 学校",
    "major": "所学专业 毕业专业",
    "graduated_on": "毕业时间 毕业日期 毕业年月",
    "employer": (
        "单位名称 聘用单位 聘用单位名称 注册单位 注册单位名称 工作单位 所在单位 企业名称 聘用企业 "
        "受聘单位 执业单位 单位 公司名称 注册企业 所在企业 employer"
    ),
    "employer_code": (
        "统一社会信用代码 单位统一社会信用代码 企业统一社会信用代码 社会信用代码 信用代码 单位代码 "
        "聘用单位统一社会信用代码 注册单位统一社会信用代码"
    ),
    "specialty_1": (
        "注册专业1 注册专业一 专业1 专业一 第一专业 第一注册专业 申请注册专业1 主专业 主注册专业 执业专业1"
    ),
    "specialty_2": "注册专业2 注册专业二 专业2 专业二 第二专业 第二注册专业 申请注册专业2 增项专业 执业专业2",
    "specialties": "注册专业 专业 执业专业 专业类别 注册专业类别 注册类别 监理专业",
    "registration_number": (
        "注册号 注册证书号 注册证号 注册证书编号 证书编号 证书号 注册编号 注册执业证书编号 执业印章号 "
        "注册证书号码 执业证书编号 证书号码"
    ),
    "valid_until": (
        "有效期至 有效期 注册有效期 注册有效期至 有效期限 有效期截止日期 有效期截止 截止日期 到期日期 "
        "到期日 到期时间 失效日期 有效截止日期 注册有效期截止日期 有效日期 证书有效期 证书有效期至 "
        "有效期止 有效期结束日期 validuntil expiry"
    ),
    "registered_on": (
        "注册日期 初始注册日期 首次注册日期 初始注册时间 注册时间 发证日期 发证时间 批准日期 批准注册日期"
    ),
}


def _plain(text: str) -> str:
    return ASIDE.sub("", unicodedata.normalize("NFKC", text)).lower()


BY_NAME = {_plain(name): field for field, names in NAMES.items() for name in names.split()}


def known_columns(heading: Sequence[str], labels: Mapping[str, str]) -> dict[str, int]:
    """By field, the first column that is called so."""
    named = BY_NAME | {_plain(label): field for field, label in labels.items()}
    found: dict[str, int] = {}
    for place, text in enumerate(heading):
        field = named.get(_plain(text[:40]))
        if field and field not in found:
            found[field] = place
    return found
