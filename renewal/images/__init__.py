"""Bytes in, bytes and findings out; the only home of PIL and OpenCV. Arrays are RGB, height by width."""
