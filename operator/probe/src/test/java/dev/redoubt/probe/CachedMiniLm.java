package dev.redoubt.probe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The real model, once for each text of this JVM: embedding is nearly all the time that these tests take. */
final class CachedMiniLm implements Embedder {
    private static final Map<String, double[]> KNOWN = new ConcurrentHashMap<>();

    @Override
    public double[][] embed(List<String> texts) {
        List<String> missing = texts.stream()
                .distinct()
                .filter(text -> !KNOWN.containsKey(text))
                .toList();
        if (!missing.isEmpty()) {
            try (MiniLm model = new MiniLm()) {
                double[][] vectors = model.embed(missing);
                for (int i = 0; i < vectors.length; i++) {
                    KNOWN.put(missing.get(i), vectors[i]);
                }
            }
        }
        return texts.stream().map(KNOWN::get).toArray(double[][]::new);
    }
}
