import subprocess
import sys

import pytest

DOORS = ("avatar", "decode", "errors", "findings", "framing", "portrait", "selfie", "signature", "webp", "heif")


@pytest.mark.parametrize("module", DOORS)
def test_opening_a_door_does_not_load_opencv(module):
    """A worker starts in half the time and memory when nobody has sent a picture yet."""
    code = f"import sys, renewal.images.{module}; print({{'cv2', 'numpy', 'pillow_heif'}} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "set()"
