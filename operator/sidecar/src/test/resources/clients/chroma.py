"""chroma.py PORT KEY OTHER_KEY: the official client against a guard; prints what it saw as JSON."""

import json
import sys

import chromadb
import httpx
from chromadb.config import Settings

port, key, other = int(sys.argv[1]), sys.argv[2], sys.argv[3]
quiet = Settings(anonymized_telemetry=False)
seen = {}


def client(token):
    return chromadb.HttpClient(host="127.0.0.1", port=port, headers={"X-Chroma-Token": token}, settings=quiet)


def error(action):
    try:
        return {"value": action()}
    except Exception as e:  # what an application would catch is what is told
        return {"type": type(e).__name__, "text": str(e)}


collection = client(key).get_or_create_collection("tickets", embedding_function=None)
people = [f"person{i}@example.com" for i in range(20)]
collection.add(
    ids=[f"t{i}" for i in range(20)],
    embeddings=[[float(i), 1.0, 0.5] for i in range(20)],
    documents=[f"Ticket {i} of {people[i]}" for i in range(20)],
    metadatas=[{"author": people[i], "number": i} for i in range(20)],
)
everything = ["documents", "metadatas", "embeddings", "distances"]
seen["count"] = collection.count()
seen["query"] = error(lambda: collection.query(query_embeddings=[[0.33, 1.0, 0.5]], n_results=15, include=everything))
seen["get"] = error(lambda: collection.get(ids=["t1", "t2"], include=["documents", "metadatas", "embeddings"]))
seen["peek"] = error(lambda: collection.get(limit=10))
seen["dump"] = error(lambda: collection.get())
seen["card"] = error(lambda: collection.add(ids=["c"], embeddings=[[0.0, 0.0, 0.0]], documents=["card 4111 1111 1111 1111"]))
seen["dimension"] = error(lambda: collection.add(ids=["d"], embeddings=[[0.0]], documents=["x"]))
seen["upsert"] = error(lambda: collection.upsert(ids=["t1"], embeddings=[[1.0, 1.0, 1.0]], documents=["again by eve@example.com"]))
seen["deleted"] = error(lambda: collection.delete(ids=["t19"]))
seen["drop"] = error(lambda: client(key).delete_collection("tickets"))
seen["missing"] = error(lambda: client(key).get_collection("nosuch"))
seen["stranger"] = error(lambda: client("wrong"))
seen["other"] = error(lambda: client(other).get_collection("tickets").get(ids=["t1"]))

# the official client never sends this, so nothing but a plain request can show what the store's error echoes
base = f"http://127.0.0.1:{port}/api/v2/tenants/default_tenant/databases/default_database/collections/{collection.id}"
headers = {"X-Chroma-Token": key}
echo = httpx.post(f"{base}/query", headers=headers, json={"query_embeddings": [["ann.lee@example.com"]]})
seen["echo"] = {"status": echo.status_code, "body": echo.text}
print(json.dumps(seen, default=lambda value: value.tolist()))
