"""The same form as others would write it, to measure beside us: same fields, uploads, commitment, durability."""
