"""Cases for an office: submissions frozen one by one, columns to filter by, one chain of events, staff.

A frozen copy of the models. Tables that change are renamed, made anew and filled: SQLite cannot alter enough.
What needs the keys (masks, keyed hashes, the chain) is done afterwards by `setup`, see store/first_release.py.
"""

from peewee import (
    AutoField,
    BlobField,
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)

CHANGED = ("event", "application", "attachment", "draft")

DRAFTS = """
INSERT INTO draft (id, version, trust, id_index, owner_index, resume_index, answers, typed, history, submitted,
    saved_at)
SELECT id, version, trust, id_index, '', resume_index, answers, typed, trail,
    EXISTS (SELECT 1 FROM first_application WHERE draft_id = first_draft.id), saved_at
FROM first_draft"""

# The selfie stays with the draft, for it is deleted early; everything else of a submitted draft is frozen.
ATTACHMENTS = """
INSERT INTO attachment (draft_id, kind, sealed, saved_at)
SELECT draft_id, kind, sealed, saved_at FROM first_attachment
WHERE kind = 'selfie' OR draft_id NOT IN (SELECT draft_id FROM first_application)"""

APPLICATIONS = """
INSERT INTO application (id, number, draft_id, status, version, head, id_index, open_index, conflict, trust, method,
    name_index, phone_index, name_mask, id_mask, employer, specialty_1, specialty_2, submissions, submitted_at)
SELECT id, number, draft_id, status, version + 1, '', id_index, open_index, 0 = 1, trust, method,
    '', '', '', '', '', '', '', 1, submitted_at
FROM first_application"""

SUBMISSIONS = """
INSERT INTO submission (application_id, position, answers, submitted_at)
SELECT id, 0, answers, submitted_at FROM first_application ORDER BY id"""

PICTURES = """
INSERT INTO submission_picture (submission_id, kind, sealed)
SELECT submission.id, first_attachment.kind, first_attachment.sealed FROM first_attachment
JOIN application ON application.draft_id = first_attachment.draft_id
JOIN submission ON submission.application_id = application.id
WHERE first_attachment.kind IN ('portrait', 'signature', 'signature_white')"""

EVENTS = """
INSERT INTO event (sequence, application_id, version, action, actor_kind, actor, source, target, at, reason, deadline,
    evidence, previous_hash, hash)
SELECT ROW_NUMBER() OVER (ORDER BY id), application_id,
    SUM(CASE WHEN source = target THEN 0 ELSE 1 END) OVER (PARTITION BY application_id ORDER BY position),
    CASE WHEN source = target THEN 'selfie_deleted' ELSE 'move' END,
    CASE WHEN actor = '申请人' THEN 'applicant' ELSE 'staff' END,
    actor, source, target, at, reason, deadline, '', previous_hash, hash
FROM first_event ORDER BY id"""


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Draft(Table):
        id = CharField(primary_key=True, max_length=32)
        version = IntegerField()
        trust = IntegerField()
        id_index = CharField(max_length=64, index=True)
        owner_index = CharField(max_length=64)
        resume_index = CharField(max_length=64, null=True, unique=True)
        answers = BlobField()
        typed = BlobField(null=True)
        history = TextField()
        submitted = BooleanField()
        saved_at = DateTimeField()

    class Attachment(Table):
        id = AutoField()
        draft = ForeignKeyField(Draft, on_delete="CASCADE")
        kind = CharField(max_length=20)
        sealed = BlobField()
        saved_at = DateTimeField()

        class Meta:
            indexes = ((("draft", "kind"), True),)

    class Staff(Table):
        id = AutoField()
        name = CharField(unique=True, max_length=60)
        role = CharField(max_length=20)
        password_hash = CharField(max_length=255)
        totp_secret = BlobField(null=True)
        recovery = BlobField(null=True)
        failures = IntegerField()
        locked_until = DateTimeField(null=True)
        disabled = BooleanField()
        created_at = DateTimeField()

    class StaffSession(Table):
        id = CharField(primary_key=True, max_length=64)
        staff = ForeignKeyField(Staff, on_delete="CASCADE")
        created_at = DateTimeField()
        seen_at = DateTimeField()
        address = CharField(max_length=45)
        agent = CharField(max_length=200)
        revoked_at = DateTimeField(null=True)

    class Application(Table):
        id = AutoField()
        number = CharField(null=True, unique=True, max_length=32)
        draft = ForeignKeyField(Draft, unique=True, on_delete="RESTRICT")
        status = CharField(max_length=20)
        version = IntegerField()
        head = CharField(max_length=64)
        id_index = CharField(max_length=64, index=True)
        open_index = CharField(max_length=64, null=True, unique=True)
        conflict = BooleanField()
        trust = IntegerField()
        method = CharField(max_length=20)
        name_index = CharField(max_length=64, index=True)
        phone_index = CharField(max_length=64, index=True)
        name_mask = CharField(max_length=60)
        id_mask = CharField(max_length=32)
        employer = CharField(max_length=120, index=True)
        specialty_1 = CharField(max_length=40)
        specialty_2 = CharField(max_length=40)
        submissions = IntegerField()
        submitted_at = DateTimeField(index=True)
        resubmitted_at = DateTimeField(null=True)
        deadline = CharField(null=True, max_length=10)
        decided_at = DateTimeField(null=True)
        clerk = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")

        class Meta:
            indexes = ((("status", "deadline"), False),)

    class Submission(Table):
        id = AutoField()
        application = ForeignKeyField(Application, on_delete="RESTRICT")
        position = IntegerField()
        answers = BlobField()
        submitted_at = DateTimeField()

        class Meta:
            indexes = ((("application", "position"), True),)

    class SubmissionPicture(Table):
        id = AutoField()
        submission = ForeignKeyField(Submission, on_delete="RESTRICT")
        kind = CharField(max_length=20)
        sealed = BlobField()

        class Meta:
            indexes = ((("submission", "kind"), True),)

    class Event(Table):
        id = AutoField()
        sequence = IntegerField(unique=True)
        application = ForeignKeyField(Application, on_delete="RESTRICT")
        version = IntegerField()
        action = CharField(max_length=20)
        actor_kind = CharField(max_length=20)
        actor = CharField(max_length=60)
        source = CharField(max_length=20)
        target = CharField(max_length=20)
        at = DateTimeField()
        reason = TextField()
        deadline = CharField(max_length=10, null=True)
        evidence = CharField(max_length=64)
        previous_hash = CharField(max_length=64)
        hash = CharField(max_length=64)

    class ChainHead(Table):
        id = IntegerField(primary_key=True)
        sequence = IntegerField()
        hash = CharField(max_length=64)
        seal = CharField(max_length=64)

    for table in CHANGED:
        # Their names are needed for the new tables' own. Those of keys belong to the table and go with it.
        indexes = [index.name for index in db.get_indexes(table) if index.sql and index.sql.startswith("CREATE")]
        named = [name for name in indexes if not name.endswith("_pkey")]
        migrator.migrate(*(migrator.drop_index(table, name) for name in named))
        migrator.migrate(migrator.rename_table(table, f"first_{table}"))
    db.create_tables([Draft, Attachment, Staff, StaffSession, Application, Submission, SubmissionPicture])
    db.create_tables([Event, ChainHead])
    for fill in (DRAFTS, ATTACHMENTS, APPLICATIONS, SUBMISSIONS, PICTURES, EVENTS):
        db.execute_sql(fill)
    if isinstance(db, PostgresqlDatabase):  # it counts ids in a sequence that knows nothing of rows copied
        db.execute_sql("SELECT setval(pg_get_serial_sequence('application', 'id'), MAX(id)) FROM application")
    migrator.migrate(*(migrator.drop_table(f"first_{table}") for table in CHANGED))
