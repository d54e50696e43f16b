import pytest

from renewal.domain.codes import DEGREES, EDUCATIONS
from renewal.domain.qualification import education_degree_warning


@pytest.mark.parametrize(
    ("education", "degree"),
    [
        ("无", "学士"),
        ("中专", "学士"),
        ("大学专科", "学士"),
        ("大学专科", "硕士"),
        ("大学本科", "博士"),
    ],
)
def test_a_degree_above_the_education_is_pointed_out(education: str, degree: str) -> None:
    warning = education_degree_warning(education, degree)
    assert warning is not None
    assert education in warning
    assert degree in warning
    assert "可以继续" in warning


@pytest.mark.parametrize(
    ("education", "degree"),
    [
        ("大学本科", "学士"),
        ("硕士研究生", "硕士"),
        ("博士研究生", "博士"),
        ("大学本科", "硕士"),
        ("硕士研究生", "博士"),
        ("硕士研究生", "学士"),
        ("其他", "学士"),
    ],
)
def test_a_usual_pair_passes_in_silence(education: str, degree: str) -> None:
    assert education_degree_warning(education, degree) is None


@pytest.mark.parametrize("education", EDUCATIONS.names)
def test_no_degree_is_never_pointed_out(education: str) -> None:
    assert education_degree_warning(education, "无") is None


@pytest.mark.parametrize("degree", DEGREES.names)
@pytest.mark.parametrize("education", [*EDUCATIONS.names, "", "别的"])
def test_every_pair_is_answered_and_none_is_an_error(education: str, degree: str) -> None:
    assert education_degree_warning(education, degree) is None or "请按证书核对" in str(
        education_degree_warning(education, degree)
    )
