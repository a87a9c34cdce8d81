"""pgvector.py --host H --port P --user NAME [--direct]: psycopg and pgvector's adapters against a store or its guard.

The store is the one of pgvector.sql, with the generated roles. The key of NAME is in REDOUBT_KEY. With --direct the same
doors are tried as the superuser, past the guard: there all of them are open.
"""

import argparse
import os
import struct
import sys
import threading

# this file has the name of a package that it uses
sys.path.append(sys.path.pop(0))

import psycopg
from matrix import Matrix
from pgvector import Vector
from pgvector.psycopg import register_vector
from psycopg import sql

arguments = argparse.ArgumentParser()
arguments.add_argument("--host", default="127.0.0.1")
arguments.add_argument("--port", type=int, required=True)
arguments.add_argument("--user", required=True)
arguments.add_argument("--dbname", default="postgres")
arguments.add_argument("--direct", action="store_true")
given = arguments.parse_args()

DIMENSIONS = 16
# runs of several clients in one store do not meet
base = 1000 + 100 * (sum(map(ord, given.user)) % 1000)
stored = [(7 + d * 5) % 61 / 64.0 for d in range(1, DIMENSIONS + 1)]
query = [x + 1 / 64 for x in stored]
digits = ",".join(map(str, stored[:2]))
halves = struct.pack(f">{DIMENSIONS}e", *stored).hex()
signs = "".join("1" if x > 0 else "0" for x in stored)
m = Matrix(
    "PgVector",
    f"psycopg {psycopg.__version__}",
    secrets=["person1@example.com", "author1@example.com", "meta1@example.com", "tag1@example.com", digits, halves, signs],
    vectors=[stored],
)


def connect(**more):
    settings = dict(host=given.host, port=given.port, dbname=given.dbname, user=given.user, connect_timeout=10)
    settings.update(password=os.environ["REDOUBT_KEY"], sslmode="disable" if given.direct else "require", autocommit=True)
    settings.update(more)
    return psycopg.connect(**settings)


def run(statement, parameters=None, binary=False, before=(), prepare=None):
    """All rows and notices of a statement in a session of its own."""
    with connect() as connection:
        told = []
        connection.add_notice_handler(lambda notice: told.append([notice.message_primary, notice.message_detail]))
        for each in before:
            connection.execute(each)
        with connection.transaction(force_rollback=True), connection.cursor(binary=binary) as cursor:
            cursor.execute(statement, parameters, prepare=prepare)
            rows = cursor.fetchall() if cursor.description else []
            return {"rows": rows, "notices": told, "count": cursor.rowcount, "status": str(connection.info.encoding)}


def first(statement, **more):
    return run(statement + " ORDER BY id LIMIT 1" if "ORDER BY" not in statement else statement, **more)


# what an application does

def search(binary=False):
    with connect() as connection:
        register_vector(connection)
        with connection.cursor(binary=binary) as cursor:
            rows = cursor.execute("SELECT * FROM redoubt.search_documents(%s, 15)", (Vector(query),)).fetchall()
            return {"rows": rows, "count": cursor.rowcount}


def ingest():
    with connect() as connection:
        register_vector(connection)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO documents (id, content, meta, tags, embedding) VALUES (%s, %s, %s, %s, %s)",
                [
                    (i, f"Made by maker{i}@example.com", psycopg.types.json.Jsonb({"mail": f"m{i}@example.com"}),
                     [f"t{i}@example.com"], Vector(stored))
                    for i in range(base, base + 5)
                ],
            )
            return cursor.rowcount


def update():
    with connect() as connection:
        return connection.execute(
            "UPDATE documents SET content = %s WHERE id = %s", ("Changed by changer@example.com", base + 1)).rowcount


def binary_ingest():
    with connect() as connection:
        return connection.execute(
            "INSERT INTO documents (id, content, tags) VALUES (%b, %b, %b)",
            (base + 10, "Binary of binary@example.com", ["btag@example.com"])).rowcount


def batch():
    with connect() as connection, connection.pipeline():
        cursors = [connection.execute("SELECT %s::int", (i,)) for i in range(50)]
        return [cursor.fetchone()[0] for cursor in cursors]


def prepared():
    with connect() as connection:
        return [connection.execute("SELECT %s::int + 1", (i,), prepare=True).fetchone()[0] for i in range(3)]


def transaction():
    with connect() as connection:
        try:
            with connection.transaction():
                connection.execute("INSERT INTO documents (id, content) VALUES (%s, %s)", (base + 20, "gone"))
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
        return connection.execute("SELECT count(*) FROM redoubt.get_documents(%s)", ([base + 20],)).fetchone()[0]


def cancel():
    with connect() as connection:
        threading.Timer(0.5, connection.cancel_safe).start()
        try:
            connection.execute("SELECT pg_sleep(20)")
        except psycopg.errors.QueryCanceled:
            return "canceled"
        return "slept"


def copy_in():
    with connect() as connection, connection.cursor() as cursor:
        with cursor.copy("COPY documents (id, content) FROM STDIN") as copy:
            copy.write_row((base + 30, "Copied by copier@example.com"))
        return cursor.rowcount


def recovery():
    """After a refused statement the session goes on."""
    with connect() as connection:
        try:
            connection.execute("SELECT 'someone@example.com'")
        except psycopg.Error:
            pass
        return connection.execute("SELECT 1").fetchone()[0]


def stranger(**settings):
    with connect(**settings) as connection:
        return connection.execute("SELECT 1").fetchone()[0]


m.note("search", m.operation("search", search))
m.note("binary search", m.operation("binary search", lambda: search(binary=True)))
m.note("get", m.operation("get by id", lambda: run("SELECT * FROM redoubt.get_documents(%s)", ([1, 2],))))
m.note("join", m.operation("search in SQL", lambda: run(
    "SELECT s.id, length(s.content) FROM redoubt.search_documents(%s::vector, 5) s WHERE s.id > 0", (str(query),))))
m.operation("insert many", ingest)
m.operation("update by id", update)
m.operation("insert binary parameters", binary_ingest)
m.note("batch", m.operation("pipeline of 50", batch))
m.note("prepared", m.operation("prepared statement", prepared))
m.note("transaction", m.operation("rolled back transaction", transaction))
m.note("cancel", m.operation("cancel", cancel))
m.note("recovery", m.operation("statement after a refused one", recovery))
m.operation("an entity in SQL", lambda: run("SELECT 'someone@example.com'"))
m.operation("an entity in a parameter", lambda: run("SELECT %s::text", ("someone@example.com",))["rows"],
            unguarded=[("someone@example.com",)])
m.operation("what is blocked in a parameter", lambda: run("SELECT %s::text", ("4111 1111 1111 1111",)))
m.operation("select from the table", lambda: run("SELECT content FROM documents"))
m.operation("delete", lambda: run("DELETE FROM documents WHERE id = %s", (base + 4,)))
m.operation("create table", lambda: run("CREATE TABLE mine (id int)"))
m.operation("copy in", copy_in)
m.operation("wrong key", lambda: stranger(password="wrong"))
m.operation("somebody else's name", lambda: stranger(user="postgres"))
m.operation("without TLS", lambda: stranger(sslmode="disable"))
m.operation("options at start", lambda: stranger(options="-c search_path=public"))
m.operation("replication", lambda: stranger(replication="database"))

# the ways on which values come back

for way, binary in (("text", False), ("binary", True)):
    m.door(f"content, {way}", lambda: first("SELECT content FROM documents", binary=binary))
    m.door(f"every column, {way}", lambda: first("SELECT * FROM documents", binary=binary))
    m.door(f"vector, {way}", lambda: first("SELECT embedding FROM documents", binary=binary))
    m.door(f"vector as text, {way}", lambda: first("SELECT embedding::text FROM documents", binary=binary))
    m.door(f"vector as floats, {way}", lambda: first("SELECT embedding::real[] FROM documents", binary=binary))
    m.door(f"vector as halfvec, {way}", lambda: first("SELECT embedding::halfvec(16) FROM documents", binary=binary))
    m.door(f"vector in a record, {way}", lambda: first("SELECT (id, embedding) FROM documents", binary=binary))
    m.door(f"the record, {way}", lambda: first("SELECT documents FROM documents", binary=binary))
    m.door(f"jsonb, {way}", lambda: first("SELECT meta FROM documents", binary=binary))
    m.door(f"array, {way}", lambda: first("SELECT tags FROM documents", binary=binary))
    m.door(f"jsonb of the record, {way}", lambda: first("SELECT to_jsonb(documents) FROM documents", binary=binary))
    m.door(f"aggregate of records, {way}",
           lambda: run("SELECT json_agg(d) FROM (SELECT * FROM documents ORDER BY id) d", binary=binary))
    m.door(f"aggregate of vectors, {way}",
           lambda: run("SELECT array_agg(embedding ORDER BY id) FROM documents", binary=binary))
m.door("one text of all", lambda: run("SELECT string_agg(content, '|' ORDER BY id) FROM documents"))
m.door("search by function", lambda: run("SELECT * FROM redoubt.search_documents(%s::vector, 50)", (str(stored),)))
m.door("get by function", lambda: run("SELECT * FROM redoubt.get_documents(ARRAY[1])"))
m.door("get by function, binary", lambda: run("SELECT * FROM redoubt.get_documents(ARRAY[1])", binary=True))
m.door("prepared statement", lambda: first("SELECT content, embedding FROM documents", prepare=True))
m.door("UPDATE RETURNING", lambda: run("UPDATE documents SET contact = 1 WHERE id = 1 RETURNING *"))
m.door("DELETE RETURNING", lambda: run("DELETE FROM documents WHERE id = 1 RETURNING content, embedding::text"))
m.door("INSERT SELECT RETURNING", lambda: run(
    "INSERT INTO documents (id, content, embedding) SELECT 2000, content, embedding FROM documents WHERE id = 1 RETURNING *"))
m.door("other table", lambda: run("SELECT * FROM notes"))
m.door("statistics", lambda: run("SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename = 'documents'"))
m.door("into another table", lambda: run("SELECT * FROM mine", before=[
    "DROP TABLE IF EXISTS mine", "CREATE TABLE mine AS SELECT content FROM documents WHERE id = 1"]))
m.door("temporary table", lambda: run("SELECT * FROM mine", before=[
    "CREATE TEMPORARY TABLE mine AS SELECT content FROM documents WHERE id = 1"]))
m.door("EXPLAIN of a filter", lambda: run("EXPLAIN SELECT 1 FROM documents WHERE author = (ARRAY['author1@' || 'example.com'])[1]"))


def copy_out(statement):
    with connect() as connection, connection.cursor() as cursor, cursor.copy(statement) as copy:
        return [bytes(block) for block in copy]


m.door("COPY table TO STDOUT", lambda: copy_out("COPY documents TO STDOUT"))
m.door("COPY query TO STDOUT", lambda: copy_out("COPY (SELECT content FROM documents ORDER BY id) TO STDOUT"))
m.door("COPY function TO STDOUT", lambda: copy_out("COPY (SELECT * FROM redoubt.get_documents(ARRAY[1])) TO STDOUT"))
m.door("COPY binary TO STDOUT", lambda: copy_out("COPY (SELECT content, embedding FROM documents ORDER BY id) TO STDOUT (FORMAT binary)"))


def cursor_of(statement, hold=False):
    with connect(autocommit=hold) as connection:
        with connection.cursor("c", withhold=hold) as cursor:
            return cursor.execute(statement).fetchall()


m.door("server-side cursor", lambda: cursor_of("SELECT content FROM documents ORDER BY id"))
m.door("cursor with hold", lambda: cursor_of("SELECT content FROM documents ORDER BY id", hold=True))


def several(*statements):
    """Several statements in one simple query, all of their results."""
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("; ".join(statements))
        found = []
        while True:
            found.append(cursor.fetchall() if cursor.description else None)
            if not cursor.nextset():
                return found


m.door("several statements", lambda: several("SELECT 1", "SELECT content, embedding FROM documents WHERE id = 1"))
m.door("DECLARE and FETCH ALL", lambda: several(
    "BEGIN", "DECLARE c CURSOR FOR SELECT content FROM documents ORDER BY id", "FETCH ALL FROM c"))
m.door("another encoding", lambda: several("SET client_encoding = 'LATIN1'", "SELECT content FROM documents WHERE id = 1"))

m.door("error of a cast", lambda: run("SELECT content::int FROM documents WHERE id = 1"))
m.door("error of a vector's cast", lambda: run("SELECT embedding::text::int FROM documents WHERE id = 1"))
m.door("unique violation", lambda: run(
    "INSERT INTO documents (id, content, author) SELECT 3000, 'x', author FROM documents WHERE id = 1"))
m.door("failing row", lambda: run("INSERT INTO documents (id, content, author) SELECT 1, NULL, content FROM documents WHERE id = 1"))
m.door("notice", lambda: run("DO $$ BEGIN RAISE NOTICE '%', (SELECT content FROM documents WHERE id = 1); END $$"))
m.door("raised error", lambda: run(
    "DO $$ BEGIN RAISE EXCEPTION USING MESSAGE = 'x', DETAIL = (SELECT content FROM documents WHERE id = 1), "
    "HINT = (SELECT author FROM documents WHERE id = 1); END $$"))
m.door("raised vector", lambda: run(
    "DO $$ BEGIN RAISE EXCEPTION '%', (SELECT embedding FROM documents WHERE id = 1); END $$"))


def notified():
    with connect() as connection:
        connection.execute("LISTEN c")
        connection.execute("SELECT count(pg_notify('c', content)) FROM documents WHERE id = 1")
        return [[n.channel, n.payload] for n in connection.notifies(timeout=2, stop_after=1)]


def setting():
    with connect() as connection:
        connection.execute("SELECT length(set_config('application_name', content, false)) FROM documents WHERE id = 1")
        return connection.info.parameter_status("application_name")


m.door("notification", notified)
m.door("a setting that is reported", setting)
m.door("SET ROLE", lambda: run("SELECT content FROM documents WHERE id = 1", before=["SET ROLE postgres"]))
m.door("SET SESSION AUTHORIZATION", lambda: run(
    "SELECT content FROM documents WHERE id = 1", before=["SET SESSION AUTHORIZATION postgres"]))
m.door("SET ROLE to the owner", lambda: run("SELECT content FROM documents WHERE id = 1", before=["SET ROLE redoubt_owner"]))
m.door("row_security off", lambda: run("SELECT content FROM documents WHERE id = 1", before=["SET row_security = off"]))
m.door("another search path", lambda: run("SELECT * FROM redoubt.get_documents(ARRAY[1])", before=["SET search_path = public"]))
m.door("server file", lambda: run(sql.SQL("SELECT pg_read_file((SELECT setting FROM pg_settings WHERE name = 'data_directory') || "
                                          "'/PG_VERSION'), 'person1' || '@example.com'")))
m.door("large object", lambda: several(
    "SELECT lo_from_bytea(424242, convert_to(content, 'UTF8')) FROM documents WHERE id = 1",
    "SELECT lo_get(424242), lo_unlink(424242)"))
m.door("signs of a vector", lambda: first("SELECT binary_quantize(embedding) FROM documents"))

# what only rights can close: SQL turns a text into one that no scanner knows
m.door("encoded vector", lambda: first("SELECT encode(vector_send(embedding), 'hex') FROM documents"))
m.door("encoded text", lambda: first("SELECT encode(convert_to(content, 'UTF8'), 'hex') FROM documents"))
m.report()
