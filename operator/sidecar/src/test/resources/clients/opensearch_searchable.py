"""opensearch_searchable.py PORT KEY CLOSED_KEY RAW_PORT: opensearch-py and a store with searchable fields; prints what two
clients saw, and what the store holds."""

import json
import sys

from opensearchpy import OpenSearch

port, key, closed_key, raw_port = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
seen = {}


def client(at, token):
    return OpenSearch(
        hosts=[{"host": "127.0.0.1", "port": at}],
        headers={"Authorization": f"Bearer {token}"} if token else {},
        max_retries=0,
        timeout=60,
    )


def error(action):
    try:
        return {"value": action()}
    except Exception as e:  # what an application would catch is what is told
        return {"type": type(e).__name__, "text": str(e)}


opened, closed, raw = client(port, key), client(port, closed_key), client(raw_port, None)
opened.indices.create(
    index="tickets",
    body={"mappings": {"properties": {"customer": {"type": "keyword"}, "kind": {"type": "keyword"}}}},
)
lines = []
for i in range(6):
    lines.append({"index": {"_index": "tickets", "_id": f"t{i}"}})
    lines.append({"customer": ["Zyxcorp", "Quuxworks"][i % 2], "level": i // 2, "open": i < 3, "kind": "k"})
opened.bulk(body=lines, refresh=True)


def ids(who, query):
    return sorted(hit["_id"] for hit in who.search(index="tickets", body={"query": query, "size": 10})["hits"]["hits"])


QUERIES = {
    "equal": {"term": {"customer": "Zyxcorp"}},
    "value": {"term": {"customer": {"value": "Zyxcorp"}}},
    "not": {"bool": {"must_not": {"term": {"customer": "Zyxcorp"}}}},
    "in": {"terms": {"customer": ["Zyxcorp", "nobody"]}},
    "both": {"bool": {"filter": [{"term": {"customer": "Zyxcorp"}}, {"term": {"level.keyword": 1}}]}},
    "decimal": {"term": {"level.keyword": 2.0}},
    "truth": {"term": {"open.keyword": True}},
    "nobody": {"term": {"customer": "zyxcorp"}},
}
for name, query in QUERIES.items():
    seen[name] = error(lambda: ids(opened, query))
    seen["closed " + name] = error(lambda: ids(closed, query))
seen["range"] = error(lambda: ids(opened, {"range": {"level": {"gt": 1}}}))
seen["match"] = error(lambda: ids(opened, {"match": {"customer": "Zyxcorp"}}))
COUNT = {"size": 1, "sort": ["customer"], "aggs": {"customers": {"terms": {"field": "customer"}}}}
for name, who in {"open": opened, "closed": closed}.items():
    seen[name] = error(lambda: who.get(index="tickets", id="t0")["_source"])
    seen[name + " count"] = error(lambda: who.search(index="tickets", body=COUNT))
seen["stored"] = raw.search(index="tickets", body={"size": 10})
print(json.dumps(seen))
