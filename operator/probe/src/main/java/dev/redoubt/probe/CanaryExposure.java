package dev.redoubt.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.vectors.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * How far a store's scores tell a planted value from others of its shape: exposure = log2|R| − log2 rank (Carlini et
 * al. 2019), the rank being that of the true value among all |R|, estimated from {@value #CANDIDATES} candidates, so
 * that more than log2 of their number is never claimed. Ties count against the attacker, also where scores are
 * withheld.
 */
final class CanaryExposure {
    static final int CANDIDATES = 64;
    static final int CANARIES = 6;

    private final Scene scene;
    private final CanaryAttacker attacker;

    CanaryExposure(Scene scene, CanaryAttacker attacker) {
        this.scene = scene;
        this.attacker = attacker;
    }

    /** The most bits that can be shown. */
    static double ceiling() {
        return Math.log(CANDIDATES) / Math.log(2);
    }

    /** Median over some canaries, in bits. */
    double median(List<CanaryText> canaries) throws AttackException, InterruptedException {
        List<CanaryText> some = canaries.subList(0, Math.min(CANARIES, canaries.size()));
        Random random = new Random(scene.spec().seed() + 1);
        List<String> candidates = new ArrayList<>();
        for (CanaryText canary : some) {
            Set<Integer> secrets = new LinkedHashSet<>();
            secrets.add(canary.secret());
            while (secrets.size() < CANDIDATES) {
                secrets.add(random.nextInt(canary.kind().space()));
            }
            secrets.forEach(secret -> candidates.add(canary.kind().document(canary.codename(), secret)));
        }
        double[][] vectors = scene.embedder().embed(candidates);
        double[] bits = new double[some.size()];
        for (int i = 0; i < bits.length; i++) {
            double[][] own = Arrays.copyOfRange(vectors, i * CANDIDATES, (i + 1) * CANDIDATES);
            bits[i] = ceiling() - Math.log(rank(Canary.id(some.get(i)), own)) / Math.log(2);
        }
        return Quantile.median(bits);
    }

    private int rank(String id, double[][] candidates) throws AttackException, InterruptedException {
        ObjectNode body =
                CanaryAttacker.about(CanaryAttacker.lookup(), List.of(id)).put("n_results", 1);
        body.putArray("include").add("distances");
        JsonNode distances = attacker.searchOnce(candidates, body).body().path("distances");
        double truth = distances.path(0).path(0).asDouble(Double.NaN);
        int rank = 0;
        for (int i = 0; i < candidates.length; i++) {
            double distance = distances.path(i).path(0).asDouble(Double.NaN);
            rank += distance > truth ? 0 : 1;
        }
        return rank;
    }
}
