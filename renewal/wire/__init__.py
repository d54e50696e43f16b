"""Asking the servers of those an office has a contract with: strictly, and told apart why it did not work."""
