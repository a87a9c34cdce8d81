package dev.redoubt.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Asks a store for the scores of chosen records, in the form that tells the attacker most: first it finds out which
 * form is accepted and how many records an answer shows, then it asks about groups of that many, many query vectors
 * in one request.
 */
final class ScoreHarvester {
    private static final int BATCH = 50;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ChromaStore store;
    private final String collection;
    private final ChromaStore.Space space;
    private final List<String> targets;
    private final int records;
    private final Map<String, Integer> indices = new HashMap<>();
    private final Budget budget;
    private Form form = new Form(true, true);
    private int batch = BATCH;
    private int shown;
    private String ended = "";

    /**
     * @param targets ids of the records that the attacker is after
     * @param records how many the collection holds in all
     */
    ScoreHarvester(
            ChromaStore store,
            String collection,
            ChromaStore.Space space,
            List<String> targets,
            int records,
            Budget budget) {
        this.store = store;
        this.collection = collection;
        this.space = space;
        this.targets = targets;
        this.records = records;
        this.budget = budget;
        targets.forEach(id -> indices.put(id, indices.size()));
    }

    /**
     * How a query is put.
     *
     * @param chosen restricted to chosen records by their ids
     * @param vectors asks for the stored vectors too
     */
    private record Form(boolean chosen, boolean vectors) {}

    /**
     * Asks all queries about all targets. Where scores are withheld the queries are put as anybody would put them, to
     * the whole collection; what the order among chosen records tells is {@link #chosenOrder}.
     *
     * @throws AttackException.Refused where no form of a query is accepted at all
     * @throws AttackException where it ends before one query is answered
     */
    Harvest harvest(double[][] queries) throws AttackException, InterruptedException {
        Harvest harvest = new Harvest(queries.length, targets.size());
        shown = reconnoitre(queries[0], harvest);
        Form accepted = form;
        if (!harvest.sawScores()) {
            form = new Form(false, accepted.vectors());
        }
        ended = askEverything(queries, harvest);
        form = accepted;
        return harvest;
    }

    /** What the order of answers about chosen records shows; as far as the budget reaches. */
    Harvest chosenOrder(double[][] queries) throws InterruptedException {
        Harvest harvest = new Harvest(queries.length, targets.size());
        if (form.chosen()) {
            form = new Form(true, false);
            String stopped = askEverything(queries, harvest);
            ended = ended.isEmpty() ? stopped : ended;
        }
        return harvest;
    }

    /** Returns why it ended early; empty where it did not. */
    private String askEverything(double[][] queries, Harvest harvest) throws InterruptedException {
        int group = form.chosen() ? Math.max(1, Math.min(shown, targets.size())) : targets.size();
        harvest.shape(form.chosen() ? group : records, Math.min(shown, form.chosen() ? group : records));
        try {
            takeVectors(queries[0], group, harvest);
            int from = 0;
            while (from < queries.length) {
                int to = Math.min(queries.length, from + batch);
                if (askAll(queries, from, to, group, harvest)) {
                    harvest.asked(to);
                    from = to;
                }
            }
            return "";
        } catch (AttackException e) {
            return e.getMessage();
        }
    }

    /** Why not every query was asked that may be; empty where every one was. */
    String ended() {
        return ended;
    }

    /** Finds a form that is accepted and shows targets; returns how many an answer shows. */
    private int reconnoitre(double[] query, Harvest harvest) throws AttackException, InterruptedException {
        AttackException.Refused refusal = null;
        for (Form tried :
                List.of(new Form(true, true), new Form(true, false), new Form(false, true), new Form(false, false))) {
            form = tried;
            try {
                int count = ask(new double[][] {query}, 0, all(), harvest);
                if (count > 0) {
                    return count;
                }
            } catch (AttackException.Refused e) {
                if (!e.malformed() && !e.forbidden()) {
                    throw e;
                }
                refusal = e;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
        return 0;
    }

    /** Vectors come back the same whatever the query: one query for each group has them all. */
    private void takeVectors(double[] query, int group, Harvest harvest) throws AttackException, InterruptedException {
        if (form.vectors() && harvest.sawAnyVector() && !harvest.sawVectors()) {
            askAll(new double[][] {query}, 0, 1, group, harvest);
        }
        form = new Form(form.chosen(), false);
    }

    /** Returns false where the batch is too large for whoever answers; the next try is with a smaller one. */
    private boolean askAll(double[][] queries, int from, int to, int group, Harvest harvest)
            throws AttackException, InterruptedException {
        double[][] some = Arrays.copyOfRange(queries, from, to);
        try {
            for (int first = 0; first < targets.size(); first += group) {
                ask(
                        some,
                        from,
                        IntStream.range(first, Math.min(targets.size(), first + group))
                                .toArray(),
                        harvest);
            }
            return true;
        } catch (AttackException.Refused e) {
            if (!e.malformed() || to - from == 1) {
                throw e;
            }
            batch = Math.max(1, (to - from) / 2);
            return false;
        }
    }

    /** Returns how many results the first query's answer shows. */
    private int ask(double[][] queries, int firstQuery, int[] about, Harvest harvest)
            throws AttackException, InterruptedException {
        budget.spend(queries.length);
        ObjectNode body = JSON.objectNode();
        ArrayNode vectors = body.putArray("query_embeddings");
        for (double[] query : queries) {
            vectors.add(ChromaStore.vector(query));
        }
        body.put("n_results", about.length);
        if (form.chosen()) {
            ArrayNode ids = body.putArray("ids");
            IntStream.of(about).forEach(target -> ids.add(targets.get(target)));
        }
        ArrayNode include = body.putArray("include").add("distances");
        if (form.vectors()) {
            include.add("embeddings");
        }
        JsonClient.Answer answer = store.ask(collection, "query", body, budget);
        if (answer.status() >= 400) {
            throw new AttackException.Refused("query", answer.status());
        }
        JsonNode ids = answer.body().path("ids");
        if (!ids.isArray()) {
            throw new AttackException.Unreadable("query");
        }
        for (int i = 0; i < queries.length; i++) {
            take(answer.body(), i, firstQuery + i, harvest);
        }
        return ids.path(0).size();
    }

    private void take(JsonNode body, int row, int query, Harvest harvest) {
        JsonNode ids = body.path("ids").path(row);
        for (int rank = 0; rank < ids.size(); rank++) {
            Integer target = indices.get(ids.path(rank).asText());
            if (target == null) {
                continue;
            }
            harvest.rank(query, target, rank);
            JsonNode distance = body.path("distances").path(row).path(rank);
            if (distance.isNumber()) {
                harvest.score(query, target, space.innerProduct(distance.doubleValue()));
            }
            JsonNode vector = body.path("embeddings").path(row).path(rank);
            if (vector.isArray() && !vector.isEmpty()) {
                List<Double> numbers = new ArrayList<>();
                vector.forEach(x -> numbers.add(x.doubleValue()));
                harvest.vector(
                        target,
                        numbers.stream().mapToDouble(Double::doubleValue).toArray());
            }
        }
    }

    private int[] all() {
        return IntStream.range(0, targets.size()).toArray();
    }
}
