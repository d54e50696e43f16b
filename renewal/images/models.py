"""The learned models: files that `make assets` takes from their packages, each known by its hash.

OpenCV's DNN module reads them, once in each worker that gets a picture. A net works on one picture at a time.
"""

import threading
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from renewal.images.arrays import Array

FOLDER = Path(__file__).parents[2] / "models" / "dist"


class ModelsMissing(RuntimeError):
    """A model's file is not there, or is not the one this code was written for."""


@dataclass(slots=True)
class Model:
    """One TensorFlow Lite model in `FOLDER`; loaded when it is first asked."""

    file: str
    sha256: str
    _net: Any = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, blob: Array) -> tuple[Array, ...]:
        """The outputs for an input of 1×channels×height×width, in the model's own order. Raises ModelsMissing."""
        import cv2
        import numpy as np

        with self._lock:
            if self._net is None:
                cv2.setNumThreads(1)  # requests already run side by side; more threads only cost more CPU
                self._net = cv2.dnn.readNetFromTFLite(np.frombuffer(self.read(FOLDER), np.uint8))
            self._net.setInput(blob)
            names = self._net.getUnconnectedOutLayersNames()
            return tuple(output.copy() for output in self._net.forward(names))

    def read(self, folder: Path) -> bytes:
        """The file's bytes, the ones known. Raises ModelsMissing."""
        try:
            data = (folder / self.file).read_bytes()
        except OSError:
            data = b""
        if sha256(data).hexdigest() != self.sha256:
            what = "is not the one this release knows" if data else "is missing"
            raise ModelsMissing(f"{folder / self.file} {what}: run `make assets`")
        return data


FACES = Model("face_detection_full_range.tflite", "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3")
FACE_NEAR = Model(
    "face_detection_short_range.tflite", "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633"
)
MESH = Model("face_landmark.tflite", "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1")
PERSON = Model("selfie_segmentation.tflite", "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27")


def check(folder: Path = FOLDER) -> None:
    """Whether every model is there and whole. Raises ModelsMissing."""
    for model in (FACES, FACE_NEAR, MESH, PERSON):
        model.read(folder)
