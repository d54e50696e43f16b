"""Lengths on paper. A document measures in points."""

mm = 72 / 25.4
