"""weaviate_searchable.py HTTP GRPC KEY CLOSED_KEY RAW_HTTP: Weaviate's official client and a store with a searchable property;
prints what two clients saw, and what the store holds."""

import json
import sys
import urllib.error
import urllib.request

import weaviate
from weaviate.classes.aggregate import GroupByAggregate
from weaviate.classes.config import DataType, Property, Tokenization
from weaviate.classes.init import AdditionalConfig, Auth, Timeout
from weaviate.classes.query import Filter

http, grpc, key, closed_key, raw_http = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])
seen = {}


def connect(token):
    return weaviate.connect_to_custom(
        http_host="127.0.0.1", http_port=http, http_secure=False,
        grpc_host="127.0.0.1", grpc_port=grpc, grpc_secure=False,
        auth_credentials=Auth.api_key(token),
        additional_config=AdditionalConfig(timeout=Timeout(init=30, query=60, insert=60)),
    )  # fmt: skip


def error(action):
    try:
        return {"value": action()}
    except Exception as e:  # what an application would catch is what is told
        return {"type": type(e).__name__, "text": str(e)}


def rest(port, path, body=None, token=""):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=json.dumps(body).encode() if body else None,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"} if token else {},
    )
    try:
        return json.load(urllib.request.urlopen(request, timeout=60))
    except urllib.error.HTTPError as e:
        return {"refused": e.read().decode()}


opened, closed = connect(key), connect(closed_key)
opened.collections.create(
    "Tickets",
    properties=[
        Property(name="customer", data_type=DataType.TEXT, tokenization=Tokenization.FIELD),
        Property(name="tags", data_type=DataType.TEXT_ARRAY),
        Property(name="number", data_type=DataType.INT),
    ],
    vectorizer_config=weaviate.classes.config.Configure.Vectorizer.none(),
)
tickets, guest = opened.collections.get("Tickets"), closed.collections.get("Tickets")
with tickets.batch.fixed_size(batch_size=6) as batch:
    for i in range(6):
        customer = ["Zyxcorp", "Quuxworks"][i % 2]
        batch.add_object(
            properties={"customer": customer, "number": i, "tags": [customer, "t"]}, vector=[float(i), 1.0]
        )
seen["failed"] = [str(failed.message) for failed in tickets.batch.failed_objects]
CUSTOMER, TAGS = Filter.by_property("customer"), Filter.by_property("tags")
FILTERS = {
    "equal": CUSTOMER.equal("Zyxcorp"),
    "not": CUSTOMER.not_equal("Zyxcorp"),
    "any": CUSTOMER.contains_any(["Zyxcorp", "nobody"]),
    "both": CUSTOMER.equal("Zyxcorp") & Filter.by_property("number").greater_than(1),
    "tag": TAGS.contains_all(["Zyxcorp"]),
    "nobody": CUSTOMER.equal("nobody"),
}


def numbers(collection, filters):
    found = collection.query.near_vector([0.0, 1.0], filters=filters, limit=10)
    return sorted(int(each.properties["number"]) for each in found.objects)


for name, filters in FILTERS.items():
    seen[name] = error(lambda: numbers(tickets, filters))
    seen["closed " + name] = error(lambda: numbers(guest, filters))
seen["like"] = error(lambda: numbers(tickets, CUSTOMER.like("Zyx*")))
seen["greater"] = error(lambda: numbers(tickets, CUSTOMER.greater_than("A")))
for name, collection in {"open": tickets, "closed": guest}.items():
    near = collection.query.near_vector([0.0, 1.0], limit=1).objects[0]
    seen[name] = near.properties
    seen[name + " groups"] = error(
        lambda: sorted(
            group.grouped_by.value
            for group in collection.aggregate.over_all(group_by=GroupByAggregate(prop="customer")).groups
        )
    )
WHERE = '{Get{Tickets(limit:5,where:{path:["customer"],operator:Equal,valueText:"Zyxcorp"}){customer}}}'
seen["graphql"] = rest(http, "/v1/graphql", {"query": WHERE}, key)
seen["stored"] = rest(raw_http, "/v1/objects?class=Tickets")
opened.close()
closed.close()
print(json.dumps(seen))
