"""The one name of an array, whatever lies in it."""

from typing import Any

from numpy.typing import NDArray

# OpenCV's stubs know neither bytes nor booleans, so shapes and kinds stand in the docstrings.
Array = NDArray[Any]
