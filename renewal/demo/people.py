"""Who applies in the demonstration, and for whom they work: made up, with numbers that hold by their rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from renewal.domain import credit_code, id_number
from renewal.domain.codes import SPECIALTIES


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
MEN = _words(
    "建国 志强 卫东 明辉 海涛 文斌 永刚 立军 春明 德胜 学峰 俊杰 振华 家豪 一鸣 浩然 国栋 庆丰 伟 磊 鹏 勇 凯 洋"
)
WOMEN = _words("秀英 丽娟 雅琴 晓红 淑芬 海燕 玉梅 婷婷 思远 佳怡 雪梅 文静 慧敏 春霞 敏 静 燕 莉")
AREAS = _words("370102 370103 370104 370105 370202 370203 370302 370602 370702 370802 370902 130102 320102 410102")
SCHOOLS = _words("山东建筑大学 青岛理工大学 济南大学 山东科技大学 山东大学 河海大学 石家庄铁道大学 烟台大学 聊城大学")
MAJORS = _words("土木工程 工程管理 水利水电工程 给排水科学与工程 电气工程及其自动化 道路桥梁与渡河工程 工程造价")
SECOND = ("", "", "市政公用工程", "机电安装工程")
HOUSES = _words("齐鸣 泉渡 岱云 鹊桥 汇波 明湖岸 千佛岭 云翠 历源 黑虎湾 五龙渡 文衡 鲁石 青未 长清河 小清岸")
TRADES = ("工程监理有限公司", "工程项目管理有限公司", "建设监理咨询有限公司")


@dataclass(frozen=True, slots=True)
class Employer:
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Person:
    """`details` is the whole form, as they fill it in."""

    woman: bool
    age: int
    details: dict[str, str]

    @property
    def name(self) -> str:
        return self.details["name"]


def employers(random: Random) -> list[Employer]:
    """A city's, each with a credit code that checks; a few employ most."""
    made = []
    for serial, house in enumerate(HOUSES):
        district = f"370{random.choice('123')}0{random.choice('234')}"
        first = f"91{district}MA{random.choice('3CDEF')}{serial:02}{random.randrange(10**4):04}"
        made.append(Employer(f"{house}{random.choice(TRADES)}", first + credit_code.check_character(first)))
    return made


def people(random: Random, units: Sequence[Employer], today: date) -> Iterator[Person]:
    """One after the other, without end: no two with the same number or phone, few with the same name."""
    for serial in count():
        woman, age = random.random() < 0.22, random.randint(31, 62)
        born = today - timedelta(days=age * 365 + random.randrange(300))
        unit = units[min(int(random.expovariate(0.22)), len(units) - 1)]
        yield Person(woman, age, _identity(random, serial, woman, born) | _training(random, born) | _work(random, unit))


def posing(somebody: Person, as_whom: Person) -> Person:
    """Somebody with the papers of another, and phone and employer of their own."""
    own = {
        name: somebody.details[name] for name in ("phone", "employer", "employer_code", "specialty_1", "specialty_2")
    }
    return replace(as_whom, details=as_whom.details | own)


def _identity(random: Random, serial: int, woman: bool, born: date) -> dict[str, str]:
    """The highest sequences of a day are hardly ever given out: the numbers should be nobody's."""
    sequence = 960 + serial % 20 * 2 + (not woman)
    first17 = f"{random.choice(AREAS)}{born:%Y%m%d}{sequence}"
    return {
        "name": random.choice(SURNAMES) + random.choice(WOMEN if woman else MEN),
        "id_type": "身份证",
        "id_number": first17 + id_number.checksum_character(first17),
        "sex": "女" if woman else "男",
        "birth_date": f"{born:%Y/%m/%d}",
        "phone": f"1{random.choice(('39', '58', '77', '86', '99'))}0000{serial:04}",
        "ethnicity": random.choices(("汉族", "回族", "满族", "蒙古族"), (94, 3, 2, 1))[0],
    }


def _training(random: Random, born: date) -> dict[str, str]:
    education, degree, years = random.choices(
        (("大学本科", "学士", 22), ("硕士研究生", "硕士", 25), ("大学专科", "无", 21)), (6, 2, 2)
    )[0]
    finished = born.year + years + (born.month > 8)
    return {
        "education": education,
        "degree": degree,
        "school": random.choice(SCHOOLS),
        "major": random.choice(MAJORS),
        "graduated_on": f"{finished}/0{random.choice((6, 7))}/{random.choice((10, 20, 30))}",
    }


def _work(random: Random, unit: Employer) -> dict[str, str]:
    first = random.choices(SPECIALTIES.names, (9, 1, 1, 2, 3, 3, 1, 2, 3, 1, 1, 2, 7, 3))[0]
    second = random.choice(SECOND)
    return {
        "employer": unit.name,
        "employer_code": unit.code,
        "specialty_1": first,
        "specialty_2": second if second != first else "",
    }
