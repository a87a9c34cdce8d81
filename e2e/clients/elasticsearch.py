"""elasticsearch.py --port PORT [--host HOST] [--direct]: Elasticsearch's official Python client, alone or through a guard.

The server is asked for the index "raw" that somebody has filled. Without --direct, the keys of two clients are read from
REDOUBT_KEY (may query and ingest) and REDOUBT_OTHER_KEY (may query).
"""

import argparse
import os
import sys

# this folder is where the matrix is, and this file is not the client
here = os.path.dirname(os.path.abspath(__file__))
sys.path = [folder for folder in sys.path if os.path.abspath(folder or ".") != here] + [here]

import elasticsearch  # noqa: E402
from elasticsearch import Elasticsearch, helpers  # noqa: E402
from matrix import Matrix  # noqa: E402

arguments = argparse.ArgumentParser()
arguments.add_argument("--host", default="127.0.0.1")
arguments.add_argument("--port", type=int, required=True)
arguments.add_argument("--direct", action="store_true")
arguments = arguments.parse_args()


def connect(key):
    url = f"http://{arguments.host}:{arguments.port}"
    return Elasticsearch(url, api_key=None if arguments.direct else key, max_retries=0, request_timeout=60)


SECRET = "ann.lee@example.com"
VECTOR = [0.5, 0.25, 0.125] + [i + 0.5 for i in range(1, 14)]
client = connect(os.environ.get("REDOUBT_KEY"))
version = ".".join(map(str, elasticsearch.__version__))
matrix = Matrix("Elasticsearch", f"elasticsearch-py {version}", secrets=[SECRET], vectors=[VECTOR])
operation = matrix.operation

knn = {"field": "vec", "query_vector": VECTOR, "k": 20, "num_candidates": 5000}
mapping = {"properties": {"text": {"type": "text"}, "vec": {"type": "dense_vector", "dims": 16}}}
operation("info", lambda: client.info())
operation("ping", lambda: {True: True}[client.ping()])
operation("indices.exists", lambda: {True: True}[bool(client.indices.exists(index="tickets"))])
operation("indices.create", lambda: client.indices.create(index="tickets", mappings=mapping))
operation("index", lambda: client.index(index="tickets", id="1", document={"text": f"a mail of {SECRET}", "vec": VECTOR}))
operation("create", lambda: client.create(index="tickets", id="2", document={"text": "b"}))
actions = [{"_index": "tickets", "_id": str(i), "text": f"Ticket {i} of {SECRET}"} for i in range(3)]
operation("helpers.bulk", lambda: helpers.bulk(client, actions, refresh="wait_for"))
operation("update", lambda: client.update(index="tickets", id="1", doc={"text": "c"}))
operation("indices.refresh", lambda: client.indices.refresh(index="tickets"))
operation("count", lambda: client.count(index="raw")["count"], 1)
operation("get", lambda: client.get(index="raw", id="1")["_source"]["email"], SECRET)
operation("mget", lambda: client.mget(index="raw", ids=["1"])["docs"][0]["_source"]["email"], SECRET)
found = operation("search by vector", lambda: client.search(index="raw", knn=knn, size=20).body)
operation("search by text", lambda: client.search(index="raw", query={"match": {"text": "contact"}}))
rrf = {"retrievers": [{"standard": {"query": {"match": {"text": "a"}}}}, {"knn": knn}]}
operation("search by both", lambda: client.search(index="raw", retriever={"rrf": rrf}))
operation("search by URL", lambda: client.search(index="raw", q="text:contact"))
heads = [{"index": "raw"}, {"knn": knn}]
operation("msearch", lambda: client.msearch(searches=heads))
operation("delete", lambda: client.delete(index="tickets", id="2"))
operation("helpers.scan", lambda: list(helpers.scan(client, index="raw")))
operation("open_point_in_time", lambda: client.open_point_in_time(index="raw", keep_alive="1m"))
operation("async_search.submit", lambda: client.async_search.submit(index="raw"))
operation("sql.query", lambda: client.sql.query(query="select email from raw"))
operation("esql.query", lambda: client.esql.query(query="from raw"))
operation("reindex", lambda: client.reindex(source={"index": "raw"}, dest={"index": "copy"}))
operation("indices.delete", lambda: client.indices.delete(index="tickets"))
operation("missing record", lambda: client.get(index="raw", id="nosuch"))
operation("wrong type", lambda: client.index(index="tickets", id="bad", document={"vec": SECRET}))
operation("blocked text", lambda: client.index(index="tickets", id="c", document={"text": "card 4111 1111 1111 1111"}))
operation("stranger", lambda: connect("wrong").info())
matrix.note("found", found)

door = matrix.door
door("_source", lambda: client.search(index="raw").body)
door("fields", lambda: client.search(index="raw", fields=["email"]).body)
door("sort values", lambda: client.search(index="raw", sort=["email"]).body)
door("aggregation keys", lambda: client.search(index="raw", aggs={"mails": {"terms": {"field": "email"}}}).body)
door("highlight", lambda: client.search(index="raw", highlight={"fields": {"text": {}}}).body)
door("runtime fields", lambda: client.search(index="raw", runtime_mappings={"x": {"type": "keyword"}}).body)
door("msearch", lambda: client.msearch(searches=[{"index": "raw"}, {}]).body)
door("get", lambda: client.get(index="raw", id="1").body)
door("get_source", lambda: client.get_source(index="raw", id="1").body)
door("mget", lambda: client.mget(docs=[{"_index": "raw", "_id": "1"}]).body)
door("update?_source", lambda: client.update(index="raw", id="1", doc={"n": 1}, source=True).body)
door("error that echoes", lambda: client.index(index="raw", id="bad", document={"vec": SECRET}))
matrix.report()
