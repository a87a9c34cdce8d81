"""weaviate_vectors.py HTTP_PORT GRPC_PORT KEY: writes five numbers with vectors over gRPC, and prints them by their nearness
to the vector of 3."""

import json
import sys
import uuid

import weaviate
from weaviate.classes.config import Configure, DataType, Property
from weaviate.classes.data import DataObject
from weaviate.classes.init import Auth

http, grpc, key = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]


def vector(i):
    return [float(i), 1.0, 0.5, -float(i * i)]


with weaviate.connect_to_local(port=http, grpc_port=grpc, auth_credentials=Auth.api_key(key)) as client:
    numbers = client.collections.create(
        "Numbers",
        vector_config=Configure.Vectors.self_provided(),
        properties=[Property(name="n", data_type=DataType.INT)],
    )
    written = numbers.data.insert_many(
        [DataObject(properties={"n": i}, uuid=uuid.UUID(int=i + 1), vector=vector(i)) for i in range(5)]
    )
    found = numbers.query.near_vector(vector(3), limit=5)
    json.dump({"errors": len(written.errors), "found": [o.properties["n"] for o in found.objects]}, sys.stdout)
