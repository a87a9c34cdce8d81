"""stub_grpc.py PORT GRPC_PORT: the stand-in of stub_qdrant.py, with Qdrant's gRPC beside its REST. It is not Qdrant.

Calls are answered by the same records, in the messages of the official client and by its own conversions.
"""

import sys
import threading
from concurrent import futures
from http.server import ThreadingHTTPServer

import grpc
import stub_qdrant as rest
from qdrant_client import grpc as api
from qdrant_client.conversions.conversion import GrpcToRest, RestToGrpc

TIME = 0.000123


def limit(request, otherwise):
    return request.limit if request.HasField("limit") else otherwise


def shown(request, payload):
    with_payload = GrpcToRest.convert_with_payload_selector(request.with_payload) if request.HasField("with_payload") else payload
    with_vectors = GrpcToRest.convert_with_vectors_selector(request.with_vectors) if request.HasField("with_vectors") else False
    return {"with_payload": with_payload, "with_vectors": with_vectors}


def filtered(request):
    return GrpcToRest.convert_filter(request.filter) if request.HasField("filter") else None


def searched(request):
    return {
        "query": GrpcToRest.convert_query(request.query) if request.HasField("query") else None,
        "prefetch": [GrpcToRest.convert_prefetch_query(each) for each in request.prefetch] or None,
        "query_filter": filtered(request),
        "using": request.using if request.HasField("using") else None,
        "score_threshold": request.score_threshold if request.HasField("score_threshold") else None,
        **shown(request, False),
    }


def chosen(selector):
    return GrpcToRest.convert_points_selector(selector)


def payload(request):
    return GrpcToRest.convert_payload(request.payload)


def written():
    update = api.UpdateResult(operation_id=rest.updated()["operation_id"], status=api.UpdateStatus.Completed)
    return api.PointsOperationResponse(result=update, time=TIME)


def query(request):
    found = rest.store.query_points(request.collection_name, limit=limit(request, 10), offset=request.offset, **searched(request))
    return [RestToGrpc.convert_scored_point(point) for point in found.points]


class Answers:
    """Tells what goes wrong as the server does, one call at a time."""

    def __getattribute__(self, name):
        action = object.__getattribute__(self, name)
        if name.startswith("_"):
            return action

        def call(request, context):
            try:
                with rest.lock:
                    return action(request)
            except (KeyError, ValueError, AssertionError, TypeError) as e:
                missing = "not found" in str(e) or isinstance(e, KeyError)
                context.abort(grpc.StatusCode.NOT_FOUND if missing else grpc.StatusCode.INVALID_ARGUMENT, f"Wrong input: {e}")

        return call


class Health(Answers, api.QdrantServicer):
    def HealthCheck(self, request):
        return api.HealthCheckReply(**rest.VERSION)


class Collections(Answers, api.CollectionsServicer):
    def Create(self, request):
        vectors = GrpcToRest.convert_vectors_config(request.vectors_config) if request.HasField("vectors_config") else {}
        sparse = GrpcToRest.convert_sparse_vector_config(request.sparse_vectors_config)
        rest.store.create_collection(request.collection_name, vectors, sparse or None)
        return api.CollectionOperationResponse(result=True, time=TIME)

    def List(self, request):
        names = [each.name for each in rest.store.get_collections().collections]
        return api.ListCollectionsResponse(collections=[api.CollectionDescription(name=name) for name in names], time=TIME)

    def CollectionExists(self, request):
        exists = rest.store.collection_exists(request.collection_name)
        return api.CollectionExistsResponse(result=api.CollectionExists(exists=exists), time=TIME)

    def Delete(self, request):
        return api.CollectionOperationResponse(result=rest.store.delete_collection(request.collection_name), time=TIME)


class Points(Answers, api.PointsServicer):
    def Query(self, request):
        return api.QueryResponse(result=query(request), time=TIME)

    def QueryBatch(self, request):
        return api.QueryBatchResponse(result=[api.BatchResult(result=query(each)) for each in request.query_points], time=TIME)

    def QueryGroups(self, request):
        found = rest.store.query_points_groups(
            request.collection_name,
            group_by=request.group_by,
            limit=limit(request, 10),
            group_size=request.group_size if request.HasField("group_size") else 3,
            **searched(request),
        )
        groups = [RestToGrpc.convert_point_group(group) for group in found.groups]
        return api.QueryGroupsResponse(result=api.GroupsResult(groups=groups), time=TIME)

    def Scroll(self, request):
        points, following = rest.store.scroll(
            request.collection_name,
            scroll_filter=filtered(request),
            limit=limit(request, 10),
            offset=GrpcToRest.convert_point_id(request.offset) if request.HasField("offset") else None,
            **shown(request, True),
        )
        answer = api.ScrollResponse(result=[RestToGrpc.convert_record(point) for point in points], time=TIME)
        if following is not None:
            answer.next_page_offset.CopyFrom(RestToGrpc.convert_extended_point_id(following))
        return answer

    def Get(self, request):
        ids = [GrpcToRest.convert_point_id(each) for each in request.ids]
        found = rest.store.retrieve(request.collection_name, ids, **shown(request, True))
        return api.GetResponse(result=[RestToGrpc.convert_record(point) for point in found], time=TIME)

    def Count(self, request):
        found = rest.store.count(request.collection_name, filtered(request))
        return api.CountResponse(result=api.CountResult(count=found.count), time=TIME)

    def Facet(self, request):
        found = rest.store.facet(request.collection_name, request.key, filtered(request), limit(request, 10))
        hits = [api.FacetHit(value=RestToGrpc.convert_facet_value(hit.value), count=hit.count) for hit in found.hits]
        return api.FacetResponse(hits=hits, time=TIME)

    def SearchMatrixPairs(self, request):
        sample = request.sample if request.HasField("sample") else 10
        found = rest.store.search_matrix_pairs(
            request.collection_name, filtered(request), limit(request, 3), sample, request.using if request.HasField("using") else None
        )
        return api.SearchMatrixPairsResponse(result=RestToGrpc.convert_search_matrix_pairs(found), time=TIME)

    def Upsert(self, request):
        rest.store.upsert(request.collection_name, [GrpcToRest.convert_point_struct(point) for point in request.points])
        return written()

    def UpdateVectors(self, request):
        rest.store.update_vectors(request.collection_name, [GrpcToRest.convert_point_vectors(each) for each in request.points])
        return written()

    def SetPayload(self, request):
        rest.store.set_payload(request.collection_name, payload(request), chosen(request.points_selector), key=request.key or None)
        return written()

    def OverwritePayload(self, request):
        rest.store.overwrite_payload(request.collection_name, payload(request), chosen(request.points_selector))
        return written()

    def DeletePayload(self, request):
        rest.store.delete_payload(request.collection_name, list(request.keys), chosen(request.points_selector))
        return written()

    def ClearPayload(self, request):
        rest.store.clear_payload(request.collection_name, chosen(request.points))
        return written()

    def Delete(self, request):
        rest.store.delete(request.collection_name, chosen(request.points))
        return written()


def serve(port, grpc_port):
    server = grpc.server(futures.ThreadPoolExecutor(4))
    api.add_QdrantServicer_to_server(Health(), server)
    api.add_CollectionsServicer_to_server(Collections(), server)
    api.add_PointsServicer_to_server(Points(), server)
    server.add_insecure_port(f"127.0.0.1:{grpc_port}")
    server.start()
    threading.Thread(target=ThreadingHTTPServer(("127.0.0.1", port), rest.Handler).serve_forever, daemon=True).start()
    server.wait_for_termination()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
