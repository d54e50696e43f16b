"""The office's verbs: what staff does with the cases; the only transactions of its half."""
