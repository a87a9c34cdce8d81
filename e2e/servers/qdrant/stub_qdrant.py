"""stub_qdrant.py PORT: a stand-in for Qdrant, which no package registry carries. It is not Qdrant.

It answers the REST routes that the official client speaks, in the shapes of messages captured from Qdrant 1.18.3, and
keeps its records in the in-memory mode of the client library (whose authors check it against the server). What it does
not know it refuses like the server: 400 and 404 in the server's shape. It has no gRPC.
"""

import gzip
import json
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pydantic import TypeAdapter, ValidationError
from qdrant_client import models
from qdrant_client.local.qdrant_local import QdrantLocal

VERSION = {"title": "qdrant - vector search engine (stub)", "version": "1.18.3"}
store = QdrantLocal(":memory:")
lock = threading.Lock()
operations = 0


def parsed(kind, body):
    return TypeAdapter(kind).validate_python(body)


def plain(value):
    """JSON as the server writes it: what is absent is left out."""
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if hasattr(value, "model_dump"):
        return json.loads(value.model_dump_json(exclude_none=True))
    return value


def updated():
    global operations
    operations += 1
    return {"operation_id": operations, "status": "completed"}


def shown(request, payload):
    """What the server takes where a request does not say what to show."""
    with_payload = payload if request.with_payload is None else request.with_payload
    return {"with_payload": with_payload, "with_vectors": request.with_vector or False}


def searched(request):
    return {
        "query": request.query,
        "prefetch": request.prefetch,
        "query_filter": request.filter,
        "using": request.using,
        "score_threshold": request.score_threshold,
        "lookup_from": request.lookup_from,
        **shown(request, False),
    }


def query(collection, body):
    request = parsed(models.QueryRequest, body)
    limit = 10 if request.limit is None else request.limit
    return plain(store.query_points(collection, limit=limit, offset=request.offset or 0, **searched(request)))


def query_batch(collection, body):
    return [query(collection, search) for search in body["searches"]]


def query_groups(collection, body):
    request = parsed(models.QueryGroupsRequest, body)
    groups = store.query_points_groups(
        collection,
        group_by=request.group_by,
        limit=request.limit or 10,
        group_size=request.group_size or 3,
        with_lookup=request.with_lookup,
        **searched(request),
    )
    return plain(groups)


def search(collection, body):
    """The search of before, which servers still answer."""
    body = dict(body)
    vector = body.pop("vector")
    named = isinstance(vector, dict) and "name" in vector
    body.update({"query": vector["vector"], "using": vector["name"]} if named else {"query": vector})
    return query(collection, body)["points"]


def recommend(collection, body):
    body = dict(body)
    examples = {name: body.pop(name) for name in ("positive", "negative", "strategy") if name in body}
    return query(collection, {**body, "query": {"recommend": examples}})["points"]


def scroll(collection, body):
    request = parsed(models.ScrollRequest, body)
    points, following = store.scroll(
        collection,
        scroll_filter=request.filter,
        limit=request.limit or 10,
        offset=request.offset,
        order_by=request.order_by,
        **shown(request, True),
    )
    return {"points": plain(points), "next_page_offset": following}


def retrieve(collection, body):
    request = parsed(models.PointRequest, body)
    return plain(store.retrieve(collection, request.ids, **shown(request, True)))


def get_point(collection, name):
    found = store.retrieve(collection, [int(name) if name.isdigit() else name], with_vectors=True)
    if not found:
        raise KeyError(f"Point with id {name} does not exists!")
    return plain(found[0])


def count(collection, body):
    request = parsed(models.CountRequest, body)
    return plain(store.count(collection, request.filter))


def facet(collection, body):
    request = parsed(models.FacetRequest, body)
    return plain(store.facet(collection, request.key, request.filter, request.limit or 10))


def matrix(action):
    def answer(collection, body):
        request = parsed(models.SearchMatrixRequest, body)
        return plain(action(collection, request.filter, request.limit or 3, request.sample or 10, request.using))

    return answer


def upsert(collection, body):
    request = parsed(models.PointInsertOperations, body)
    points = request.batch if isinstance(request, models.PointsBatch) else request.points
    store.upsert(collection, points, update_filter=request.update_filter, update_mode=request.update_mode)
    return updated()


def update_vectors(collection, body):
    request = parsed(models.UpdateVectors, body)
    store.update_vectors(collection, request.points, update_filter=request.update_filter)
    return updated()


def selector(body):
    """Which records a request is about, as the client library names it."""
    if body.get("points") is not None:
        return models.PointIdsList(points=body["points"])
    return models.FilterSelector(filter=parsed(models.Filter, body["filter"]))


def delete(collection, body):
    parsed(models.PointIdsList | models.FilterSelector, body)
    store.delete(collection, selector(body))
    return updated()


def set_payload(collection, body):
    parsed(models.SetPayload, body)
    store.set_payload(collection, body["payload"], selector(body), key=body.get("key"))
    return updated()


def overwrite_payload(collection, body):
    parsed(models.SetPayload, body)
    store.overwrite_payload(collection, body["payload"], selector(body))
    return updated()


def delete_payload(collection, body):
    parsed(models.DeletePayload, body)
    store.delete_payload(collection, body["keys"], selector(body))
    return updated()


def clear_payload(collection, body):
    parsed(models.PointIdsList | models.FilterSelector, body)
    store.clear_payload(collection, selector(body))
    return updated()


def delete_vectors(collection, body):
    parsed(models.DeleteVectors, body)
    store.delete_vectors(collection, body["vector"], selector(body))
    return updated()


UPDATES = {
    "upsert": upsert,
    "delete": delete,
    "set_payload": set_payload,
    "overwrite_payload": overwrite_payload,
    "delete_payload": delete_payload,
    "clear_payload": clear_payload,
    "update_vectors": update_vectors,
    "delete_vectors": delete_vectors,
}


def batch(collection, body):
    return [UPDATES[name](collection, what) for each in body["operations"] for name, what in each.items()]


def create_collection(collection, body):
    request = parsed(models.CreateCollection, body)
    return store.create_collection(collection, request.vectors, request.sparse_vectors, request.metadata)


def update_collection(collection, body):
    parsed(models.UpdateCollection, body)
    return True


def create_index(collection, body):
    store.create_payload_index(collection, parsed(models.CreateFieldIndex, body).field_name)
    return updated()


def snapshot(collection, name):
    """What a snapshot holds is everything."""
    points, _ = store.scroll(collection, limit=10000, with_vectors=True)
    return plain(points)


NAME = "([^/]+)"
COLLECTION = f"/collections/{NAME}"
ROUTES = [
    ("GET", "/", lambda: VERSION),
    ("GET", "/telemetry", lambda: {"collections": [each.name for each in store.get_collections().collections]}),
    ("GET", "/collections", lambda: plain(store.get_collections())),
    ("GET", "/aliases", lambda: plain(store.get_aliases())),
    ("GET", COLLECTION, lambda c: plain(store.get_collection(c))),
    ("GET", f"{COLLECTION}/exists", lambda c: {"exists": store.collection_exists(c)}),
    ("GET", f"{COLLECTION}/aliases", lambda c: plain(store.get_collection_aliases(c))),
    ("PUT", COLLECTION, create_collection),
    ("PATCH", COLLECTION, update_collection),
    ("DELETE", COLLECTION, lambda c: store.delete_collection(c)),
    ("PUT", f"{COLLECTION}/index", create_index),
    ("DELETE", f"{COLLECTION}/index/{NAME}", lambda c, field: updated()),
    ("POST", f"{COLLECTION}/points/query", query),
    ("POST", f"{COLLECTION}/points/query/batch", query_batch),
    ("POST", f"{COLLECTION}/points/query/groups", query_groups),
    ("POST", f"{COLLECTION}/points/search", search),
    ("POST", f"{COLLECTION}/points/recommend", recommend),
    ("POST", f"{COLLECTION}/points/scroll", scroll),
    ("POST", f"{COLLECTION}/points/count", count),
    ("POST", f"{COLLECTION}/facet", facet),
    ("POST", f"{COLLECTION}/points/search/matrix/pairs", matrix(store.search_matrix_pairs)),
    ("POST", f"{COLLECTION}/points/search/matrix/offsets", matrix(store.search_matrix_offsets)),
    ("POST", f"{COLLECTION}/points", retrieve),
    ("GET", f"{COLLECTION}/points/{NAME}", get_point),
    ("PUT", f"{COLLECTION}/points", upsert),
    ("PUT", f"{COLLECTION}/points/vectors", update_vectors),
    ("POST", f"{COLLECTION}/points/vectors/delete", delete_vectors),
    ("POST", f"{COLLECTION}/points/payload", set_payload),
    ("PUT", f"{COLLECTION}/points/payload", overwrite_payload),
    ("POST", f"{COLLECTION}/points/payload/delete", delete_payload),
    ("POST", f"{COLLECTION}/points/payload/clear", clear_payload),
    ("POST", f"{COLLECTION}/points/delete", delete),
    ("POST", f"{COLLECTION}/points/batch", batch),
    ("POST", f"{COLLECTION}/snapshots", lambda c: {"name": f"{c}.snapshot", "size": 1}),
    ("GET", f"{COLLECTION}/snapshots/{NAME}", snapshot),
]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def serve(self):
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        path = self.path.split("?")[0]
        if path in ("/healthz", "/livez", "/readyz"):
            return self.send(200, "text/plain; charset=utf-8", b"healthz check passed")
        if path == "/metrics":
            return self.send(200, "text/plain; charset=utf-8", b"collections_total 1\n")
        status, body = self.answer(path, raw)
        self.send(status, "application/json", json.dumps(body).encode())

    def answer(self, path, raw):
        for method, pattern, action in ROUTES:
            match = re.fullmatch(pattern, path)
            if method == self.command and match:
                try:
                    with lock:
                        result = action(*match.groups(), *([json.loads(raw)] if raw else []))
                    return 200, result if path == "/" else {"result": result, "status": "ok", "time": 0.000123}
                except (KeyError, ValueError, AssertionError, TypeError) as e:
                    missing = "not found" in str(e) or isinstance(e, KeyError)
                    kind = "Format error in JSON body" if isinstance(e, ValidationError) else "Wrong input"
                    text = f"Not found: {e}" if missing else f"{kind}: {e}"
                    return 404 if missing else 400, {"status": {"error": text}, "time": 0.0}
        return 404, {"status": {"error": "no such route"}, "time": 0.0}

    def send(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        # the server compresses for clients that take it
        if "gzip" in self.headers.get("Accept-Encoding", "") and kind == "application/json":
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = serve

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
