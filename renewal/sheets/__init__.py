"""Tables that people hand in, whatever program wrote them: bytes in, rows of text out, a few at a time."""
