"""pgvector_vectors.py PORT USER: writes documents with vectors in every form that pgvector's adapters have, and prints them
by their nearness to the vector of 3, and what a vector in the text of a statement raises. The key of USER is in REDOUBT_KEY."""

import json
import os
import sys

import psycopg
from pgvector import HalfVector, Vector
from pgvector.psycopg import register_vector

BASE = 20000


def vector(i):
    return [(i * 11 + d * d) % 17 / 16 for d in range(16)]


with psycopg.connect(
    host="127.0.0.1",
    port=int(sys.argv[1]),
    dbname="postgres",
    user=sys.argv[2],
    password=os.environ["REDOUBT_KEY"],
    sslmode="require",
    autocommit=True,
) as connection:
    register_vector(connection)
    insert = "INSERT INTO documents (id, content, embedding) VALUES (%s, %s, {})"
    connection.execute(insert.format("%t"), (BASE, "text", Vector(vector(0))))
    connection.execute(insert.format("%b"), (BASE + 1, "binary", Vector(vector(1))))
    connection.execute(insert.format("%s::text::vector"), (BASE + 2, "literal", str(vector(2))))
    with connection.cursor() as cursor:
        cursor.executemany(insert.format("%s"), [(BASE + i, "several", Vector(vector(i))) for i in range(3, 6)])
    refused = {}
    for name, statement, parameters in [
        ("half vector", insert.format("%b"), (BASE + 9, "half", HalfVector(vector(9)))),
        ("array", insert.format("%s::float4[]::vector"), (BASE + 9, "array", vector(9))),
        ("statement", f"SELECT id FROM redoubt.search_documents('{vector(3)}', 5)", None),
    ]:
        try:
            connection.execute(statement, parameters)
            refused[name] = "nothing"
        except psycopg.Error as error:
            refused[name] = type(error).__name__
    search = "SELECT id FROM redoubt.search_documents({}, 10) WHERE id >= %s"
    found = [
        [row[0] - BASE for row in connection.execute(search.format(form), (Vector(vector(3)), BASE)).fetchall()]
        for form in ("%t", "%b")
    ]
    json.dump({"found": found, "refused": refused}, sys.stdout)
