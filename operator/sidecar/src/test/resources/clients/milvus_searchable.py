"""milvus_searchable.py PORT KEY CLOSED_KEY RAW_PORT: pymilvus and a store with a sealed and two searchable fields, of which
one is declared and one is not; prints what two clients saw, and what the store holds."""

import json
import logging
import sys

from pymilvus import DataType, MilvusClient

logging.disable(logging.CRITICAL)
port, key, closed_key, raw_port = sys.argv[1:5]
seen = {}


def client(at, token):
    return MilvusClient(f"http://127.0.0.1:{at}", token=token, timeout=60)


def error(action):
    try:
        return {"value": action()}
    except Exception as e:  # what an application would catch is what is told
        return {"type": type(e).__name__, "text": str(e)}


opened, closed, raw = client(port, key), client(port, closed_key), client(raw_port, "")
schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=True)
schema.add_field("id", DataType.INT64, is_primary=True)
schema.add_field("customer", DataType.VARCHAR, max_length=300)
schema.add_field("note", DataType.VARCHAR, max_length=300)
schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
index = MilvusClient.prepare_index_params()
index.add_index("vector", index_type="FLAT", metric_type="L2")
opened.create_collection("tickets", schema=schema, index_params=index)
opened.insert(
    "tickets",
    [
        {
            "id": i,
            "customer": ["Zyxcorp", "Quuxworks"][i % 2],
            "level": i // 2,
            "note": f"secret {i}",
            "vector": [float(i), 1.0],
        }
        for i in range(6)
    ],
)
FILTERS = {
    "equal": "customer == 'Zyxcorp'",
    "not": "customer != 'Zyxcorp'",
    "in": "customer in ['Zyxcorp', 'nobody']",
    "not in": "customer not in ['Zyxcorp']",
    "both": "customer == 'Zyxcorp' and level == 1",
    "decimal": "level == 2.0",
    "nobody": "customer == 'zyxcorp'",
}
for name, filter in FILTERS.items():
    seen[name] = error(lambda: sorted(r["id"] for r in opened.query("tickets", filter=filter, output_fields=["id"])))
    seen["closed " + name] = error(
        lambda: sorted(r["id"] for r in closed.search("tickets", [[0.0, 1.0]], filter=filter, limit=6)[0])
    )
seen["range"] = error(lambda: opened.query("tickets", filter="level > 1"))
seen["prefix"] = error(lambda: opened.query("tickets", filter="customer like 'Z%'"))
seen["sealed"] = error(lambda: opened.query("tickets", filter="note == 'secret 1'"))
FIELDS = ["customer", "level", "note"]
seen["open"] = error(lambda: opened.get("tickets", ids=[0, 5], output_fields=FIELDS))
seen["open hit"] = error(lambda: opened.search("tickets", [[0.0, 1.0]], limit=1, output_fields=FIELDS)[0][0]["entity"])
seen["closed"] = error(lambda: closed.get("tickets", ids=[0, 2, 5], output_fields=FIELDS))
seen["stored"] = raw.query("tickets", filter="id >= 0", output_fields=FIELDS, limit=10)
print(json.dumps(seen, default=dict))
