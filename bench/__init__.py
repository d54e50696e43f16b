"""The measured numbers: `make bench`."""
