"""chroma_searchable.py PORT KEY CLOSED_KEY RAW_PORT: clients of a store with searchable fields, one that may see them and
one that may not; prints what they saw, and what the store holds."""

import json
import sys

import chromadb
from chromadb.config import Settings

port, key, closed_key, raw_port = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
IDS = [f"t{i}" for i in range(6)]
seen = {}


def client(at, token):
    # the client keeps the port in its settings
    quiet = Settings(anonymized_telemetry=False)
    return chromadb.HttpClient(host="127.0.0.1", port=at, headers={"X-Chroma-Token": token}, settings=quiet)


def error(action):
    try:
        return {"value": action()}
    except Exception as e:  # what an application would catch is what is told
        return {"type": type(e).__name__, "text": str(e)}


tickets = client(port, key).create_collection("tickets", embedding_function=None)
closed = client(port, closed_key).get_collection("tickets", embedding_function=None)
raw = client(raw_port, "").get_collection("tickets", embedding_function=None)
tickets.add(
    ids=IDS,
    documents=[f"ticket {i}" for i in range(6)],
    embeddings=[[float(i), 1.0] for i in range(6)],
    metadatas=[{"customer": ["Zyxcorp", "Quuxworks"][i % 2], "level": i // 2, "open": i < 3} for i in range(6)],
)
FILTERS = {
    "equal": {"customer": "Zyxcorp"},
    "eq": {"customer": {"$eq": "Zyxcorp"}},
    "not": {"customer": {"$ne": "Zyxcorp"}},
    "in": {"customer": {"$in": ["Zyxcorp", "nobody"]}},
    "nin": {"customer": {"$nin": ["Zyxcorp"]}},
    "both": {"$and": [{"customer": "Zyxcorp"}, {"level": 1}]},
    "number": {"level": 2},
    "decimal": {"level": 2.0},
    "truth": {"open": True},
    "nobody": {"customer": "zyxcorp"},
}
for name, where in FILTERS.items():
    seen[name] = error(lambda: sorted(tickets.get(ids=IDS, where=where)["ids"]))
    seen["closed " + name] = error(
        lambda: sorted(closed.query(query_embeddings=[[0.0, 1.0]], n_results=10, where=where)["ids"][0])
    )
seen["range"] = error(lambda: tickets.get(ids=IDS, where={"level": {"$gt": 1}}))
seen["open"] = error(lambda: tickets.get(ids=["t0", "t5"])["metadatas"])
seen["closed"] = error(lambda: closed.get(ids=["t0", "t2", "t5"])["metadatas"])
tickets.update(ids=["t0"], metadatas=[{"customer": "Quuxworks"}])
seen["updated"] = error(lambda: sorted(tickets.get(ids=["t0", "t1", "t2"], where={"customer": "Quuxworks"})["ids"]))
seen["stored"] = raw.get()["metadatas"]
print(json.dumps(seen))
