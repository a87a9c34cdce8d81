"""opensearch_vectors.py PORT KEY: writes documents with vectors in the ways of OpenSearch's client, and prints them by their
nearness to the vector of 3."""

import json
import sys

from opensearchpy import OpenSearch, helpers

INDEX = "protected"
client = OpenSearch(
    hosts=[{"host": "127.0.0.1", "port": int(sys.argv[1])}],
    headers={"Authorization": f"Bearer {sys.argv[2]}"},
    max_retries=0,
    timeout=60,
)


def vector(i):
    return [(i * 11 + d * d) % 17 / 16 for d in range(16)]


client.indices.create(
    index=INDEX,
    body={
        "settings": {"index": {"knn": True, "number_of_shards": 1, "number_of_replicas": 0}},
        "mappings": {
            "properties": {
                "vec": {
                    "type": "knn_vector",
                    "dimension": 16,
                    "method": {"name": "hnsw", "space_type": "l2", "engine": "lucene"},
                }
            }
        },
    },
)
client.index(index=INDEX, id="0", body={"vec": vector(0)})
client.create(index=INDEX, id="1", body={"vec": vector(1)})
helpers.bulk(client, [{"_index": INDEX, "_id": str(i), "vec": vector(i)} for i in range(2, 6)], refresh=True)
near = {"size": 6, "query": {"knn": {"vec": {"vector": vector(3), "k": 6}}}}
hits = client.search(index=INDEX, body=near)["hits"]["hits"]
json.dump({"found": [hit["_id"] for hit in hits]}, sys.stdout)
