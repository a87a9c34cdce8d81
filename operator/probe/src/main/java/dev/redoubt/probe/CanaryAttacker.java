package dev.redoubt.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks as the client under test, reads every answer for planted values, and keeps count. */
final class CanaryAttacker {
    private static final int RESULTS = 10;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ChromaStore store;
    private final String collection;
    private final SecretScanner scanner;
    private final Budget budget;
    private final Map<CanaryText, String> hits = new LinkedHashMap<>();
    private final Set<String> reached = new LinkedHashSet<>();
    private final List<String> documents = new ArrayList<>();
    private int answered;
    private int refused;

    CanaryAttacker(ChromaStore store, String collection, SecretScanner scanner, Budget budget) {
        this.store = store;
        this.collection = collection;
        this.scanner = scanner;
        this.budget = budget;
    }

    /** A query or get body that asks for everything but vectors. */
    static ObjectNode lookup() {
        ObjectNode body = JSON.objectNode();
        body.putArray("include").add("documents").add("metadatas").add("uris");
        return body;
    }

    /** Restricts a body to some records. */
    static ObjectNode about(ObjectNode body, List<String> ids) {
        ArrayNode array = body.putArray("ids");
        ids.forEach(array::add);
        return body;
    }

    /** Similarity search; one request where that is accepted, else one for each vector. */
    void search(double[][] vectors, ObjectNode body) throws AttackException, InterruptedException {
        JsonClient.Answer answer = searchOnce(vectors, body);
        if (answer.status() == 400 || answer.status() == 413 || answer.status() == 422) {
            for (double[] vector : vectors) {
                searchOnce(new double[][] {vector}, body);
            }
        }
    }

    JsonClient.Answer searchOnce(double[][] vectors, ObjectNode body) throws AttackException, InterruptedException {
        ArrayNode embeddings = body.putArray("query_embeddings");
        for (double[] vector : vectors) {
            embeddings.add(ChromaStore.vector(vector));
        }
        if (!body.has("n_results")) {
            body.put("n_results", RESULTS);
        }
        budget.spend(vectors.length);
        return taken(store.ask(collection, "query", body, budget));
    }

    /** Look-up by id or filter. */
    JsonClient.Answer get(ObjectNode body) throws AttackException, InterruptedException {
        budget.spend(1);
        return taken(store.ask(collection, "get", body, budget));
    }

    void describe(String name) throws AttackException, InterruptedException {
        budget.spend(1);
        taken(store.describe(name, budget));
    }

    /** Reads an answer of something other than the store. */
    void read(JsonNode answer) {
        scanner.found(answer).forEach(hits::putIfAbsent);
    }

    /** A value that was found out without being shown. */
    void worked(CanaryText canary, String how) {
        hits.putIfAbsent(canary, how);
    }

    private JsonClient.Answer taken(JsonClient.Answer answer) throws AttackException {
        if (answer.status() == 401) {
            throw new AttackException.Refused("a look-up", 401);
        }
        if (answer.status() >= 500) {
            throw new AttackException.Refused("a look-up", answer.status());
        }
        if (answer.status() < 400) {
            answered += answer.body().has("ids") ? 1 : 0;
            collect(answer.body().path("ids"), reached);
            collect(answer.body().path("documents"), documents);
        } else {
            refused++;
        }
        read(answer.body());
        return answer;
    }

    private static void collect(JsonNode column, Collection<String> into) {
        column.forEach(value -> {
            if (value.isTextual()) {
                into.add(value.textValue());
            } else {
                collect(value, into);
            }
        });
    }

    /** Values that were seen, and how. */
    Map<CanaryText, String> hits() {
        return hits;
    }

    /** Ids of records that were shown in any form. */
    Set<String> reached() {
        return reached;
    }

    /** Texts of records as they were shown. */
    List<String> documents() {
        return documents;
    }

    /** Look-ups of records that were answered. */
    int answered() {
        return answered;
    }

    int refused() {
        return refused;
    }
}
