"""opensearch.py --port PORT [--host HOST] [--direct [--store]]: OpenSearch's official Python client, alone or through a guard.

With --direct it speaks to the server itself and first writes an index of raw records, as they may have been there before
the guard was; every side door must then be open. With --store it does no more than that. Without it, the keys of two clients are read from REDOUBT_KEY (may query
and ingest, and opens the sealed field "note") and REDOUBT_OTHER_KEY (may query), and every side door must be closed.
"""

import argparse
import os
import sys

import opensearchpy
from matrix import Matrix, plain
from opensearchpy import OpenSearch, helpers

arguments = argparse.ArgumentParser()
arguments.add_argument("--host", default="127.0.0.1")
arguments.add_argument("--port", type=int, required=True)
arguments.add_argument("--direct", action="store_true")
arguments.add_argument("--store", action="store_true")
arguments = arguments.parse_args()


def connect(key):
    headers = {} if arguments.direct else {"Authorization": f"Bearer {key}"}
    return OpenSearch(
        hosts=[{"host": arguments.host, "port": arguments.port}], headers=headers, max_retries=0, timeout=60
    )


SECRET = "ann.lee@example.com"
VECTOR = [round(0.0625 * i + 0.03125, 5) for i in range(16)]
# what is written through the guard is told apart from what is written past it
NOTE = "open" if arguments.direct else "confidential"
DOCUMENT = {"text": f"Contact Ann Lee at {SECRET}", "email": SECRET, "kept": SECRET, "number": 1, "vec": VECTOR}
MAPPING = {
    "settings": {"index": {"knn": True, "number_of_shards": 1, "number_of_replicas": 0}},
    "mappings": {
        "properties": {
            "text": {"type": "text"},
            "note": {"type": "keyword", "index": False, "doc_values": False},
            "email": {"type": "keyword"},
            "kept": {"type": "keyword", "store": True},
            "number": {"type": "integer"},
            "vec": {
                "type": "knn_vector",
                "dimension": 16,
                "method": {"name": "hnsw", "space_type": "cosinesimil", "engine": "lucene"},
            },
        }
    },
}

client = connect(os.environ.get("REDOUBT_KEY"))
other = connect(os.environ.get("REDOUBT_OTHER_KEY"))
matrix = Matrix("OpenSearch", f"opensearch-py {opensearchpy.__versionstr__}", secrets=[SECRET], vectors=[VECTOR])
if arguments.direct:
    client.indices.create(index="raw", body=MAPPING)
    client.index(index="raw", id="1", body=DOCUMENT, refresh=True)
if arguments.store:
    matrix.report()
    sys.exit()


# --- operations: what applications do -------------------------------------------------------------------------------
def ticket(i):
    return {
        "text": f"Ticket {i} of person{i}@example.org",
        "email": f"person{i}@example.org",
        "note": f"{NOTE} note {i}",
        "number": i,
        "vec": [1.0 if j == i % 16 else 0.1 for j in range(16)],
    }


def knn(k=12):
    return {"size": k, "query": {"knn": {"vec": {"vector": ticket(3)["vec"], "k": k}}}}


matrix.operation("info", lambda: client.info())
matrix.operation("ping", lambda: {True: True}[client.ping()])
matrix.operation("indices.create", lambda: client.indices.create(index="tickets", body=MAPPING))
matrix.operation("indices.exists", lambda: {True: True}[client.indices.exists(index="tickets")])
matrix.operation("indices.get", lambda: client.indices.get(index="tickets"))
matrix.operation("indices.get_mapping", lambda: client.indices.get_mapping(index="tickets"))
matrix.operation("index", lambda: client.index(index="tickets", id="0", body=ticket(0)))
matrix.operation("create", lambda: client.create(index="tickets", id="1", body=ticket(1)))
actions = [{"_op_type": "index", "_index": "tickets", "_id": str(i), "_source": ticket(i)} for i in range(2, 19)]
matrix.operation("helpers.bulk", lambda: helpers.bulk(client, actions))
matrix.operation(
    "bulk",
    lambda: client.bulk(
        body=[
            {"index": {"_id": "19"}},
            ticket(19),
            {"update": {"_id": "1"}},
            {"doc": {"note": f"a new {NOTE} note"}},
            {"create": {"_id": "20"}},
            ticket(20),
            {"delete": {"_id": "20"}},
        ],
        index="tickets",
    ),
)
matrix.operation("update", lambda: client.update(index="tickets", id="2", body={"doc": {"note": f"another {NOTE} note"}}))
matrix.operation("indices.refresh", lambda: client.indices.refresh(index="tickets"))
matrix.operation("count", lambda: client.count(index="tickets")["count"], 20)
matrix.operation("exists", lambda: {True: True}[client.exists(index="tickets", id="1")])
matrix.operation("get", lambda: client.get(index="tickets", id="3")["_source"], ticket(3))
matrix.operation("get_source", lambda: client.get_source(index="tickets", id="3"), ticket(3))
matrix.operation(
    "mget", lambda: [d["_source"] for d in client.mget(index="tickets", body={"ids": ["3", "4"]})["docs"]], [ticket(3), ticket(4)]
)
found = matrix.operation("search by vector", lambda: client.search(index="tickets", body=knn()))
matrix.operation("search by text", lambda: client.search(index="tickets", body={"query": {"match": {"text": "ticket"}}}))
filtered = {"query": {"bool": {"must": [knn()["query"]], "filter": [{"range": {"number": {"gte": 10}}}]}}}
matrix.operation("search by vector with filter", lambda: client.search(index="tickets", body=filtered))
mail = {"query": {"term": {"email": "person5@example.org"}}}
matrix.operation("search by text of a person", lambda: client.search(index="tickets", body=mail))
matrix.operation("search by URL", lambda: client.search(index="tickets", q="text:ticket", size=3))
terms = {"size": 0, "aggs": {"mails": {"terms": {"field": "email", "size": 5}}}}
matrix.operation("search with terms", lambda: client.search(index="tickets", body=terms))
heads = [{"index": "tickets"}, knn(), {"index": "tickets"}, {"query": {"match_all": {}}}]
several = matrix.operation("msearch", lambda: client.msearch(body=heads))
matrix.operation("delete", lambda: client.delete(index="tickets", id="19"))
matrix.operation("helpers.scan", lambda: list(helpers.scan(client, index="tickets")))
matrix.operation("create_pit", lambda: client.create_pit(index="tickets", params={"keep_alive": "1m"}))
matrix.operation("cat.indices", lambda: client.cat.indices(format="json"))
matrix.operation("indices.get_settings", lambda: client.indices.get_settings(index="tickets"))
matrix.operation("delete_by_query", lambda: client.delete_by_query(index="tickets", body={"query": {"ids": {"values": ["0"]}}}))
matrix.operation(
    "delete_by_query of a filter", lambda: client.delete_by_query(index="tickets", body={"query": {"term": {"number": 1}}})
)
matrix.operation("reindex", lambda: client.reindex(body={"source": {"index": "tickets"}, "dest": {"index": "copy"}}))
matrix.operation("update_by_query", lambda: client.update_by_query(index="tickets"))
matrix.operation("put_script", lambda: client.put_script(id="s", body={"script": {"lang": "painless", "source": "1"}}))
matrix.operation("nodes.info", lambda: client.nodes.info())
matrix.operation("cluster.state", lambda: client.cluster.state())
matrix.operation("tasks.list", lambda: client.tasks.list())
matrix.operation("search every index", lambda: client.search(index="_all"))
matrix.operation("search by pattern", lambda: client.search(index="tick*"))
matrix.operation("missing record", lambda: client.get(index="tickets", id="nosuch"))
matrix.operation("missing index", lambda: client.search(index="nosuch"))
matrix.operation("wrong dimension", lambda: client.index(index="tickets", id="9", body={"vec": [1.0, 2.0]}))
card = {"text": "card 4111 1111 1111 1111"}
matrix.operation("blocked text", lambda: client.index(index="tickets", id="c", body=card))
matrix.operation("no id for a sealed field", lambda: client.index(index="tickets", body={"note": "x"}))
matrix.operation("stranger", lambda: connect("wrong").info())
matrix.operation("other reads", lambda: other.get(index="tickets", id="3"))
matrix.operation("indices.delete", lambda: client.indices.delete(index="tickets"))

matrix.note("found", found)
matrix.note("several", several)
for name, reader in (("own", client), ("other", other)):
    try:
        matrix.note(name, plain(reader.mget(index="tickets", body={"ids": ["1", "2", "3"]})))
    except opensearchpy.OpenSearchException:
        # deleted where nothing guards it
        matrix.note(name, None)


# --- side doors: the same value by another way ----------------------------------------------------------------------
def search(**body):
    return client.search(index="raw", body=body)


def http(method, url, body=None, **params):
    return client.transport.perform_request(method, url, params=params, body=body)


def all_of_a_scroll():
    answer = client.search(index="raw", params={"scroll": "1m"}, body={"size": 1})
    return answer, client.scroll(body={"scroll_id": answer["_scroll_id"], "scroll": "1m"})


def point_in_time():
    pit = client.create_pit(index="raw", params={"keep_alive": "1m"})
    return client.search(body={"pit": {"id": pit["pit_id"], "keep_alive": "1m"}})


def copy():
    client.reindex(body={"source": {"index": "raw"}, "dest": {"index": "copy-of-raw"}}, params={"refresh": "true"})
    return client.search(index="copy-of-raw")


everything = {"match_all": {}}
# its terms are looked up in the index, so what the server says about the query holds texts of records
near = {"fuzzy": {"email": "ann.lee@example.con"}}
door = matrix.door
door("_source", lambda: search(query=everything))
door("_source chosen", lambda: search(_source=["email", "vec"], query=everything))
door("_source in the URL", lambda: client.search(index="raw", params={"_source_includes": "email,vec"}))
door("vector search", lambda: search(query={"knn": {"vec": {"vector": [1.0] * 16, "k": 3}}}))
door("fields", lambda: search(fields=["email", "vec"], _source=False))
door("docvalue_fields", lambda: search(docvalue_fields=["email"], _source=False))
door("stored_fields", lambda: search(stored_fields=["kept"]))
door("script_fields", lambda: search(script_fields={"x": {"script": "doc['email'].value"}}))
door("derived fields", lambda: search(derived={"d": {"type": "keyword", "script": "emit(doc['email'].value)"}}, fields=["d"]))
door("highlight", lambda: search(query={"match": {"text": "contact"}}, highlight={"fields": {"text": {}}}, _source=False))
door("aggregation keys", lambda: search(size=0, aggs={"e": {"terms": {"field": "email"}}}))
door("aggregation of hits", lambda: search(size=0, aggs={"e": {"top_hits": {}}}))
door("aggregation pages", lambda: search(size=0, aggs={"e": {"composite": {"sources": [{"m": {"terms": {"field": "email"}}}]}}}))
door("sort values", lambda: search(sort=["email"], _source=False))
door("collapse", lambda: search(collapse={"field": "email"}, _source=False))
door("inner hits", lambda: search(collapse={"field": "email", "inner_hits": {"name": "i"}}, _source=False))
door("suggest", lambda: search(suggest={"s": {"text": "ann.lee@example.con", "term": {"field": "email"}}}, size=0))
door("explain", lambda: search(query=near, explain=True, _source=False))
door("profile", lambda: search(query=near, profile=True, _source=False))
door("explain one", lambda: client.explain(index="raw", id="1", body={"query": near}))
door("validate", lambda: client.indices.validate_query(index="raw", body={"query": near}, params={"rewrite": "true", "explain": "true"}))
door("termvectors", lambda: client.termvectors(index="raw", id="1", params={"fields": "email"}))
door("mtermvectors", lambda: client.mtermvectors(body={"docs": [{"_index": "raw", "_id": "1", "fields": ["email"]}]}))
door("scroll", all_of_a_scroll)
door("point in time", point_in_time)
door("msearch", lambda: client.msearch(body=[{"index": "raw"}, {"query": everything}]))
door("search template", lambda: client.search_template(index="raw", body={"source": {"query": everything}}))
door("get", lambda: client.get(index="raw", id="1"))
door("get stored", lambda: client.get(index="raw", id="1", params={"stored_fields": "kept"}))
door("get_source", lambda: client.get_source(index="raw", id="1"))
door("mget", lambda: client.mget(body={"docs": [{"_index": "raw", "_id": "1"}]}))
door("update?_source", lambda: client.update(index="raw", id="1", body={"doc": {"number": 2}}, params={"_source": "true"}))
lines = [{"update": {"_index": "raw", "_id": "1", "_source": True}}, {"doc": {"number": 3}}]
door("bulk _source", lambda: client.bulk(body=lines))
door("query in the URL", lambda: http("GET", "/raw/_search", q="email:ann*"))
door("query in the URL of everything", lambda: http("GET", "/_search", q="email:ann*"))
door("reindex", copy)
door("analyze", lambda: client.indices.analyze(body={"tokenizer": "keyword", "text": SECRET}))
door("render template", lambda: client.render_search_template(body={"source": {"query": {"match": {"a": SECRET}}}}))
door("error that echoes", lambda: client.index(index="raw", id="9", body={"vec": SECRET}))
door("error of a query", lambda: search(query={"range": {"number": {"gte": SECRET}}}))
matrix.report()
