package dev.redoubt.sidecar;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * No Elasticsearch: answers with what its API reference documents for each request, with the header and the media type that
 * its official client insists on, and keeps what it was sent.
 */
final class StubElasticsearch implements Handler<HttpServerRequest> {
    /** Secrets that the documented answers are given. */
    static final String MAIL = "ann.lee@example.com";

    private static final String VECTOR = "[0.5,0.25,0.125,1.5,2.5,3.5,4.5,5.5,6.5,7.5,8.5,9.5,10.5,11.5,12.5,13.5]";
    private static final String SOURCE =
            "{\"text\":\"Contact Ann Lee at " + MAIL + "\",\"email\":\"" + MAIL + "\",\"vec\":" + VECTOR + "}";
    private static final String HIT = "{\"_index\":\"raw\",\"_id\":\"1\",\"_score\":0.98765432,\"_source\":" + SOURCE
            + ",\"fields\":{\"email\":[\"" + MAIL + "\"]},\"sort\":[\"" + MAIL + "\"]}";
    private static final String HITS =
            "\"took\":5,\"timed_out\":false,\"_shards\":{\"total\":1,\"successful\":1,\"skipped\":0,\"failed\":0},"
                    + "\"hits\":{\"total\":{\"value\":1,\"relation\":\"eq\"},\"max_score\":0.98765432,\"hits\":[" + HIT
                    + "]},\"aggregations\":{\"mails\":{\"doc_count_error_upper_bound\":0,\"sum_other_doc_count\":0,"
                    + "\"buckets\":[{\"key\":\"" + MAIL + "\",\"doc_count\":1}]}}";
    private static final String WRITTEN =
            "{\"_index\":\"raw\",\"_id\":\"1\",\"_version\":1,\"result\":\"created\",\"_shards\":{\"total\":1,\"successful\":1,"
                    + "\"failed\":0},\"_seq_no\":0,\"_primary_term\":1}";

    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();

    /**
     * A request as it came.
     *
     * @param line method and target
     * @param type media type of the body; {@code null} for none
     * @param body all of it
     */
    record Sent(String line, String type, String body) {}

    List<Sent> sent() {
        return List.copyOf(sent);
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.bodyHandler(body -> {
            sent.add(new Sent(
                    request.method() + " " + request.uri(), request.getHeader("content-type"), body.toString()));
            answer(request, body);
        });
    }

    private static void answer(HttpServerRequest request, Buffer body) {
        String path = request.path();
        int status = 200;
        String answer;
        if (path.equals("/")) {
            answer =
                    "{\"name\":\"stub\",\"cluster_name\":\"stub\",\"version\":{\"number\":\"9.0.0\",\"build_flavor\":\"default\"},"
                            + "\"tagline\":\"You Know, for Search\"}";
        } else if (path.endsWith("/_search")) {
            answer = "{" + HITS + "}";
        } else if (path.endsWith("/_msearch")) {
            answer = "{\"took\":5,\"responses\":[{" + HITS + ",\"status\":200}]}";
        } else if (path.endsWith("/_count")) {
            answer = "{\"count\":1,\"_shards\":{\"total\":1,\"successful\":1,\"skipped\":0,\"failed\":0}}";
        } else if (path.endsWith("/_mget")) {
            answer = "{\"docs\":[" + got() + "]}";
        } else if (path.contains("/_source/")) {
            answer = SOURCE;
        } else if (path.contains("/_update/")) {
            answer =
                    "{\"_index\":\"raw\",\"_id\":\"1\",\"_version\":2,\"result\":\"updated\",\"get\":{\"found\":true,\"_source\":"
                            + SOURCE + "}}";
        } else if (path.endsWith("/_bulk")) {
            answer = bulk(body);
        } else if (path.contains("/_doc/") && request.method().name().equals("GET")) {
            boolean missing = path.endsWith("/nosuch");
            status = missing ? 404 : 200;
            answer = missing ? "{\"_index\":\"raw\",\"_id\":\"nosuch\",\"found\":false}" : got();
        } else if (path.endsWith("/_doc/bad")) {
            status = 400;
            answer =
                    "{\"error\":{\"root_cause\":[],\"type\":\"document_parsing_exception\",\"reason\":\"[1:8] failed to parse field"
                            + " [vec] of type [dense_vector]. Preview of field's value: '" + MAIL
                            + "'\"},\"status\":400}";
        } else if (path.contains("/_doc") || path.contains("/_create")) {
            answer = WRITTEN;
        } else {
            answer = "{\"acknowledged\":true,\"shards_acknowledged\":true,\"index\":\"tickets\"}";
        }
        String type = request.getHeader("accept");
        request.response()
                .setStatusCode(status)
                .putHeader("X-Elastic-Product", "Elasticsearch")
                .putHeader("Content-Type", type == null ? "application/json" : type.replace("; ", ";"))
                .end(answer);
    }

    private static String got() {
        return "{\"_index\":\"raw\",\"_id\":\"1\",\"_version\":1,\"_seq_no\":0,\"_primary_term\":1,\"found\":true,\"_source\":"
                + SOURCE + "}";
    }

    /** One result per action. */
    private static String bulk(Buffer body) {
        StringBuilder items = new StringBuilder();
        for (String line : body.toString().split("\n")) {
            JsonObject head = new JsonObject(line);
            for (String kind : List.of("index", "create", "delete")) {
                if (head.size() == 1 && head.getValue(kind) instanceof JsonObject action) {
                    items.append(items.isEmpty() ? "" : ",")
                            .append("{\"" + kind + "\":{\"_index\":\"tickets\",\"_id\":\"" + action.getString("_id")
                                    + "\",\"status\":201,\"result\":\"created\"}}");
                }
            }
        }
        return "{\"took\":3,\"errors\":false,\"items\":[" + items + "]}";
    }
}
