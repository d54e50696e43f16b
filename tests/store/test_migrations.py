import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from peewee import PostgresqlDatabase

from renewal.store import models
from renewal.store.database import MIGRATIONS, Database, Trouble
from renewal.store.trouble import InUse, Newer
from tests.engines import about_sqlites_file, about_the_server, execute
from tests.factories import NOON, person

NAMES = sorted(file.stem for file in MIGRATIONS.glob("[0-9]*.py"))
TABLES = [table._meta.table_name for table in models.TABLES]


@pytest.fixture
def empty(new_url):
    database = Database(new_url())
    yield database
    database.close()


@pytest.fixture
def migrated(empty):
    empty.migrate()
    return empty._database


@pytest.fixture
def modelled(new_url):
    """What the models of today would make of an empty database."""
    database = Database(new_url())._database
    with database.bind_ctx(models.TABLES):
        database.create_tables(models.TABLES)
        yield database
    database.hang_up()


def columns(database, table):
    return {column.name: column for column in database.get_columns(table)}


def indexes(database, table):
    """By name, save those of keys, which the first release's tables took along."""
    found = database.get_indexes(table)
    return {("_pkey" in one.name or one.name, tuple(one.columns), one.unique) for one in found}


def references(database, table):
    return {(key.column, key.dest_table, key.dest_column) for key in database.get_foreign_keys(table)}


def on_deletion(database, table):
    """What becomes of a row when the one it refers to goes."""
    if isinstance(database, PostgresqlDatabase):
        sql = f"SELECT conkey, confdeltype FROM pg_constraint WHERE contype = 'f' AND conrelid = '{table}'::regclass"
        return {(*columns, action) for columns, action in database.execute_sql(sql).fetchall()}
    return {tuple(row[2:8]) for row in database.execute_sql(f"PRAGMA foreign_key_list({table})").fetchall()}


def test_every_migration_runs_in_order_and_once(empty):
    assert empty.pending() == NAMES
    assert empty.migrate() == NAMES
    assert empty.pending() == []
    assert empty.migrate() == []


def test_looking_for_pending_migrations_changes_nothing(empty):
    empty.pending()
    assert empty.pending() == NAMES


def test_migrating_again_keeps_every_row(services):
    services.people.register(person().registration, NOON)
    services.database.migrate()
    assert services.people.knows(person().name, person().id_number)


def test_migrations_are_numbered_without_gap_or_twin():
    assert [int(name[:4]) for name in NAMES] == list(range(1, len(NAMES) + 1))


def test_the_models_are_all_there_is(migrated):
    assert set(migrated.get_tables()) == {*TABLES, "schema_migration"}
    assert set(models.Table.__subclasses__()) == set(models.TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_models_and_migrations_make_the_same_table(migrated, modelled, table):
    assert columns(migrated, table) == columns(modelled, table)
    assert indexes(migrated, table) == indexes(modelled, table)
    assert references(migrated, table) == references(modelled, table)
    assert on_deletion(migrated, table) == on_deletion(modelled, table)


@pytest.mark.parametrize("table", models.TABLES, ids=TABLES)
def test_columns_that_may_be_empty_are_those_the_models_say(migrated, table):
    stored = columns(migrated, table._meta.table_name)
    assert {name: column.null for name, column in stored.items()} == {
        field.column_name: field.null for field in table._meta.sorted_fields
    }


def test_the_rules_the_database_itself_holds(migrated):
    unique = {(table, *index.columns) for table in TABLES for index in migrated.get_indexes(table) if index.unique}
    assert unique >= {
        ("applicant", "person_index"),
        ("application", "draft_id"),
        ("application", "number"),
        ("application", "open_index"),
        ("attachment", "draft_id", "kind"),
        ("draft", "resume_index"),
        ("employer_answer", "application_id", "position"),
        ("event", "sequence"),
        ("staff", "name"),
        ("submission", "application_id", "position"),
        ("submission_picture", "submission_id", "kind"),
    }


def test_a_database_that_a_later_release_used_is_refused_in_words_and_left_alone(services):
    execute(services.database, "INSERT INTO schema_migration (name, applied) VALUES ('0999_later', '2030-01-01')")
    for ask in (services.database.pending, services.database.migrate):
        with pytest.raises(Newer, match=r"更新的版本用过的（0999_later）"):
            ask()


def test_of_two_that_start_at_once_one_migrates(new_url):
    url = new_url()
    both = [Database(url), Database(url)]
    with ThreadPoolExecutor(2) as pool:
        started = [pool.submit(_migrate, database) for database in both]
    assert all(isinstance(start.exception(), InUse | None) for start in started)
    assert sum(start.exception() is None and start.result() == NAMES for start in started) == 1
    assert both[0].pending() == []
    both[0].close()


def _migrate(database):
    try:
        return database.migrate()
    finally:
        database.close()


@about_the_server
def test_names_and_numbers_are_sorted_by_their_bytes_whatever_language_the_server_speaks(services):
    languages = execute(
        services.database,
        "SELECT DISTINCT collation_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND udt_name IN ('varchar', 'text')",
    )
    assert languages == [("C",)]


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """A release whose last two migrations are new, and whose very last one fails when it has half done its work."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "9998_good.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE good (id INTEGER)')\n"
    )
    (folder / "9999_bad.py").write_text(
        "def up(migrator, db):\n"
        "    db.execute_sql('DROP TABLE note')\n"
        "    db.execute_sql('CREATE TABLE half (id INTEGER)')\n"
        "    db.execute_sql('INSERT INTO half (nothing) VALUES (1)')\n"
    )
    monkeypatch.setattr("renewal.store.database.MIGRATIONS", folder)
    return folder


def test_a_failing_migration_leaves_all_as_it_was(services, broken):
    """The ones before it, too: the release before must still know its database."""
    services.people.register(person().registration, NOON)
    before = set(services.database._database.get_tables())
    with pytest.raises(Trouble):
        services.database.migrate()
    assert set(services.database._database.get_tables()) == before
    assert services.database.migrations() == NAMES
    assert services.people.knows(person().name, person().id_number)


def test_what_was_mended_is_simply_begun_again(services, broken):
    with pytest.raises(Trouble):
        services.database.migrate()
    (broken / "9999_bad.py").write_text("def up(migrator, db):\n    pass\n")
    assert services.database.migrate() == ["9998_good", "9999_bad"]


@about_sqlites_file
def test_after_a_failed_migration_references_are_kept_again(services, broken):
    with pytest.raises(Trouble):
        services.database.migrate()
    assert services.database.connection().execute("PRAGMA foreign_keys").fetchone() == (1,)
