"""WebP by libwebp's own call, which reduces while it decodes.

Pillow only offers libwebp's player for animations: that needs twelve bytes a pixel and never reduces. Its wheel
brings the library along, so that nothing is added.
"""

import ctypes
from functools import cache

from PIL import Image, _webp

_ABI = 0x0209  # of libwebp's decode.h; the library refuses another major number
_RGB, _RGBA = 0, 1
_Spare = ctypes.c_uint32


class _Features(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "has_alpha", "has_animation", "format")),
        ("pad", _Spare * 5),
    )


class _Rgba(ctypes.Structure):
    _fields_ = (("pixels", ctypes.c_void_p), ("stride", ctypes.c_int), ("size", ctypes.c_size_t))


class _Yuva(ctypes.Structure):
    _fields_ = (("planes", ctypes.c_void_p * 4), ("strides", ctypes.c_int * 4), ("sizes", ctypes.c_size_t * 4))


class _Layout(ctypes.Union):
    _fields_ = (("rgba", _Rgba), ("yuva", _Yuva))


class _Output(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("colorspace", "width", "height", "is_external_memory")),
        ("layout", _Layout),
        ("pad", _Spare * 4),
        ("private_memory", ctypes.c_void_p),
    )


class _Options(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("bypass_filtering", "no_fancy_upsampling", "use_cropping")),
        ("crop", ctypes.c_int * 4),
        *((name, ctypes.c_int) for name in ("use_scaling", "scaled_width", "scaled_height", "use_threads")),
        *((name, ctypes.c_int) for name in ("dithering_strength", "flip", "alpha_dithering_strength")),
        ("pad", _Spare * 5),
    )


class _Config(ctypes.Structure):
    _fields_ = (("input", _Features), ("output", _Output), ("options", _Options))


def read(data: bytes, size: tuple[int, int]) -> Image.Image:
    """The still picture in a WebP file, reduced to `size` pixels, as RGB, or RGBA where it has transparency.

    Raises ValueError when the file is broken or an animation.
    """
    library, config = _library(), _Config()
    if not library.WebPInitDecoderConfigInternal(ctypes.byref(config), _ABI):
        raise ValueError("another libwebp than this is written for")
    _check(library.WebPGetFeaturesInternal(data, len(data), ctypes.byref(config.input), _ABI))
    mode = "RGBA" if config.input.has_alpha else "RGB"
    pixels = bytearray(size[0] * size[1] * len(mode))
    _write_to(config.output, pixels, size[0] * len(mode))
    config.output.colorspace = _RGBA if config.input.has_alpha else _RGB
    if size != (config.input.width, config.input.height):
        config.options.use_scaling = 1
        config.options.scaled_width, config.options.scaled_height = size
    _check(library.WebPDecode(data, len(data), ctypes.byref(config)))
    return Image.frombytes(mode, size, bytes(pixels))


def _write_to(output: _Output, pixels: bytearray, stride: int) -> None:
    output.is_external_memory = 1
    output.layout.rgba.pixels = ctypes.addressof(ctypes.c_char.from_buffer(pixels))
    output.layout.rgba.stride = stride
    output.layout.rgba.size = len(pixels)


def _check(status: int) -> None:
    if status:
        raise ValueError(f"libwebp says {status}")


@cache
def _library() -> ctypes.CDLL:
    """Reached through the module of Pillow that is linked to it, wherever a wheel or a system keeps it."""
    library = ctypes.CDLL(_webp.__file__)
    library.WebPGetFeaturesInternal.argtypes = (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int)
    library.WebPDecode.argtypes = (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p)
    return library
