import numpy as np
import pytest

from renewal.app import create_app
from renewal.images import models
from renewal.images.models import FACE_NEAR, FACES, FOLDER, MESH, PERSON, ModelsMissing, check
from renewal.settings import Settings

ALL = (FACES, FACE_NEAR, MESH, PERSON)


@pytest.fixture
def copies(tmp_path):
    for model in ALL:
        (tmp_path / model.file).write_bytes((FOLDER / model.file).read_bytes())
    return tmp_path


def test_the_models_that_were_built_are_those_this_code_was_written_for():
    check()


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.file)
def test_a_missing_model_is_told_in_one_line_with_what_to_run(copies, model):
    (copies / model.file).unlink()
    with pytest.raises(ModelsMissing, match="is missing: run `make assets`") as missing:
        check(copies)
    assert model.file in str(missing.value)
    assert "\n" not in str(missing.value)


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.file)
@pytest.mark.parametrize("spoilt", [lambda data: data[:-1000], lambda data: data[:-1] + b"?"], ids=["cut", "changed"])
def test_a_spoilt_model_is_known_by_its_hash(copies, model, spoilt):
    file = copies / model.file
    file.write_bytes(spoilt(file.read_bytes()))
    with pytest.raises(ModelsMissing, match="not the one this release knows"):
        check(copies)


def test_models_that_were_swapped_are_known_too(copies):
    (copies / PERSON.file).write_bytes((FOLDER / FACES.file).read_bytes())
    with pytest.raises(ModelsMissing, match="not the one"):
        check(copies)


def test_the_app_does_not_start_without_them(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "check", lambda: check(tmp_path))
    with pytest.raises(ModelsMissing, match="make assets"):
        create_app(Settings(data=tmp_path))


@pytest.mark.parametrize(
    ("model", "side", "shapes"),
    [
        (FACES, 192, {(1, 2304, 1), (1, 2304, 16)}),
        (FACE_NEAR, 128, {(1, 896, 1), (1, 896, 16)}),
    ],
    ids=["far", "near"],
)
def test_a_face_model_gives_a_score_and_sixteen_numbers_for_each_anchor(model, side, shapes):
    outputs = model.ask(np.zeros((1, 3, side, side), np.float32))
    assert {output.shape for output in outputs} == shapes


def test_the_mesh_model_gives_a_logit_and_three_numbers_for_each_of_468_points():
    outputs = MESH.ask(np.zeros((1, 3, 192, 192), np.float32))
    assert sorted(output.size for output in outputs) == [1, 468 * 3]


def test_the_person_model_gives_a_share_for_each_pixel():
    (mask,) = PERSON.ask(np.zeros((1, 3, 256, 256), np.float32))
    assert mask.size == 256 * 256
    assert 0 <= mask.min() <= mask.max() <= 1
