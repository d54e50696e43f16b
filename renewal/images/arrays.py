"""The one name of an array, whatever lies in it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # no start waits for numpy: a worker loads it with its first picture
    from numpy.typing import NDArray

    # OpenCV's stubs know neither bytes nor booleans, so shapes and kinds stand in the docstrings.
    Array = NDArray[Any]
else:
    Array = Any
