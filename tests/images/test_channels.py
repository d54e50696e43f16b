"""What OpenCV does with three channels is what numpy would say, only faster."""

import numpy as np

from renewal.images.channels import darkest, each_channel, summed

COLOURS = np.random.default_rng(7).integers(0, 256, (5, 4, 3)).astype(np.uint8)


def test_a_value_is_the_same_in_each_channel():
    values = COLOURS[..., 1].astype(np.float32)
    assert (each_channel(values) == values[..., None]).all()


def test_channels_are_added_for_each_pixel():
    assert np.allclose(summed(COLOURS.astype(np.float32)), COLOURS.sum(axis=2))


def test_the_darkest_channel_of_each_pixel():
    assert (darkest(COLOURS) == COLOURS.min(axis=2)).all()
