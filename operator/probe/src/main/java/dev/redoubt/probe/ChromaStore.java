package dev.redoubt.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chroma's HTTP API, version 2, as one client of it. Source: the OpenAPI document of chromadb 1.5.9. */
final class ChromaStore {
    private static final String ROOT = "/api/v2/tenants/default_tenant/databases/default_database/collections";
    private static final int PAGE = 200;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonClient http;

    ChromaStore(JsonClient http) {
        this.http = http;
    }

    /** How a collection measures distance, by Chroma's names. */
    enum Space {
        cosine,
        l2,
        ip;

        /** The inner product of two vectors of length 1 that are this far apart; l2 is the squared distance. */
        double innerProduct(double distance) {
            return this == l2 ? 1 - distance / 2 : 1 - distance;
        }

        /** How far two vectors of length 1 are apart. */
        double distance(double innerProduct) {
            return this == l2 ? 2 - 2 * innerProduct : 1 - innerProduct;
        }
    }

    /**
     * One record.
     *
     * @param document {@code null} for none
     * @param metadata texts and {@link Long}s by key; empty for none
     * @param uri {@code null} for none
     */
    record Item(String id, double[] vector, String document, Map<String, Object> metadata, String uri) {}

    /** Whether somebody answers who knows this client. */
    void greet(Budget time) throws AttackException, InterruptedException {
        http.call("GET", "/api/v2/version", null, time);
    }

    /** Creates a collection of this run and returns its id; one that a lost answer has made already is taken. */
    String create(String name, Space space, Budget time) throws AttackException, InterruptedException {
        ObjectNode body = JSON.objectNode().put("name", name).put("get_or_create", true);
        body.putObject("configuration").putObject("hnsw").put("space", space.name());
        JsonNode id = http.call("POST", ROOT, body, time).path("id");
        if (!id.isTextual()) {
            throw new AttackException.Unreadable("POST collections");
        }
        return id.textValue();
    }

    void add(String collection, List<Item> items, Budget time) throws AttackException, InterruptedException {
        for (int from = 0; from < items.size(); from += PAGE) {
            addPage(collection, items.subList(from, Math.min(items.size(), from + PAGE)), time);
        }
    }

    private void addPage(String collection, List<Item> items, Budget time)
            throws AttackException, InterruptedException {
        ObjectNode body = JSON.objectNode();
        ArrayNode ids = body.putArray("ids");
        ArrayNode embeddings = body.putArray("embeddings");
        ArrayNode documents = body.putArray("documents");
        ArrayNode metadatas = body.putArray("metadatas");
        ArrayNode uris = body.putArray("uris");
        for (Item item : items) {
            ids.add(item.id());
            embeddings.add(vector(item.vector()));
            documents.add(item.document());
            uris.add(item.uri());
            if (item.metadata().isEmpty()) {
                metadatas.addNull();
            } else {
                ObjectNode metadata = metadatas.addObject();
                item.metadata()
                        .forEach((key, value) -> metadata.set(
                                key,
                                value instanceof Long number
                                        ? JSON.numberNode(number)
                                        : JSON.textNode(value.toString())));
            }
        }
        http.call("POST", ROOT + "/" + collection + "/add", body, time);
    }

    int count(String collection, Budget time) throws AttackException, InterruptedException {
        JsonNode count = http.call("GET", ROOT + "/" + collection + "/count", null, time);
        if (!count.isInt()) {
            throw new AttackException.Unreadable("GET count");
        }
        return count.intValue();
    }

    /** Names of all collections that this client is shown. */
    List<String> names(Budget time) throws AttackException, InterruptedException {
        List<String> names = new ArrayList<>();
        while (true) {
            JsonNode page = http.call("GET", ROOT + "?limit=" + PAGE + "&offset=" + names.size(), null, time);
            if (!page.isArray()) {
                throw new AttackException.Unreadable("GET collections");
            }
            page.forEach(collection -> names.add(collection.path("name").asText()));
            if (page.size() < PAGE) {
                return names;
            }
        }
    }

    void delete(String name, Budget time) throws AttackException, InterruptedException {
        http.attempt("DELETE", ROOT + "/" + name, null, time);
    }

    /** A query, get or other look-up whose refusal is an answer too. */
    JsonClient.Answer ask(String collection, String operation, ObjectNode body, Budget time)
            throws AttackException, InterruptedException {
        return http.attempt("POST", ROOT + "/" + collection + "/" + operation, body, time);
    }

    /** What is told about a collection itself. */
    JsonClient.Answer describe(String name, Budget time) throws AttackException, InterruptedException {
        return http.attempt("GET", ROOT + "/" + name, null, time);
    }

    /** A vector in its JSON form: shortest decimals of single precision, which is what the store keeps. */
    static ArrayNode vector(double[] vector) {
        ArrayNode numbers = JSON.arrayNode(vector.length);
        for (double x : vector) {
            numbers.add((float) x);
        }
        return numbers;
    }
}
