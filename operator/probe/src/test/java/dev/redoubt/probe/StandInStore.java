package dev.redoubt.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Chroma's routes in memory behind a guard whose policy a test chooses. */
final class StandInStore implements AutoCloseable {
    private static final String COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Revision that answers tell; {@code null} for none, as where no guard stands in front. */
    String revision = "revision-of-the-store";

    /** Whether a query that is confined to chosen ids is refused. */
    boolean candidatesRefused;

    /** How many results an answer shows at most. */
    int maxResults = Integer.MAX_VALUE;

    boolean vectorsReturned = true;
    boolean scoresReturned = true;

    /** 0 for exact. */
    double scoreStep;

    UnaryOperator<String> redaction = UnaryOperator.identity();

    /** Status that all requests of an API key get. */
    final Map<String, Integer> refusals = new LinkedHashMap<>();

    /** Whether writes are answered as if they had happened. */
    boolean forgetful;

    /** How many of the next queries get a 429. */
    int limited;

    /** Largest number of vectors in a query. */
    int largestBatch = Integer.MAX_VALUE;

    /** Added to the next answer of a look-up. */
    String whisper = "";

    private final Map<String, List<JsonNode>> records = new LinkedHashMap<>();
    private final HttpServer server;

    StandInStore() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    RunSpec.Endpoint endpoint() {
        return new RunSpec.Endpoint("127.0.0.1", server.getAddress().getPort(), "revision-of-the-store");
    }

    /** Collections, the name being the id too. */
    Map<String, List<JsonNode>> records() {
        return records;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        String key = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
        String path = exchange.getRequestURI().getPath();
        int status = 200;
        JsonNode answer = JSON.createObjectNode();
        if (revision != null) {
            exchange.getResponseHeaders().add("redoubt-revision", revision);
        }
        if (refusals.containsKey(key)) {
            status = refusals.get(key);
        } else if (path.endsWith("/query") && candidatesRefused && body.has("ids")) {
            status = 403;
        } else if (path.endsWith("/query") && limited > 0) {
            limited--;
            status = 429;
            exchange.getResponseHeaders().add("Retry-After", "7");
        } else if (path.endsWith("/query") && body.path("query_embeddings").size() > largestBatch) {
            status = 413;
        } else if (!path.endsWith("version")) {
            answer = route(exchange.getRequestMethod(), path.substring(COLLECTIONS.length()), body);
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private JsonNode route(String method, String path, JsonNode body) {
        String[] parts = path.split("/");
        if (parts.length < 2) {
            if (method.equals("POST")) {
                records.put(body.path("name").asText(), new ArrayList<>());
                return JSON.createObjectNode().put("id", body.path("name").asText());
            }
            ArrayNode names = JSON.createArrayNode();
            records.keySet().forEach(name -> names.addObject().put("name", name));
            return names;
        }
        if (parts.length == 2) {
            if (method.equals("DELETE")) {
                records.remove(parts[1]);
            }
            return JSON.createObjectNode().put("name", parts[1]);
        }
        return switch (parts[2]) {
            case "count" ->
                JSON.getNodeFactory().numberNode(records.get(parts[1]).size());
            case "add" -> add(parts[1], body);
            case "query" -> query(matching(parts[1], body), body);
            case "get" ->
                columns(matching(parts[1], body).stream().limit(maxResults).toList(), true);
            default -> throw new IllegalStateException(parts[2]);
        };
    }

    private JsonNode add(String collection, JsonNode body) {
        for (int i = 0; i < body.path("ids").size() && !forgetful; i++) {
            ObjectNode item = JSON.createObjectNode();
            item.set("id", body.path("ids").path(i));
            item.set("vector", body.path("embeddings").path(i));
            for (String column : List.of("documents", "metadatas", "uris")) {
                item.set(column, redacted(body.path(column).path(i)));
            }
            records.get(collection).add(item);
        }
        return JSON.createObjectNode();
    }

    private JsonNode redacted(JsonNode value) {
        if (value.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            value.properties().forEach(field -> copy.set(field.getKey(), redacted(field.getValue())));
            return copy;
        }
        return value.isNull() ? value : JSON.getNodeFactory().textNode(redaction.apply(value.asText()));
    }

    private List<JsonNode> matching(String collection, JsonNode body) {
        List<String> ids = new ArrayList<>();
        body.path("ids").forEach(id -> ids.add(id.asText()));
        JsonNode contains = body.path("where_document").path("$contains");
        JsonNode codename = body.path("where").path("codename");
        return records.get(collection).stream()
                .filter(r -> ids.isEmpty() || ids.contains(r.path("id").asText()))
                .filter(r ->
                        contains.isMissingNode() || r.path("documents").asText().contains(contains.asText()))
                .filter(r -> codename.isMissingNode()
                        || r.path("metadatas").path("codename").equals(codename))
                .toList();
    }

    private JsonNode query(List<JsonNode> from, JsonNode body) {
        ObjectNode answer = JSON.createObjectNode();
        int limit = Math.min(maxResults, body.path("n_results").asInt());
        for (JsonNode query : body.path("query_embeddings")) {
            double[] distances = from.stream()
                    .mapToDouble(item -> distance(item.path("vector"), query))
                    .toArray();
            List<Integer> order = IntStream.range(0, distances.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> distances[i]))
                    .limit(limit)
                    .toList();
            ObjectNode flat = columns(order.stream().map(from::get).toList(), false);
            if (!vectorsReturned || !has(body, "embeddings")) {
                flat.remove("embeddings");
            }
            ArrayNode shown = flat.putArray("distances");
            order.forEach(i -> {
                if (scoresReturned) {
                    shown.add(scoreStep > 0 ? Math.rint(distances[i] / scoreStep) * scoreStep : distances[i]);
                } else {
                    shown.addNull();
                }
            });
            flat.properties()
                    .forEach(column -> answer.withArrayProperty(column.getKey()).add(column.getValue()));
        }
        return answer;
    }

    private static boolean has(JsonNode body, String include) {
        for (JsonNode column : body.path("include")) {
            if (column.asText().equals(include)) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode columns(List<JsonNode> items, boolean withoutVectors) {
        ObjectNode columns = JSON.createObjectNode();
        Map<String, String> sources = Map.of(
                "ids",
                "id",
                "documents",
                "documents",
                "metadatas",
                "metadatas",
                "uris",
                "uris",
                "embeddings",
                "vector");
        sources.forEach((column, source) -> {
            if (!withoutVectors || !column.equals("embeddings")) {
                ArrayNode values = columns.putArray(column);
                items.forEach(item -> values.add(item.path(source)));
            }
        });
        if (!whisper.isEmpty()) {
            columns.putArray("note").add(whisper);
            whisper = "";
        }
        return columns;
    }

    private static double distance(JsonNode stored, JsonNode query) {
        double product = 0;
        for (int i = 0; i < stored.size(); i++) {
            product += stored.get(i).doubleValue() * query.get(i).doubleValue();
        }
        return 1 - product;
    }
}
