"""The roster comes in: a file is read beside the one in use, looked at, and then takes its place in one write."""
