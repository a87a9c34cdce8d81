"""weaviate.py --host H --port P --grpc-port P [--direct [--store]]: Weaviate's official client against a real Weaviate, bare or behind
a guard. Keys come from REDOUBT_KEY and REDOUBT_OTHER_KEY. The bare run comes first: it leaves records with personal data in
the collection Stored, which the guarded run reads."""

import argparse
import json
import os
import sys
import threading
import urllib.error
import urllib.request
import uuid

# this folder has files named like the clients, so it is searched last
sys.path.append(sys.path.pop(0))

import grpc
import weaviate
from google.protobuf.struct_pb2 import Struct
from matrix import Matrix
from weaviate.classes.aggregate import GroupByAggregate
from weaviate.classes.config import Configure, DataType, Property, ReferenceProperty, Tokenization
from weaviate.classes.data import DataReference
from weaviate.classes.init import AdditionalConfig, Auth, Timeout
from weaviate.classes.query import Filter, GroupBy, HybridFusion, MetadataQuery, Metrics, QueryNested, QueryReference, Sort
from weaviate.classes.tenants import Tenant
from weaviate.proto.v1 import batch_pb2, weaviate_pb2_grpc

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--grpc-port", type=int, required=True)
parser.add_argument("--direct", action="store_true", help="the server itself, without a guard")
parser.add_argument("--store", action="store_true", help="leave the records with personal data, and no more")
given = parser.parse_args()

key, other = os.environ.get("REDOUBT_KEY", "none"), os.environ.get("REDOUBT_OTHER_KEY", "none")
SECRET, PHONE, FRIEND = "ann.lee@example.com", "mia.may@example.org", "bob.ray@example.net"
VECTOR, NEAR = [0.8125, 0.34375, 0.15625, 0.453125], [0.8, 0.35, 0.15, 0.45]
STORED = [str(uuid.UUID(int=0xA0 + i)) for i in range(3)]
FRIEND_ID = str(uuid.UUID(int=0xB0))
EVERYTHING = MetadataQuery.full()

matrix = Matrix("Weaviate 1.35.2", f"weaviate-client {weaviate.__version__}", [SECRET, PHONE, FRIEND], [VECTOR])


def connect(api_key=key):
    return weaviate.connect_to_custom(
        http_host=given.host, http_port=given.port, http_secure=False,
        grpc_host=given.host, grpc_port=given.grpc_port, grpc_secure=False,
        auth_credentials=None if given.direct else Auth.api_key(api_key),
        additional_config=AdditionalConfig(timeout=Timeout(init=10, query=30, insert=30)),
    )  # fmt: skip


def rest(method, path, body=None, api_key=key):
    """What curl would see: status and body, parsed where it is JSON."""
    request = urllib.request.Request(f"http://{given.host}:{given.port}{path}", method=method)
    if not given.direct:
        request.add_header("Authorization", f"Bearer {api_key}")
    request.add_header("Content-Type", "application/json")
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(request, data, timeout=30) as answer:
            return answer.status, parsed(answer.read().decode())
    except urllib.error.HTTPError as e:
        return e.code, parsed(e.read().decode())


def parsed(body):
    try:
        return json.loads(body)
    except ValueError:
        return body


def graphql(query, **more):
    return rest("POST", "/v1/graphql", {"query": query, **more})


def store():
    """Records that nobody redacted, as they stand in a store from before there was a guard."""
    for name in ("Stored", "Friend", "Tickets", "Rooms", "Other"):
        db.collections.delete(name)
    db.collections.create(
        "Friend", vector_config=Configure.Vectors.self_provided(), properties=[Property(name="mail", data_type=DataType.TEXT)]
    )
    db.collections.create(
        "Stored",
        vector_config=Configure.Vectors.self_provided(),
        properties=[
            Property(name="text", data_type=DataType.TEXT),
            Property(name="mail", data_type=DataType.TEXT, tokenization=Tokenization.FIELD),
            Property(name="mails", data_type=DataType.TEXT_ARRAY),
            Property(name="number", data_type=DataType.INT),
            Property(name="person", data_type=DataType.OBJECT, nested_properties=[Property(name="mail", data_type=DataType.TEXT)]),
        ],
        references=[ReferenceProperty(name="friend", target_collection="Friend")],
    )
    db.collections.get("Friend").data.insert({"mail": FRIEND}, uuid=FRIEND_ID, vector=VECTOR)
    stored = db.collections.get("Stored")
    for i, record in enumerate(STORED):
        stored.data.insert(
            {
                "text": f"contact {i} is {SECRET}",
                "mail": SECRET,
                "mails": [PHONE, SECRET],
                "number": i,
                "person": {"mail": PHONE},
            },
            uuid=record,
            vector=VECTOR if i == 0 else [x + i for x in VECTOR],
            references={"friend": FRIEND_ID},
        )


db = matrix.operation("connect", connect)
if given.direct:
    store()
if given.store:
    db.close()
    matrix.report()
    sys.exit()
stored = db.collections.get("Stored")

# what an application does
ID = [str(uuid.UUID(int=i + 1)) for i in range(30)]
matrix.operation("is_ready", db.is_ready)
matrix.operation("is_live", db.is_live)
matrix.operation("get_meta", lambda: db.get_meta()["version"])
matrix.operation(
    "collections.create",
    lambda: db.collections.create(
        "Tickets",
        vector_config=Configure.Vectors.self_provided(),
        properties=[Property(name=n, data_type=DataType.TEXT) for n in ("text", "note", "kind")]
        + [Property(name="tags", data_type=DataType.TEXT_ARRAY), Property(name="size", data_type=DataType.INT)],
        references=[ReferenceProperty(name="friend", target_collection="Friend")],
    ).name,
)
tickets = db.collections.get("Tickets")
matrix.operation("collections.list_all", lambda: sorted(db.collections.list_all()))
matrix.operation("collections.exists", lambda: db.collections.exists("Tickets"))
matrix.operation("config.get", lambda: tickets.config.get().name)
matrix.operation("config.add_property", lambda: tickets.config.add_property(Property(name="extra", data_type=DataType.TEXT)))


def ticket(i):
    return {"text": f"Ticket {i} of {SECRET}", "note": f"Note {i} of {SECRET}", "kind": "open", "tags": ["a", PHONE], "size": i}


def vector(i):
    return [x + i / 8 for x in NEAR]


matrix.operation("data.insert", lambda: tickets.data.insert(ticket(0), uuid=ID[0], vector=vector(0)))


def insert_many():
    answer = tickets.data.insert_many(
        [weaviate.classes.data.DataObject(properties=ticket(i), uuid=ID[i], vector=vector(i)) for i in range(1, 13)]
    )
    return answer.errors or len(answer.uuids)


matrix.operation("data.insert_many", insert_many)


def batch_stream():
    """The call behind batch.stream(), which the client makes of newer servers alone."""
    message, written = batch_pb2.BatchStreamRequest, threading.Event()
    properties = Struct()
    properties.update({"text": f"Ticket 19 of {SECRET}", "note": f"Note 19 of {SECRET}"})
    record = batch_pb2.BatchObject(
        uuid=ID[19], collection="Tickets", properties=batch_pb2.BatchObject.Properties(non_ref_properties=properties)
    )

    def requests():
        yield message(start=message.Start())
        yield message(data=message.Data(objects=message.Data.Objects(values=[record])))
        written.wait(20)
        yield message(stop=message.Stop())

    with grpc.insecure_channel(f"{given.host}:{given.grpc_port}") as channel:
        metadata = () if given.direct else (("authorization", f"Bearer {key}"),)
        stub = weaviate_pb2_grpc.WeaviateStub(channel)
        done = []
        for reply in stub.BatchStream(requests(), metadata=metadata, timeout=30):
            if reply.HasField("results"):
                written.set()
                done += [success.uuid for success in reply.results.successes]
                done += [error.error for error in reply.results.errors]
    return done


def batch(kind, first):
    with kind as objects:
        for i in range(first, first + 3):
            objects.add_object(properties=ticket(i), uuid=ID[i], vector=vector(i))
    if tickets.batch.failed_objects:
        raise RuntimeError(tickets.batch.failed_objects[0].message)
    return 3


matrix.operation("batch.fixed_size", lambda: batch(tickets.batch.fixed_size(10), 13))
matrix.operation("batch.dynamic", lambda: batch(tickets.batch.dynamic(), 16))
matrix.operation("batch.stream", lambda: batch(tickets.batch.stream(), 19))
matrix.operation("BatchStream, by the client's stub", batch_stream)
matrix.operation("data.update", lambda: tickets.data.update(ID[1], {"kind": f"closed by {SECRET}"}))
matrix.operation("data.replace", lambda: tickets.data.replace(ID[2], ticket(2), vector=vector(2)))
matrix.operation("data.exists", lambda: tickets.data.exists(ID[1]))
matrix.operation("data.reference_add", lambda: tickets.data.reference_add(ID[1], "friend", FRIEND_ID))
matrix.operation(
    "data.reference_add_many",
    lambda: tickets.data.reference_add_many([DataReference("friend", ID[2], FRIEND_ID)]).errors,
)
matrix.operation("data.reference_replace", lambda: tickets.data.reference_replace(ID[1], "friend", FRIEND_ID))
matrix.operation("data.reference_delete", lambda: tickets.data.reference_delete(ID[2], "friend", FRIEND_ID))
matrix.operation("data.delete_by_id", lambda: tickets.data.delete_by_id(ID[18]))
matrix.operation("data.delete_many", lambda: tickets.data.delete_many(Filter.by_id().equal(ID[17])).matches)


def texts(answer):
    return [o.properties["text"] for o in answer.objects]


one = matrix.operation("query.fetch_object_by_id", lambda: tickets.query.fetch_object_by_id(ID[1], include_vector=True))
matrix.operation(
    "query.fetch_object_by_id(properties)",
    lambda: tickets.query.fetch_object_by_id(ID[3], return_properties=["text", "size"]).properties,
    unguarded={"text": ticket(3)["text"], "size": 3})
matrix.note("one", one and {"properties": one.properties, "vector": one.vector, "uuid": one.uuid})
matrix.operation(
    "query.fetch_objects_by_ids",
    lambda: sorted(texts(tickets.query.fetch_objects_by_ids(ID[3:6]))),
    unguarded=[ticket(i)["text"] for i in range(3, 6)])
found = matrix.operation(
    "query.near_vector",
    lambda: tickets.query.near_vector(NEAR, limit=15, include_vector=True, return_metadata=EVERYTHING))
matrix.note(
    "near", found and [{"properties": o.properties, "vector": o.vector, "distance": o.metadata.distance} for o in found.objects])
matrix.operation("query.near_vector(no limit)", lambda: len(tickets.query.near_vector(NEAR).objects))
matrix.operation("query.near_vector(certainty)", lambda: len(tickets.query.near_vector(NEAR, certainty=0.7).objects))
matrix.operation(
    "query.near_vector(offset)",
    lambda: texts(tickets.query.near_vector(NEAR, limit=3, offset=3)),
    unguarded=[ticket(i)["text"] for i in range(3, 6)])
matrix.operation("query.near_vector(offset 5000)", lambda: len(tickets.query.near_vector(NEAR, limit=3, offset=5000).objects))
matrix.operation("query.near_object", lambda: len(tickets.query.near_object(ID[1], limit=3).objects))
matrix.operation("query.bm25", lambda: len(tickets.query.bm25("ticket", limit=3, return_metadata=EVERYTHING).objects))
matrix.operation(
    "query.hybrid",
    lambda: len(tickets.query.hybrid("ticket", vector=NEAR, limit=3, fusion_type=HybridFusion.RELATIVE_SCORE).objects))
# a client that looks for a value finds what was made of it when it was written
filtered = matrix.operation(
    "query.fetch_objects(filters)",
    lambda: tickets.query.fetch_objects(filters=Filter.by_property("kind").equal(f"closed by {SECRET}"), limit=5))
matrix.note("filtered", filtered and [str(o.uuid) for o in filtered.objects])
matrix.operation(
    "query.near_vector(group_by)",
    lambda: sorted(
        tickets.query.near_vector(
            NEAR, limit=9, group_by=GroupBy(prop="kind", objects_per_group=2, number_of_groups=2)
        ).groups)
)  # fmt: skip
matrix.operation("query.fetch_objects", lambda: texts(tickets.query.fetch_objects(limit=2)))
matrix.operation("query.fetch_objects(sort)", lambda: texts(tickets.query.fetch_objects(limit=2, sort=Sort.by_property("size"))))
matrix.operation("iterator", lambda: sum(1 for _ in tickets.iterator()))
matrix.operation("aggregate.over_all", lambda: tickets.aggregate.over_all(total_count=True).total_count)
matrix.operation(
    "aggregate.over_all(group_by)",
    lambda: len(tickets.aggregate.over_all(group_by=GroupByAggregate(prop="kind"), total_count=True).groups))
matrix.operation(
    "aggregate.near_vector",
    lambda: tickets.aggregate.near_vector(NEAR, object_limit=5, return_metrics=Metrics("size").integer(mean=True)).properties["size"].mean)
matrix.operation("generate.near_vector", lambda: tickets.generate.near_vector(NEAR, limit=1, single_prompt="say {text}"))
matrix.operation("graphql_raw_query", lambda: (lambda a: a.errors or a.get)(
    db.graphql_raw_query("{Get{Tickets(nearVector:{vector:[0.8,0.35,0.15,0.45]} limit:2){text kind}}}")))
matrix.operation("cluster.nodes", lambda: len(db.cluster.nodes()))
matrix.operation("tenants", lambda: db.collections.create(
    "Rooms", multi_tenancy_config=Configure.multi_tenancy(True), vector_config=Configure.Vectors.self_provided()).name)
rooms = db.collections.get("Rooms")
matrix.operation("tenants.create", lambda: rooms.tenants.create([Tenant(name="red"), Tenant(name="blue")]))
matrix.operation("tenants.get", lambda: sorted(rooms.tenants.get()))
matrix.operation("tenants.exists", lambda: rooms.tenants.exists("red"))
matrix.operation("tenants.insert", lambda: rooms.with_tenant("red").data.insert({"text": "in red"}, uuid=ID[0], vector=NEAR))
matrix.operation("tenants.query", lambda: len(rooms.with_tenant("red").query.near_vector(NEAR, limit=2).objects))
matrix.operation("tenants.remove", lambda: rooms.tenants.remove(["blue"]))
matrix.operation("config.update", lambda: tickets.config.update(description="tickets"))
matrix.operation("backup.create", lambda: db.backup.create("b1", "filesystem", include_collections=["Tickets"]))
matrix.operation("collections.delete", lambda: db.collections.delete("Rooms"))

if not given.direct:
    def as_other(action):
        with connect(other) as second:
            return action(second.collections.get("Tickets"))

    sealed = matrix.operation("other client: fetch_object_by_id", lambda: as_other(lambda c: c.query.fetch_object_by_id(ID[1])))
    matrix.note("sealed", sealed and sealed.properties)
    matrix.operation("stranger", lambda: connect("nobody").collections.list_all())
    matrix.note("blocked", rest("POST", "/v1/objects", {"class": "Tickets", "id": ID[20], "properties": {"text": "4111 1111 1111 1111"}}))
    matrix.operation(
        "data.insert(card)", lambda: tickets.data.insert({"text": "card 4111 1111 1111 1111"}, uuid=ID[20], vector=NEAR))
    card = matrix.operation("data.insert_many(card)", lambda: tickets.data.insert_many([{"text": "card 4111 1111 1111 1111"}]))
streamed = matrix.operation("query.fetch_object_by_id(streamed)", lambda: tickets.query.fetch_object_by_id(ID[19]))
matrix.note("streamed", streamed and streamed.properties)
matrix.note("rest", rest("GET", f"/v1/objects/Tickets/{ID[1]}?include=vector"))
matrix.note("graphql", graphql(
    "{Get{Tickets(where:{path:[\"kind\"] operator:Like valueText:\"*closed*\"}){text n:note more:_additional{key:id d:vector}}}}"))

# ways by which a stored value or vector may come back
door = matrix.door
door("gRPC near_vector, include_vector", lambda: stored.query.near_vector(NEAR, limit=3, include_vector=True).objects)
door("gRPC near_vector, named vectors", lambda: stored.query.near_vector(NEAR, limit=3, include_vector=["default"]).objects)
door("gRPC properties", lambda: [o.properties for o in stored.query.near_vector(NEAR, limit=3).objects])
door("gRPC text array", lambda: [o.properties for o in stored.query.near_vector(NEAR, limit=3, return_properties=["mails"]).objects])
door(
    "gRPC object property",
    lambda: stored.query.near_vector(
        NEAR, limit=3, return_properties=[QueryNested(name="person", properties=["mail"])]).objects)
door("gRPC bm25", lambda: stored.query.bm25("contact", limit=3, return_metadata=EVERYTHING).objects)
door("gRPC hybrid", lambda: stored.query.hybrid("contact", vector=NEAR, limit=3, return_metadata=EVERYTHING).objects)
door("gRPC near_object, include_vector", lambda: stored.query.near_object(STORED[1], limit=3, include_vector=True).objects)
door("gRPC filter", lambda: stored.query.fetch_objects(filters=Filter.by_property("number").greater_or_equal(0)).objects)
door("gRPC fetch by id, include_vector", lambda: stored.query.fetch_object_by_id(STORED[0], include_vector=True))
door("gRPC reference", lambda: [
    o.references["friend"].objects
    for o in stored.query.near_vector(
        NEAR, limit=3, return_references=QueryReference(link_on="friend", include_vector=True)
    ).objects])  # fmt: skip
door("gRPC group_by, names of groups", lambda: list(
    stored.query.near_vector(NEAR, limit=3, group_by=GroupBy(prop="mail", objects_per_group=1, number_of_groups=3)).groups))
door("gRPC group_by, objects", lambda: stored.query.near_vector(
    NEAR, limit=3, include_vector=True, group_by=GroupBy(prop="mail", objects_per_group=1, number_of_groups=3)).objects)
door("gRPC sort", lambda: stored.query.fetch_objects(limit=3, sort=Sort.by_property("mail"), include_vector=True).objects)
door("iterator", lambda: list(stored.iterator(include_vector=True)))
door("iterator after an id", lambda: list(stored.iterator(include_vector=True, after=STORED[0])))
door("gRPC Aggregate topOccurrences", lambda: stored.aggregate.over_all(
    return_metrics=Metrics("mail").text(top_occurrences_value=True, top_occurrences_count=True)).properties)
door("gRPC Aggregate group_by", lambda: stored.aggregate.over_all(group_by=GroupByAggregate(prop="mail")).groups)
door("REST object, include=vector", lambda: rest("GET", f"/v1/objects/Stored/{STORED[0]}?include=vector"))
door("REST objects, include=vector", lambda: rest("GET", "/v1/objects?class=Stored&limit=5&include=vector"))
door("REST objects of all classes", lambda: rest("GET", "/v1/objects?limit=25"))
door("REST object by id alone", lambda: rest("GET", f"/v1/objects/{STORED[0]}"))
door("REST error that echoes", lambda: rest("POST", "/v1/objects", {"class": "Stored", "id": SECRET, "properties": {}}))
door("REST property that is no text", lambda: rest(
    "POST", "/v1/objects", {"class": "Stored", "id": ID[25], "properties": {"number": SECRET}, "vector": NEAR}))
VEC = "nearVector:{vector:[0.8,0.35,0.15,0.45]} limit:3"
door("GraphQL Get", lambda: graphql("{Get{Stored(%s){text mail mails person{mail}}}}" % VEC))
door("GraphQL aliases", lambda: graphql("{x:Get{y:Stored(%s){id:text score:mail z:person{certainty:mail}}}}" % VEC))
door("GraphQL vector", lambda: graphql("{Get{Stored(%s){_additional{vector vectors{default}}}}}" % VEC))
door("GraphQL vector by aliases", lambda: graphql("{Get{Stored(%s){text:_additional{id:vectors{text:default}}}}}" % VEC))
door("GraphQL variables", lambda: graphql(
    "query q($t:String){Get{Stored(bm25:{query:$t}){a:mail b:_additional{v:vectors{default}}}}}", variables={"t": "contact"}))
door("GraphQL after as a variable", lambda: graphql(
    "query q($t:String!){Get{Stored(after:$t limit:3){mail}}}", variables={"t": ""}))
door("GraphQL reference", lambda: graphql("{Get{Stored(%s){friend{... on Friend{a:mail _additional{v:vectors{default}}}}}}}" % VEC))
door("GraphQL where", lambda: graphql('{Get{Stored(where:{path:["mail"] operator:Equal valueText:"%s"}){mail}}}' % SECRET))
door("GraphQL explainScore and bm25", lambda: graphql('{Get{Stored(bm25:{query:"contact"}){text _additional{explainScore}}}}'))
door("GraphQL after", lambda: graphql('{Get{Stored(after:"" limit:3){mail}}}'))
door("GraphQL without a question", lambda: graphql("{Get{Stored{mail}}}"))
door("GraphQL groupBy", lambda: graphql(
    '{Get{Stored(%s groupBy:{path:["mail"] groups:2 objectsPerGroup:2}){_additional{group{groupedBy{value} hits{mail _additional{vector}}}}}}}' % VEC))
door("GraphQL Aggregate topOccurrences", lambda: graphql("{Aggregate{Stored{mail{topOccurrences{v:value}}}}}"))
door("GraphQL Aggregate groupedBy", lambda: graphql('{Aggregate{Stored(groupBy:["mail"]){groupedBy{v:value}}}}'))
door("GraphQL error that echoes", lambda: graphql('{Get{Stored(bm25:{query:"x" properties:["%s"]}){text}}}' % SECRET))
door("GraphQL batch", lambda: rest("POST", "/v1/graphql/batch", [{"query": "{Get{Stored{mail}}}"}]))

if given.direct:
    for name in ("Tickets", "Rooms"):
        db.collections.delete(name)
db.close()
matrix.report()
