"""Milvus with the official client pymilvus, unmodified: operations, and side doors of which none may give a value back.

milvus.py --port PORT [--host HOST] [--raw-port PORT] [--direct]

--direct: PORT is the bare server. --raw-port: the bare server behind the guard, for writing what the guard would redact.
Keys of clients come from REDOUBT_KEY (query and ingest) and REDOUBT_OTHER_KEY (manage).
"""

import argparse
import logging
import os
import sys

import pymilvus
from matrix import Matrix
from pymilvus import AnnSearchRequest, DataType, MilvusClient, RRFRanker

logging.disable(logging.CRITICAL)

MAIL = "ann.lee@example.com"
CARD = 4111111111111111
DIM = 8
VECTORS = [[0.1 * (i + 1)] + [0.01 * (i * DIM + j) for j in range(DIM - 1)] for i in range(20)]

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--raw-port", type=int)
parser.add_argument("--direct", action="store_true")
options = parser.parse_args()


def connect(key, port=None):
    return MilvusClient(f"http://{options.host}:{port or options.port}", token=key, timeout=20)


def schema():
    made = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=True)
    made.add_field("id", DataType.INT64, is_primary=True)
    made.add_field("text", DataType.VARCHAR, max_length=500)
    made.add_field("about", DataType.JSON)
    made.add_field("tags", DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=8, max_length=200)
    made.add_field("number", DataType.INT64)
    made.add_field("vector", DataType.FLOAT_VECTOR, dim=DIM)
    return made


def index():
    made = MilvusClient.prepare_index_params()
    made.add_index("vector", index_type="FLAT", metric_type="COSINE")
    return made


def record(i, mail):
    return {
        "id": i,
        "text": f"Ticket {i} of {mail}",
        "about": {"author": mail, "nested": {"list": [mail, i]}},
        "tags": ["ticket", mail],
        "number": i,
        "mail": mail,
        "more": {"mail": mail},
        "vector": VECTORS[i % 20],
    }


def reads(client, collection):
    """Everything that reads records of a collection, by a name for it."""
    every = ["*"]
    request = lambda: AnnSearchRequest([VECTORS[0]], "vector", {"metric_type": "COSINE"}, limit=3)
    return {
        "search": lambda: client.search(collection, [VECTORS[0]], limit=3, output_fields=["text", "about", "tags", "mail"]),
        "search every field": lambda: client.search(collection, [VECTORS[0]], limit=3, output_fields=every + ["vector"]),
        "search filtered": lambda: client.search(
            collection, [VECTORS[0]], limit=3, filter='mail != ""', output_fields=["more"]
        ),
        "search grouped": lambda: client.search(
            collection, [VECTORS[0]], limit=3, group_by_field="text", output_fields=["text"]
        ),
        "hybrid_search": lambda: client.hybrid_search(
            collection, [request(), request()], RRFRanker(), limit=3, output_fields=["text", "mail", "vector"]
        ),
        "query": lambda: client.query(collection, filter="id >= 0", limit=3, output_fields=every),
        "query without a limit": lambda: client.query(collection, filter="id >= 0", output_fields=every),
        "query one field": lambda: client.query(collection, filter="id < 3", output_fields=["about"]),
        "get": lambda: client.get(collection, [0, 1], output_fields=every),
        "get vectors": lambda: client.get(collection, [0, 1], output_fields=["vector"]),
    }


def iterate(iterator):
    rows = []
    while True:
        page = iterator.next()
        if not page:
            iterator.close()
            return rows
        rows.extend(page)


def main():
    matrix = Matrix("Milvus", f"pymilvus {pymilvus.__version__}", secrets=[MAIL, str(CARD)], vectors=VECTORS)
    key = os.environ.get("REDOUBT_KEY", "")
    raw = connect("", options.port if options.direct else options.raw_port)
    client = connect(key)

    # written around the guard, as by somebody who was there before it
    raw.create_collection("before", schema=schema(), index_params=index())
    raw.insert("before", [{**record(i, MAIL), "number": CARD} for i in range(20)])
    raw.load_collection("before")

    collection = "direct" if options.direct else "guarded"
    matrix.operation("get_server_version", lambda: client.get_server_version())
    matrix.operation("list_collections", lambda: "before" in client.list_collections())
    matrix.operation("create_collection", lambda: client.create_collection(collection, schema=schema(), index_params=index()))
    matrix.operation("create_collection quickly", lambda: client.create_collection(collection + "_quick", dimension=DIM))
    matrix.operation("has_collection", lambda: client.has_collection(collection))
    matrix.operation("describe_collection", lambda: client.describe_collection(collection))
    matrix.operation("insert", lambda: client.insert(collection, [record(i, MAIL) for i in range(20)]))
    matrix.operation("insert quickly", lambda: client.insert(collection + "_quick", [{"id": 1, "vector": VECTORS[0], "mail": MAIL}]))
    matrix.operation("upsert", lambda: client.upsert(collection, [record(3, MAIL)]))
    matrix.operation("flush", lambda: client.flush(collection))
    matrix.operation("load_collection", lambda: client.load_collection(collection))
    matrix.operation("get_load_state", lambda: client.get_load_state(collection))
    matrix.operation("list_indexes", lambda: client.list_indexes(collection))
    matrix.operation("describe_index", lambda: client.describe_index(collection, "vector"))
    matrix.operation("list_partitions", lambda: client.list_partitions(collection))
    matrix.operation("get_collection_stats", lambda: client.get_collection_stats(collection))
    matrix.note("stored", raw.query(collection, filter="id >= 0", output_fields=["*"]))
    bare = reads(raw, collection)
    for name, read in reads(client, collection).items():
        matrix.note(name, matrix.operation(name, read, unguarded=None if options.direct else bare[name]()))
    matrix.note("found by mail", matrix.operation("query by mail", lambda: client.query(
        collection, filter=f'mail == "{MAIL}" and id < 4', output_fields=["mail"])))
    matrix.operation("query by template", lambda: client.query(
        collection, filter="id in {ids}", filter_params={"ids": [0, 1]}, output_fields=["text"]))
    matrix.note("count", matrix.operation("count(*)", lambda: client.query(collection, output_fields=["count(*)"])))
    matrix.note("many", matrix.operation("search for many", lambda: client.search(collection, [VECTORS[0]], limit=100)))
    matrix.operation("query_iterator", lambda: iterate(client.query_iterator(collection, batch_size=5)))
    matrix.operation("search_iterator", lambda: iterate(client.search_iterator(collection, [VECTORS[0]], batch_size=5)))
    matrix.operation("insert a card", lambda: client.insert(collection, [{**record(30, "4111 1111 1111 1111")}]))
    matrix.operation("search for a card", lambda: client.query(collection, filter='mail == "4111111111111111"', limit=1))
    matrix.operation("broken filter", lambda: client.query(collection, filter='mail == "a" or (id > 0', limit=1))
    matrix.operation("wrong dimension", lambda: client.search(collection, [[0.1, 0.2]], limit=1))
    matrix.operation("missing collection", lambda: client.search("missing", [VECTORS[0]], limit=1))
    matrix.operation("delete by id", lambda: client.delete(collection, ids=[19]))
    matrix.operation("delete by filter", lambda: client.delete(collection, filter="id == 18"))
    matrix.operation("list_users", lambda: client.list_users())
    matrix.operation("create_user", lambda: client.create_user("mallory", "Password1!"))
    matrix.operation("list_roles", lambda: client.list_roles())
    matrix.operation("run_analyzer", lambda: client.run_analyzer(["a text"]))
    matrix.operation("drop_collection", lambda: client.drop_collection(collection + "_quick"))
    matrix.operation("unknown key", lambda: connect("nobody").list_collections())
    other = os.environ.get("REDOUBT_OTHER_KEY", "")
    matrix.operation("drop_collection as manager", lambda: connect(other).drop_collection(collection + "_quick"))

    for name, read in reads(client, "before").items():
        matrix.door(name, read)
    matrix.door("query numbers", lambda: client.query("before", filter="id < 3", output_fields=["number"]))
    matrix.door("query_iterator", lambda: iterate(client.query_iterator("before", batch_size=5, output_fields=["*"])))
    matrix.door("search_iterator", lambda: iterate(
        client.search_iterator("before", [VECTORS[0]], batch_size=5, output_fields=["text"])))
    matrix.door("error that echoes", lambda: client.query("before", filter=f'id == "{MAIL}"', limit=1))
    matrix.door("error that names", lambda: client.describe_collection(MAIL))
    if options.direct:
        for name in ("direct", "direct_quick", "before"):
            raw.drop_collection(name)
    matrix.report()


main()
