"""opensearch_tenants.py PORT KEY_A KEY_B KEY_OF_NO_TENANT RAW_PORT: clients of two tenants in one index; prints what they saw."""

import json
import sys

from opensearchpy import OpenSearch, helpers

port, key_a, key_b, key_none, raw_port = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])
seen = {}


def client(at, key):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return OpenSearch(hosts=[{"host": "127.0.0.1", "port": at}], headers=headers, max_retries=0, timeout=60)


def error(action):
    try:
        return {"value": action()}
    except Exception as e:  # what an application would catch is what is told
        return {"type": type(e).__name__, "status": getattr(e, "status_code", None), "text": str(e), "info": getattr(e, "info", None)}


def ids(answer):
    return sorted(hit["_id"] for hit in answer["hits"]["hits"])


def record(name, i):
    return {"text": f"secret {i} of {name}", "kind": "even" if i % 2 == 0 else "odd", "owner": name, "vec": [float(i), 1.0]}


MAPPING = {
    "settings": {"index": {"knn": True, "number_of_shards": 1, "number_of_replicas": 0}},
    "mappings": {
        "properties": {
            "kind": {"type": "keyword"},
            "owner": {"type": "keyword"},
            "vec": {
                "type": "knn_vector",
                "dimension": 2,
                "method": {"name": "hnsw", "space_type": "l2", "engine": "lucene"},
            },
        }
    },
}

a, b, raw = client(port, key_a), client(port, key_b), client(raw_port, None)
tenants = json.loads(sys.argv[6])
name_a, name_b = tenants
a.indices.create(index="shared", body=MAPPING)
for c, name, letter in ((a, name_a, "a"), (b, name_b, "b")):
    c.index(index="shared", id=f"{letter}0", body=record(letter, 0))
    c.create(index="shared", id=f"{letter}1", body=record(letter, 1))
    lines = [{"_op_type": op, "_index": "shared", "_id": f"{letter}{i}", "_source": record(letter, i)} for i, op in ((2, "index"), (3, "create"))]
    seen[f"bulk {letter}"] = error(lambda: helpers.bulk(c, lines)[0])
    # an index that nobody made: its mapping is what the first record makes of it
    c.index(index="dynamic", id=f"{letter}0", body=record(letter, 0))
raw.index(index="shared", id="nobody", body=record("nobody", 0))
raw.indices.refresh(index="shared,dynamic")

ALL = {"match_all": {}}
NEAR = {"vector": [0.0, 1.0], "k": 10}
ANYBODY = {"terms": {"tenant_id": tenants}}
QUERIES = {
    "none": None,
    "everything": ALL,
    "anybody's": ANYBODY,
    "any of": {"bool": {"should": [{"term": {"tenant_id": name_b}}, ALL]}},
    "neighbours": {"knn": {"vec": {**NEAR, "k": 4}}},
    "neighbours among": {"knn": {"vec": {**NEAR, "k": 4, "filter": ANYBODY}}},
    "the other's": {"term": {"tenant_id": name_b}},
    "neighbours of the other": {"knn": {"vec": {**NEAR, "filter": {"term": {"owner": "b"}}}}},
    "not the own": {"bool": {"must_not": [{"term": {"tenant_id": name_a}}]}},
    "own": {"term": {"kind": "even"}},
    "ids": {"ids": {"values": ["b0", "b1", "nobody"]}},
    "query string": {"query_string": {"query": "secret OR *:*"}},
}
WAYS = {
    "search": lambda c, q, **p: ids(c.search(index="shared", body={"query": q, **p} if q else p or None)),
    "search everything": lambda c, q: ids(c.search(body={"query": q or ALL, "size": 10})),
    "msearch": lambda c, q: ids(c.msearch(body=[{"index": "shared"}, {"query": q} if q else {}])["responses"][0]),
    "without source": lambda c, q: ids(c.search(index="shared", body={"query": q or ALL, "_source": False})),
    "of some fields": lambda c, q: ids(c.search(index="shared", body={"query": q or ALL, "_source": ["kind"]})),
    "of some fields in the URL": lambda c, q: ids(c.search(index="shared", body={"query": q or ALL}, params={"_source_includes": "kind"})),
    "filtered behind": lambda c, q: ids(c.search(index="shared", body={"post_filter": q or ALL})),
    "count": lambda c, q: c.count(index="shared", body={"query": q} if q else None)["count"],
    "total": lambda c, q: c.search(index="shared", body={"query": q or ALL, "size": 0})["hits"]["total"]["value"],
}
for name, query in QUERIES.items():
    for way, action in WAYS.items():
        seen[f"{way}: {name}"] = error(lambda: action(a, query))
for way, action in WAYS.items():
    seen[f"{way}: bare"] = error(lambda: action(raw, None))
seen["dynamic"] = error(lambda: (ids(a.search(index="dynamic")), ids(b.search(index="dynamic")), a.count(index="dynamic")["count"]))
seen["b"] = error(lambda: ids(b.search(index="shared", body={"query": ALL})))


def terms(c, **more):
    answer = c.search(index="shared", body={"size": 0, "query": {"term": {"kind": "even"}}, "aggs": {"o": {"terms": {"field": "owner", **more}}}})
    return sorted(bucket["key"] for bucket in answer["aggregations"]["o"]["buckets"])


def scrolled(opener, reader):
    answer = opener.search(index="shared", params={"scroll": "1m", "size": "1"}, body={"query": ALL})
    found = ids(answer)
    while True:
        answer = reader.scroll(body={"scroll_id": answer["_scroll_id"], "scroll": "1m"})
        if not answer["hits"]["hits"]:
            return found
        found += ids(answer)


def pages(opener, reader):
    pit = opener.create_pit(index="shared", params={"keep_alive": "1m"})["pit_id"]
    answer = reader.search(body={"size": 10, "pit": {"id": pit, "keep_alive": "1m"}, "sort": [{"kind": "asc"}]})
    after = answer["hits"]["hits"][1]["sort"]
    rest = reader.search(body={"size": 10, "pit": {"id": pit, "keep_alive": "1m"}, "sort": [{"kind": "asc"}], "search_after": after})
    return [ids(answer), ids(rest)]


DOORS = {
    "terms": lambda c: terms(c),
    "terms of nothing": lambda c: terms(c, min_doc_count=0),
    "global": lambda c: c.search(index="shared", body={"aggs": {"g": {"global": {}}}}),
    "query in the URL": lambda c: ids(c.search(index="shared", q="owner:b")),
    "count in the URL": lambda c: c.count(index="shared", q="owner:b")["count"],
    "scroll": lambda c: sorted(scrolled(c, c)),
    "scroll of the other": lambda c: scrolled(b if c is a else raw, c)[1:],
    "scan": lambda c: sorted(hit["_id"] for hit in helpers.scan(c, index="shared", query={"query": ALL}, size=2)),
    "point in time": lambda c: pages(c, c),
    "point in time of the other": lambda c: pages(b if c is a else raw, c),
    "get": lambda c: c.get(index="shared", id="b0")["_source"]["text"],
    "get absent": lambda c: c.get(index="shared", id="z0"),
    "get own": lambda c: c.get(index="shared", id="a0", params={"_source": "false"})["_source"],
    "get version": lambda c: c.get(index="shared", id="b0", params={"version": "7"}),
    "get_source": lambda c: c.get_source(index="shared", id="b0")["text"],
    "exists": lambda c: {True: True}[c.exists(index="shared", id="b0")],
    "mget": lambda c: c.mget(index="shared", body={"ids": ["a0", "b0", "z0"]})["docs"],
    "mget docs": lambda c: c.mget(body={"docs": [{"_index": "shared", "_id": i, "_source": s} for i, s in (("a0", False), ("b0", ["owner"]))]})["docs"],
    "mapping": lambda c: c.indices.get_mapping(index="shared"),
    "cat": lambda c: c.cat.count(index="shared", format="json"),
}
for name, action in DOORS.items():
    seen[name] = error(lambda: action(a))
    seen[f"{name}: bare"] = error(lambda: action(raw))

WRITES = {
    "forged": lambda c: c.index(index="shared", id="f", body={"tenant_id": name_b}),
    "forged list": lambda c: c.index(index="shared", id="f", body={"tenant_id": tenants}),
    "forged line": lambda c: c.bulk(body=[{"index": {"_index": "shared", "_id": "f"}}, {"tenant_id": name_b}]),
    "overwritten": lambda c: c.index(index="shared", id="b0", body={"text": "overwritten"}),
    "overwritten by op_type": lambda c: c.index(index="shared", id="b0", body={"text": "overwritten"}, params={"op_type": "index"}),
    "overwritten line": lambda c: c.bulk(body=[{"index": {"_index": "shared", "_id": "b0"}}, {"text": "overwritten"}])["errors"],
    "update": lambda c: c.update(index="shared", id="b0", body={"doc": {"text": "overwritten"}}),
    "update line": lambda c: c.bulk(body=[{"update": {"_index": "shared", "_id": "b0"}}, {"doc": {"text": "overwritten"}}]),
    "delete": lambda c: c.delete(index="shared", id="b1"),
    "delete line": lambda c: c.bulk(body=[{"delete": {"_index": "shared", "_id": "b1"}}]),
    "delete ids": lambda c: c.delete_by_query(index="shared", body={"query": {"ids": {"values": ["b1", "a1", "nobody"]}}})["deleted"],
    "delete by query": lambda c: c.delete_by_query(index="shared", body={"query": {"terms": {"kind": ["odd"]}}}, params={"conflicts": "proceed"})["deleted"],
    "put mapping": lambda c: c.indices.put_mapping(index="shared", body={"properties": {"z": {"type": "keyword", "copy_to": "tenant_id"}}}),
    "copying index": lambda c: c.indices.create(index="copying", body={"mappings": {"properties": {"z": {"type": "keyword", "copy_to": "tenant_id"}}}}),
    "text index": lambda c: c.indices.create(index="analysed", body={"mappings": {"properties": {"tenant_id": {"type": "text"}}}}),
    "no tenant": lambda c: client(port, key_none).search(index="shared"),
}
for name, action in WRITES.items():
    seen[name] = error(lambda: action(a))
raw.indices.refresh(index="shared")
seen["stored"] = {hit["_id"]: hit["_source"] for hit in raw.search(index="shared", body={"size": 100})["hits"]["hits"]}
seen["mapped"] = {i: raw.indices.get_mapping(index=i)[i]["mappings"]["properties"]["tenant_id"] for i in ("shared", "analysed")}
print(json.dumps(seen))
