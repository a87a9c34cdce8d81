"""chroma_tenants.py PORT KEY_A KEY_B KEY_OF_NO_TENANT RAW_PORT: clients of two tenants in one collection; prints what they saw."""

import json
import sys

import chromadb
from chromadb.config import Settings

port, key_a, key_b, key_none, raw_port = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])
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


def write(collection, name):
    collection.add(
        ids=[f"{name}{i}" for i in range(3)],
        embeddings=[[float(i), 1.0] for i in range(3)],
        documents=[f"secret {i} of {name}" for i in range(3)],
        metadatas=[{"kind": "even" if i % 2 == 0 else "odd"} for i in range(3)],
    )
    # without any metadata of its own
    collection.add(ids=[f"{name}3"], embeddings=[[3.0, 1.0]], documents=[f"secret 3 of {name}"])


a = client(port, key_a).get_or_create_collection("shared", embedding_function=None)
b = client(port, key_b).get_or_create_collection("shared", embedding_function=None)
raw = client(raw_port, "").get_collection("shared", embedding_function=None)
write(a, "a")
write(b, "b")
raw.add(ids=["nobody"], embeddings=[[0.0, 1.0]], documents=["secret of nobody"])

NEAR = [[0.0, 1.0]]
FILTERS = {
    "none": None,
    "own": {"kind": "even"},
    "the other's": {"tenant_id": "b"},
    "not the own": {"tenant_id": {"$ne": "a"}},
    "anybody's": {"$or": [{"tenant_id": "a"}, {"tenant_id": "b"}]},
    "everything": {"kind": {"$ne": "nothing"}},
    "any of": {"tenant_id": {"$in": ["a", "b"]}},
}
for name, where in FILTERS.items():
    seen[f"query {name}"] = error(lambda: a.query(query_embeddings=NEAR, n_results=10, where=where)["ids"][0])
    seen[f"get {name}"] = error(
        lambda: a.get(ids=["a0", "a1", "a2", "a3", "b0", "b1", "nobody"], where=where, include=["documents"])["ids"]
    )
seen["document"] = error(lambda: a.get(ids=["b0", "b1"], where_document={"$contains": "secret"})["ids"])
seen["everything"] = error(lambda: a.get())
seen["b"] = error(lambda: sorted(b.query(query_embeddings=NEAR, n_results=10)["ids"][0]))

seen["forged"] = error(lambda: a.add(ids=["f"], embeddings=[[0.0, 0.0]], documents=["x"], metadatas=[{"tenant_id": "b"}]))
seen["taken id"] = error(lambda: a.add(ids=["b0"], embeddings=[[9.0, 9.0]], documents=["overwritten"]))
seen["upsert"] = error(lambda: a.upsert(ids=["b0"], embeddings=[[9.0, 9.0]], documents=["overwritten"]))
seen["update"] = error(lambda: a.update(ids=["b0"], metadatas=[{"x": 1}]))
seen["count"] = error(lambda: a.count())
seen["delete the other's"] = error(lambda: a.delete(ids=["b1"]))
seen["delete by filter"] = error(lambda: a.delete(where={"kind": "odd"}))
seen["no tenant"] = error(lambda: client(port, key_none).get_or_create_collection("shared", embedding_function=None))
stored = raw.get(include=["documents", "metadatas"])
seen["stored"] = {i: [d, m] for i, d, m in zip(stored["ids"], stored["documents"], stored["metadatas"])}
print(json.dumps(seen))
