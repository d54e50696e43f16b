"""What the office's lists filter and sort by, in indexes that answer alone: rows are wide with hashes, and reading
50,000 of them took twice as long as the page may. An index of clerks alone was taken for every list of one clerk's
open cases, and led through years of closed ones. The few selfies that are kept are found by their kind."""

ASKED = ("clerk_id", "conflict", "submissions", "method", "trust", "specialty_1", "specialty_2", "employer")


def up(migrator, db):
    migrator.migrate(
        migrator.drop_index("application", "application_status_deadline"),
        migrator.drop_index("application", "application_clerk_id"),
        migrator.add_index("attachment", ("kind", "draft_id")),
        migrator.add_index("application", ("status", "deadline", "id", *ASKED)),
        migrator.add_index("application", ("deadline", "id", "status", *ASKED)),
    )
