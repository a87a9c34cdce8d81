package dev.redoubt.sidecar;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands for the REST of Milvus, of which no server was to be had: answers with messages of its manual (API reference
 * v2.6, Vector Operations and Collection Operations), whatever it is asked, and keeps what it was asked.
 */
final class StubMilvusRest implements Handler<HttpServerRequest> {
    private static final String ENTITIES = "/v2/vectordb/entities/";
    private static final String SEARCH =
            """
            {"code": 0, "cost": 0, "data": [
              {"color": "orange_6781", "distance": 1, "id": 448300048035776800, "mail": "ann.lee@example.com",
               "vector": [0.3580376395471989, -0.6023495712049978, 0.18414012509913835, -0.26286205330961354,
                 0.9029438446296592, 0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.17, 0.18, 0.19, 0.2, 0.21]},
              {"color": "red_4794", "distance": 0.9353201, "id": 448300048035776801, "mail": "bob@example.org"}]}""";
    private static final Map<String, String> ANSWERS = Map.of(
            ENTITIES + "search",
            SEARCH,
            ENTITIES + "hybrid_search",
            SEARCH,
            ENTITIES + "query",
            "{\"code\": 65535, \"message\": \"cannot parse expression: mail == ann.lee@example.com\"}",
            ENTITIES + "insert",
            "{\"code\": 0, \"cost\": 0, \"data\": {\"insertCount\": 1, \"insertIds\": [0]}}",
            ENTITIES + "delete",
            "{\"code\": 0, \"cost\": 0, \"data\": {}}",
            "/v2/vectordb/collections/list",
            "{\"code\": 0, \"data\": [\"quick_setup\", \"of ann.lee@example.com\"]}");

    /** Bodies by path. */
    final Map<String, Buffer> asked = new ConcurrentHashMap<>();

    @Override
    public void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            asked.put(request.path(), body);
            String answer = ANSWERS.get(request.path());
            request.response()
                    .setStatusCode(answer == null ? 404 : 200)
                    .putHeader("content-type", "application/json")
                    .end(answer == null ? "404 page not found" : answer);
        });
    }
}
