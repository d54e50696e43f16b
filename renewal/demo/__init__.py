"""An office to look at: people who do not exist, and what they and the staff did in the last months."""
