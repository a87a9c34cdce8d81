"""chroma.py --host H --port P [--direct [--store]]: Chroma's official client against a real Chroma, bare or behind a guard.

With --direct it first leaves records with personal data in the collection "stored", which the guarded run reads; with
--store it does no more than that. Keys come from REDOUBT_KEY (may query and ingest, and opens the sealed documents) and
REDOUBT_OTHER_KEY (may not open them).
"""

import argparse
import json
import os
import sys
import urllib.error
import urllib.request

import chromadb
from chromadb.config import Settings
from matrix import Matrix

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--direct", action="store_true", help="the server itself, without a guard")
parser.add_argument("--store", action="store_true", help="leave the records with personal data, and no more")
given = parser.parse_args()

key, other = os.environ.get("REDOUBT_KEY", "none"), os.environ.get("REDOUBT_OTHER_KEY", "none")
SECRET, AUTHOR, NAMED = "ann.lee@example.com", "mia.may@example.org", "bob.ray@example.net"
VECTOR, NEAR = [0.8125, 0.34375, 0.15625], [0.8, 0.35, 0.15]
matrix = Matrix(f"Chroma {chromadb.__version__}", f"chromadb {chromadb.__version__}", [SECRET, AUTHOR, NAMED], [VECTOR])
quiet = Settings(anonymized_telemetry=False)
EVERYTHING = ["documents", "metadatas", "embeddings", "distances"]
DATABASE = "/api/v2/tenants/default_tenant/databases/default_database/collections"


def connect(token=key):
    return chromadb.HttpClient(host=given.host, port=given.port, headers={"X-Chroma-Token": token}, settings=quiet)


def http(method, path, body=None):
    """What curl would see: status and body."""
    request = urllib.request.Request(f"http://{given.host}:{given.port}{path}", method=method)
    request.add_header("X-Chroma-Token", key)
    request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, None if body is None else json.dumps(body).encode(), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def http_ok(*request):
    status, body = http(*request)
    if status >= 400:
        raise PermissionError(f"{status} {body}")
    return status


def store():
    """Records that nobody redacted, as they stand in a store from before there was a guard."""
    if "stored" in [c.name for c in db.list_collections()]:
        db.delete_collection("stored")
    db.create_collection("stored", metadata={"owner": NAMED}, embedding_function=None).add(
        ids=[f"r{i}" for i in range(3)],
        embeddings=[[x + i for x in VECTOR] for i in range(3)],
        documents=[f"contact {i} is {SECRET}" for i in range(3)],
        metadatas=[{"author": AUTHOR, "number": i} for i in range(3)],
        uris=[f"mailto:{SECRET}" for i in range(3)],
    )


db = matrix.operation("HttpClient", connect)
if given.direct:
    store()
if given.store:
    matrix.report()
    sys.exit()
stored = db.get_collection("stored", embedding_function=None)

# what an application does
matrix.operation("heartbeat", lambda: db.heartbeat() > 0)
matrix.operation("get_version", db.get_version)
tickets = matrix.operation("get_or_create_collection", lambda: db.get_or_create_collection("tickets", embedding_function=None))
matrix.operation("list_collections", lambda: len(db.list_collections()))
matrix.operation("get_collection", lambda: db.get_collection("tickets").name)
matrix.operation("missing collection", lambda: db.get_collection("nosuch"))
people = [f"person{i}@example.com" for i in range(20)]
matrix.operation(
    "add",
    lambda: tickets.add(
        ids=[f"t{i}" for i in range(20)],
        embeddings=[[float(i), 1.0, 0.5] for i in range(20)],
        documents=[f"Ticket {i} of {people[i]}" for i in range(20)],
        metadatas=[{"author": people[i], "number": i} for i in range(20)],
    ),
)
matrix.operation("count", tickets.count, 20)
found = matrix.operation("query", lambda: tickets.query(query_embeddings=[[0.33, 1.0, 0.5]], n_results=15, include=EVERYTHING))
matrix.note("query", found)
matrix.operation(
    "query(where)", lambda: tickets.query(query_embeddings=[[0.33, 1.0, 0.5]], where={"number": {"$gte": 10}})["ids"][0][0], "t10"
)
# a client that looks for a value finds what was made of it when it was written
matrix.operation("query(where a person)", lambda: len(tickets.query(query_embeddings=[NEAR], where={"author": people[5]})["ids"][0]) > 0)
matrix.operation("query(where_document)", lambda: tickets.query(query_embeddings=[NEAR], where_document={"$contains": "Ticket"})["ids"])
by_id = {"ids": ["t1", "t2"], "include": ["documents", "metadatas", "embeddings"]}
matrix.note("get", matrix.operation("get(ids)", lambda: tickets.get(**by_id)))
matrix.operation(
    "get(ids), documents", lambda: tickets.get(ids=["t1"])["documents"], unguarded=[f"Ticket 1 of {people[1]}"]
)
matrix.operation("get(where)", lambda: len(tickets.get(where={"number": 3})["ids"]))
matrix.operation("peek", lambda: len(tickets.peek()["ids"]))
matrix.operation("get()", lambda: len(tickets.get()["ids"]))
matrix.operation("upsert", lambda: tickets.upsert(ids=["t1"], embeddings=[[1.0, 1.0, 1.0]], documents=["again by eve@example.com"]))
matrix.operation("update", lambda: tickets.update(ids=["t2"], metadatas=[{"author": "eve@example.com"}]))
matrix.operation("add(card)", lambda: tickets.add(ids=["c"], embeddings=[[0.0, 0.0, 0.0]], documents=["card 4111 1111 1111 1111"]))
matrix.operation("add(wrong dimension)", lambda: tickets.add(ids=["d"], embeddings=[[0.0]], documents=["x"]))
matrix.operation("delete(ids)", lambda: tickets.delete(ids=["t19"]))
matrix.operation("delete(where)", lambda: tickets.delete(where={"number": 18}))
matrix.operation("modify", lambda: tickets.modify(metadata={"a": "b"}))
matrix.operation("create_database", lambda: http_ok("POST", "/api/v2/tenants/default_tenant/databases", {"name": "another"}))
matrix.operation("reset", lambda: db.reset())


if not given.direct:
    sealed = matrix.operation("other client: get(ids)", lambda: connect(other).get_collection("tickets").get(ids=["t1"]))
    matrix.note("sealed", sealed)
matrix.operation("stranger", lambda: connect("wrong"))
matrix.note("echo", http("POST", f"{DATABASE}/{tickets.id}/query", {"query_embeddings": [[SECRET]]}))
matrix.operation("delete_collection", lambda: db.delete_collection("tickets"))

# ways by which a stored value or vector may come back
ids = {"ids": ["r0", "r1"]}
records = f"{DATABASE}/{stored.id}"
door = matrix.door
door("query", lambda: stored.query(query_embeddings=[NEAR], n_results=3, include=EVERYTHING))
door("query, embeddings alone", lambda: stored.query(query_embeddings=[NEAR], n_results=3, include=["embeddings"]))
door("query, uris alone", lambda: stored.query(query_embeddings=[NEAR], n_results=3, include=["uris"]))
door("query(where)", lambda: stored.query(query_embeddings=[NEAR], where={"author": {"$ne": "x"}}, include=["metadatas"]))
door("query(where_document)", lambda: stored.query(query_embeddings=[NEAR], where_document={"$contains": "contact"}))
door("get(ids)", lambda: stored.get(**ids))
door("get(ids), embeddings", lambda: stored.get(**ids, include=["embeddings"]))
door("get(ids), metadatas", lambda: stored.get(**ids, include=["metadatas"]))
door("get(ids), uris", lambda: stored.get(**ids, include=["uris"]))
door("get(where)", lambda: stored.get(where={"number": {"$gte": 0}}))
door("get(where_document)", lambda: stored.get(where_document={"$contains": "contact"}))
door("get()", lambda: stored.get(include=["documents", "metadatas", "embeddings", "uris"]))
door("get(limit, offset)", lambda: stored.get(limit=1, offset=1))
door("peek", stored.peek)
door("get_collection, its metadata", lambda: db.get_collection("stored").metadata)
door("list_collections, their metadata", lambda: [c.metadata for c in db.list_collections()])
door("REST query, vectors as lists", lambda: http("POST", f"{records}/query", {"query_embeddings": [NEAR], "n_results": 3, "include": EVERYTHING}))
door("REST get", lambda: http("POST", f"{records}/get", {}))
door("an error that echoes a vector", lambda: http("POST", f"{records}/query", {"query_embeddings": [[SECRET]]}))
matrix.report()
