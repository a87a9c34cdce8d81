"""qdrant.py: the official client's operations over REST, and the side doors of Qdrant, as two tables (see matrix.py).

With --direct the server stands at --port; else a guard does, and --raw-port is the server's own: what is written there
goes around the guard, as what was there before it.
"""

import argparse
import os
import warnings

import httpx
from qdrant_client import QdrantClient, models

from matrix import Matrix

arguments = argparse.ArgumentParser()
arguments.add_argument("--host", default="127.0.0.1")
arguments.add_argument("--port", type=int, required=True)
arguments.add_argument("--grpc-port", type=int)
arguments.add_argument("--raw-port", type=int)
arguments.add_argument("--direct", action="store_true")
given = arguments.parse_args()
warnings.simplefilter("ignore")

key = os.environ.get("REDOUBT_KEY", "none")
base = f"http://{given.host}:{given.port}"
headers = {"api-key": key}
# the client asks for the server's version when it is made
client = QdrantClient(url=base, api_key=key, prefer_grpc=False, timeout=20)
raw = QdrantClient(url=f"http://{given.host}:{given.port if given.direct else given.raw_port}", timeout=20)

MAIL, PHONE, CARD = "ann.lee@example.com", "+1 202 555 0101", 4111111111111111
VECTOR, NAMED = [0.8125, 0.3671875, 0.2421875], [0.6796875, 0.1171875]
matrix = Matrix("Qdrant", "qdrant-client 1.20.0 (REST)", [MAIL, str(CARD)], [VECTOR, NAMED])
PEOPLE = "people"


def point(number, **payload):
    return models.PointStruct(
        id=number,
        vector={"text": [v + number / 64 for v in VECTOR], "img": [v + number / 64 for v in NAMED]},
        payload=payload,
    )


def where(key, value):
    return models.Filter(must=[models.FieldCondition(key=key, match=models.MatchValue(value=value))])


# operations: what an application does

matrix.operation(
    "create_collection",
    lambda: client.create_collection(
        PEOPLE,
        vectors_config={
            "text": models.VectorParams(size=3, distance=models.Distance.DOT),
            "img": models.VectorParams(size=2, distance=models.Distance.DOT),
        },
        sparse_vectors_config={"kw": models.SparseVectorParams()},
    ),
    True,
)
matrix.operation("collection_exists", lambda: client.collection_exists(PEOPLE), True)
matrix.operation("get_collections", lambda: [c.name for c in client.get_collections().collections], [PEOPLE])
matrix.operation("get_collection", lambda: client.get_collection(PEOPLE).status)
matrix.operation("create_payload_index", lambda: client.create_payload_index(PEOPLE, "tag", "keyword").status)
written = [f"Ticket {n} of person{n}@example.com" for n in range(20)]
matrix.operation(
    "upsert", lambda: client.upsert(PEOPLE, [point(n, text=written[n], tag=f"t{n % 4}", n=n) for n in range(20)]).status
)
matrix.operation(
    "upsert (columns)",
    lambda: client.upsert(
        PEOPLE,
        models.Batch(ids=[20], vectors={"text": [VECTOR], "img": [NAMED]}, payloads=[{"text": "plain", "tag": "t0", "n": 20}]),
    ).status,
)
matrix.operation("upload_points", lambda: client.upload_points(PEOPLE, [point(21, text="uploaded", tag="t1", n=21)], wait=True))
matrix.operation("update_vectors", lambda: client.update_vectors(PEOPLE, [models.PointVectors(id=20, vector={"img": NAMED})]).status)
matrix.operation("set_payload", lambda: client.set_payload(PEOPLE, {"note": "by eve@example.com"}, points=[20]).status)
matrix.operation("overwrite_payload", lambda: client.overwrite_payload(PEOPLE, {"text": "again", "tag": "t0"}, points=[20]).status)
matrix.operation("delete_payload", lambda: client.delete_payload(PEOPLE, ["tag"], points=[20]).status)
matrix.operation("clear_payload", lambda: client.clear_payload(PEOPLE, points_selector=[20]).status)
matrix.operation("delete_vectors", lambda: client.delete_vectors(PEOPLE, ["img"], points=[20]).status)
matrix.operation(
    "batch_update_points",
    lambda: [
        r.status
        for r in client.batch_update_points(
            PEOPLE,
            [
                models.UpsertOperation(upsert=models.PointsList(points=[point(22, text="mail bob@example.org")])),
                models.SetPayloadOperation(set_payload=models.SetPayload(payload={"tag": "t2"}, points=[22])),
                models.DeleteOperation(delete=models.PointIdsList(points=[21])),
            ],
        )
    ],
)
matrix.operation("delete (ids)", lambda: client.delete(PEOPLE, [20]).status)
matrix.operation("delete (filter)", lambda: client.delete(PEOPLE, models.FilterSelector(filter=where("tag", "t3"))).status)

matrix.operation("upsert (sealed field)", lambda: client.upsert(PEOPLE, [point(23, secret="the vault is in the cellar")]).status)
matrix.note("opened", [r.payload for r in client.retrieve(PEOPLE, [23])])
matrix.note("stored", [r.payload for r in raw.retrieve(PEOPLE, [23])])

NEAR = [1.0, 0.5, 0.25]
found = matrix.operation("query_points", lambda: client.query_points(PEOPLE, NEAR, using="text", limit=3).points)
matrix.note("query", [p.payload for p in found or []])
matrix.operation(
    "query_points (texts)",
    lambda: [p.payload["text"] for p in client.query_points(PEOPLE, NEAR, using="text", limit=1, query_filter=where("n", 9)).points],
    [written[9]],
)
matrix.operation(
    "query_points (limit 1000)", lambda: len(client.query_points(PEOPLE, NEAR, using="text", limit=1000).points), 17 if given.direct else 22
)
matrix.operation("query_points (offset 5000)", lambda: client.query_points(PEOPLE, NEAR, using="text", offset=5000).points)
vectors = matrix.operation(
    "query_points (with_vectors)",
    lambda: client.query_points(PEOPLE, NEAR, using="text", limit=1, with_vectors=True).points[0].vector is not None,
    True,
)
scores = matrix.operation("query_points (scores)", lambda: [p.score for p in client.query_points(PEOPLE, NEAR, using="text").points])
matrix.note("scores", scores)
matrix.operation("query_points (threshold)", lambda: client.query_points(PEOPLE, NEAR, using="text", score_threshold=0.5).points)
matrix.operation("query_points (by id)", lambda: client.query_points(PEOPLE, 1, using="text").points)
matrix.operation(
    "query_points (recommend)",
    lambda: client.query_points(
        PEOPLE, models.RecommendQuery(recommend=models.RecommendInput(positive=[1, NEAR], negative=[2])), using="text"
    ).points,
)
matrix.operation(
    "query_points (discover)",
    lambda: client.query_points(
        PEOPLE,
        models.DiscoverQuery(discover=models.DiscoverInput(target=1, context=[models.ContextPair(positive=2, negative=4)])),
        using="text",
    ).points,
)
matrix.operation("query_points (order_by)", lambda: client.query_points(PEOPLE, models.OrderByQuery(order_by="n")).points)
matrix.operation("query_points (sample)", lambda: client.query_points(PEOPLE, models.SampleQuery(sample="random")).points)
matrix.operation(
    "query_points (prefetch, fusion)",
    lambda: client.query_points(
        PEOPLE,
        models.FusionQuery(fusion=models.Fusion.RRF),
        prefetch=[
            models.Prefetch(query=NEAR, using="text", limit=50, prefetch=models.Prefetch(query=NAMED, using="img", limit=100)),
            models.Prefetch(query=NAMED, using="img", limit=20, filter=where("tag", "t1")),
        ],
    ).points,
)
matrix.operation(
    "query_points (formula)",
    lambda: client.query_points(
        PEOPLE,
        models.FormulaQuery(formula=models.MultExpression(mult=[1000000, "$score"])),
        prefetch=models.Prefetch(query=NEAR, using="text"),
    ).points,
)
matrix.operation(
    "query_batch_points",
    lambda: [
        len(r.points)
        for r in client.query_batch_points(PEOPLE, [models.QueryRequest(query=NEAR, using="text", limit=2)] * 2)
    ],
    [2, 2],
)
matrix.operation(
    "query_points_groups", lambda: client.query_points_groups(PEOPLE, "tag", NEAR, using="text", limit=3, group_size=2).groups
)
matrix.operation("scroll (filter)", lambda: client.scroll(PEOPLE, where("tag", "t1"), limit=2)[0])
matrix.operation("scroll (everything)", lambda: client.scroll(PEOPLE)[0])
matrix.operation("scroll (next page)", lambda: client.scroll(PEOPLE, where("tag", "t1"), offset=5)[0])
matrix.operation("retrieve", lambda: [r.payload["text"] for r in client.retrieve(PEOPLE, [1, 2])], written[1:3])
matrix.operation("retrieve (100 ids)", lambda: client.retrieve(PEOPLE, list(range(100))))
matrix.operation("count", lambda: client.count(PEOPLE, where("tag", "t1")).count, 5)
matrix.operation("facet", lambda: sorted(h.value for h in client.facet(PEOPLE, "tag").hits)[:3], ["t0", "t1", "t2"])
matrix.operation("search_matrix_pairs", lambda: client.search_matrix_pairs(PEOPLE, using="text").pairs)
matrix.operation("search_matrix_offsets", lambda: client.search_matrix_offsets(PEOPLE, using="text").ids)
matrix.operation("card", lambda: client.upsert(PEOPLE, [point(90, text=f"pay with {CARD}")]).status)
matrix.operation("update_collection", lambda: client.update_collection(PEOPLE, timeout=5))
matrix.operation("create_snapshot", lambda: client.create_snapshot(PEOPLE))
matrix.operation("missing collection", lambda: client.query_points("nosuch", NEAR))
if not given.direct:
    matrix.operation("stranger", lambda: QdrantClient(url=base, api_key="wrong", timeout=5).get_collections())
matrix.operation("delete_collection", lambda: client.delete_collection("other"))

# side doors: a record that was there before the guard, and every way to get at what is in it

raw.upsert(
    PEOPLE,
    [
        models.PointStruct(
            id=50,
            vector={"text": VECTOR, "img": NAMED, "kw": models.SparseVector(indices=[7], values=[VECTOR[0]])},
            payload={"text": f"write to {MAIL}", "tag": "door", "mail": MAIL, "card": 1, "deep": {"list": [{"mail": MAIL}]}, MAIL: 1},
        ),
        models.PointStruct(id=51, vector={"text": VECTOR}, payload={"tag": "card", "card": CARD}),
        models.PointStruct(id=52, vector={"text": VECTOR}, payload={"tag": "card", "text": f"card {CARD}"}),
    ],
)
DOOR, CARDS = where("tag", "door"), where("tag", "card")


def call(method, path, body=None):
    return httpx.request(method, base + path, headers=headers, json=body, timeout=20).text


def near(what, **more):
    return client.query_points(PEOPLE, VECTOR, using="text", query_filter=what, **more)


COLLECTION = f"/collections/{PEOPLE}"
matrix.door("query payload", lambda: near(DOOR))
matrix.door("query selected fields", lambda: near(DOOR, with_payload=["mail", "deep.list[].mail"]))
matrix.door("query excluded fields", lambda: near(DOOR, with_payload=models.PayloadSelectorExclude(exclude=["text"])))
matrix.door("names of fields", lambda: [list(p.payload) for p in near(DOOR).points])
matrix.door("query vectors", lambda: near(DOOR, with_vectors=True))
matrix.door("query one named vector", lambda: near(DOOR, with_vectors=["img"], with_payload=False))
matrix.door("retrieve", lambda: client.retrieve(PEOPLE, [50]))
matrix.door("retrieve vectors", lambda: client.retrieve(PEOPLE, [50], with_payload=False, with_vectors=True))
matrix.door("GET point", lambda: call("GET", f"{COLLECTION}/points/50"))
matrix.door("scroll", lambda: client.scroll(PEOPLE, DOOR, with_vectors=True))
matrix.door("scroll everything", lambda: client.scroll(PEOPLE, limit=1000, with_vectors=True))
matrix.door("batch", lambda: client.query_batch_points(PEOPLE, [models.QueryRequest(filter=DOOR, with_payload=True, with_vector=True)]))
matrix.door("group ids", lambda: client.query_points_groups(PEOPLE, "mail", VECTOR, using="text", query_filter=DOOR, with_payload=False))
matrix.door(
    "lookup of groups",
    lambda: client.query_points_groups(
        PEOPLE,
        "card",
        VECTOR,
        using="text",
        query_filter=DOOR,
        with_payload=False,
        with_lookup=models.WithLookup(collection="doors", with_payload=True, with_vectors=True),
    )
    if raw.collection_exists("doors")
    or raw.create_collection("doors", vectors_config={"text": models.VectorParams(size=3, distance=models.Distance.DOT)})
    and raw.upsert("doors", [models.PointStruct(id=1, vector={"text": VECTOR}, payload={"mail": MAIL})])
    else None,
)
matrix.door("facet", lambda: client.facet(PEOPLE, "mail"))
matrix.door("facet of nested values", lambda: client.facet(PEOPLE, "deep.list[].mail"))
matrix.door("search of before", lambda: call("POST", f"{COLLECTION}/points/search", {"vector": {"name": "text", "vector": VECTOR}, "filter": DOOR.model_dump(exclude_none=True), "limit": 5, "with_payload": True, "with_vector": True}))
matrix.door("recommend of before", lambda: call("POST", f"{COLLECTION}/points/recommend", {"positive": [1], "using": "text", "limit": 30, "with_payload": True, "with_vector": True, "filter": DOOR.model_dump(exclude_none=True)}))
matrix.door("a card that is a number", lambda: near(CARDS))
matrix.door("retrieve cards", lambda: client.retrieve(PEOPLE, [50, 51, 52]))
matrix.door(
    "a card as a score",
    lambda: client.query_points(
        PEOPLE, models.FormulaQuery(formula="card"), prefetch=models.Prefetch(query=VECTOR, using="text", filter=where("card", CARD))
    ),
)
matrix.door("an error that echoes", lambda: call("POST", f"{COLLECTION}/points/query", {"limit": MAIL}))
matrix.door("an error that echoes (filter)", lambda: call("POST", f"{COLLECTION}/points/count", {"filter": {"must": [{"key": MAIL, "surprise": MAIL}]}}))
matrix.door("snapshot", lambda: call("GET", f"{COLLECTION}/snapshots/{PEOPLE}.snapshot"))
kept = client.retrieve(PEOPLE, [50, 51, 52])
matrix.note("kept", [r.id for r in kept])
matrix.report()
