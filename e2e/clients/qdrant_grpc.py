"""qdrant_grpc.py: the official client's operations over gRPC, and the side doors of its answers, as two tables (see matrix.py).

With --direct the server stands at --port and --grpc-port; else a guard does, and --raw-port and --raw-grpc-port are the
server's own: what is written there goes around the guard, as what was there before it.
"""

import argparse
import os
import warnings

from qdrant_client import QdrantClient, models

from matrix import Matrix

arguments = argparse.ArgumentParser()
arguments.add_argument("--host", default="127.0.0.1")
for name in ("--port", "--grpc-port"):
    arguments.add_argument(name, type=int, required=True)
for name in ("--raw-port", "--raw-grpc-port"):
    arguments.add_argument(name, type=int)
arguments.add_argument("--direct", action="store_true")
given = arguments.parse_args()
warnings.simplefilter("ignore")


def connect(port, grpc_port, key):
    return QdrantClient(
        host=given.host, port=port, grpc_port=grpc_port, prefer_grpc=True, https=False, api_key=key, timeout=20, check_compatibility=False
    )


client = connect(given.port, given.grpc_port, os.environ.get("REDOUBT_KEY", "none"))
raw = client if given.direct else connect(given.raw_port, given.raw_grpc_port, None)

MAIL, CARD = "ann.lee@example.com", 4111111111111111
VECTOR = [0.8125, 0.3671875, 0.2421875]
NEAR = [1.0, 0.5, 0.25]
PEOPLE = "grpc_people"
matrix = Matrix("Qdrant", "qdrant-client 1.20.0 (gRPC)", [MAIL, str(CARD)], [VECTOR])


def point(number, **payload):
    return models.PointStruct(id=number, vector=[v + number / 64 for v in VECTOR], payload=payload)


def where(key, value):
    return models.Filter(must=[models.FieldCondition(key=key, match=models.MatchValue(value=value))])


vectors = models.VectorParams(size=3, distance=models.Distance.DOT)
matrix.operation("create_collection", lambda: client.create_collection(PEOPLE, vectors_config=vectors), True)
matrix.operation("collection_exists", lambda: client.collection_exists(PEOPLE), True)
matrix.operation("get_collections", lambda: [c.name for c in client.get_collections().collections], [PEOPLE])
texts = [f"Ticket {n} of person{n}@example.com" for n in range(1, 21)]
points = [point(n, text=texts[n - 1], tag=f"t{n % 4}", n=n, nested={"list": [texts[n - 1], n, True, None]}) for n in range(1, 21)]
matrix.operation("upsert", lambda: client.upsert(PEOPLE, points).status)
matrix.operation("count", lambda: client.count(PEOPLE).count, 20)
found = matrix.operation("query_points", lambda: client.query_points(PEOPLE, NEAR, limit=3, with_payload=True).points)
matrix.note("query", found and [p.payload for p in found])
matrix.note("scores", found and [p.score for p in found])
matrix.operation("query_points (limit 1000)", lambda: len(client.query_points(PEOPLE, NEAR, limit=1000).points), 20)
matrix.operation("query_points (filter)", lambda: [p.id for p in client.query_points(PEOPLE, NEAR, query_filter=where("n", 7)).points], [7])
matrix.operation("query_points (offset 5000)", lambda: client.query_points(PEOPLE, NEAR, offset=5000).points)
matrix.operation(
    "query_batch_points", lambda: [len(r.points) for r in client.query_batch_points(PEOPLE, [models.QueryRequest(query=NEAR, limit=50)] * 2)], [20, 20]
)
matrix.operation("query_points_groups", lambda: len(client.query_points_groups(PEOPLE, "tag", query=NEAR, limit=50).groups), 4)
matrix.operation("retrieve", lambda: [p.payload["text"] for p in client.retrieve(PEOPLE, [5])], [texts[4]])
matrix.operation("scroll (filter)", lambda: len(client.scroll(PEOPLE, scroll_filter=where("tag", "t1"))[0]), 5)
matrix.operation("scroll", lambda: len(client.scroll(PEOPLE, limit=100)[0]))
matrix.operation("facet", lambda: len(client.facet(PEOPLE, "tag").hits), 4)
matrix.operation("set_payload", lambda: client.set_payload(PEOPLE, {"note": "by eve@example.com"}, points=[2]).status)
matrix.operation("delete (ids)", lambda: client.delete(PEOPLE, [3]).status)
matrix.operation("delete (filter)", lambda: client.delete(PEOPLE, where("n", 4)).status)
matrix.operation("upsert (sealed field)", lambda: client.upsert(PEOPLE, [point(23, secret="the vault is in the cellar", n=23)]).status)
matrix.note("opened", [r.payload for r in client.retrieve(PEOPLE, [23])])
matrix.note("stored", [r.payload for r in raw.retrieve(PEOPLE, [1, 2, 23])])
matrix.operation("card", lambda: client.upsert(PEOPLE, [point(24, text="card 4111 1111 1111 1111")]).status)
matrix.operation("missing collection", lambda: client.query_points("nosuch", NEAR))
matrix.operation("delete_collection", lambda: client.delete_collection("nosuch"))

# side doors: what was in the store before the guard came, read in every way
raw.upsert(PEOPLE, [models.PointStruct(id=90, vector=VECTOR, payload={"text": MAIL, "tag": MAIL, "deep": {"a": [{"b": MAIL}]}})])
only = models.Filter(must=[models.HasIdCondition(has_id=[90])])
matrix.door("query payload", lambda: client.query_points(PEOPLE, NEAR, query_filter=only, with_payload=True))
matrix.door("query vectors", lambda: client.query_points(PEOPLE, NEAR, query_filter=only, with_vectors=True))
matrix.door("retrieve", lambda: client.retrieve(PEOPLE, [90]))
matrix.door("scroll", lambda: client.scroll(PEOPLE, scroll_filter=only, with_vectors=True))
matrix.door("groups' ids", lambda: client.query_points_groups(PEOPLE, "tag", query=NEAR, query_filter=only, with_payload=False))
matrix.door("facet", lambda: client.facet(PEOPLE, "tag", facet_filter=only))
matrix.door("batch", lambda: client.query_batch_points(PEOPLE, [models.QueryRequest(query=NEAR, filter=only, with_vector=True)]))
matrix.door("order value", lambda: client.scroll(PEOPLE, scroll_filter=only, with_payload=["deep.a[].b"]))
matrix.door("error that echoes", lambda: client.query_points(MAIL, NEAR))
matrix.report()
