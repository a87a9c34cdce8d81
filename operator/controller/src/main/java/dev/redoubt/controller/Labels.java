package dev.redoubt.controller;

import java.util.Map;
import java.util.TreeMap;

/** Labels and annotations that Redoubt's objects carry. */
public final class Labels {
    /** Says that Redoubt made the object; informers select by it, so that no foreign Secret is ever read. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Value of {@link #MANAGED_BY}. */
    public static final String REDOUBT = "redoubt";

    /** Name of the RagPipeline that the object belongs to. */
    public static final String PIPELINE = "redoubt.dev/pipeline";

    /** Name of the vector store or model that the object belongs to. */
    public static final String TARGET = "redoubt.dev/target";

    /** Name of the client whose API key a Secret holds. */
    public static final String CLIENT = "redoubt.dev/client";

    /** Name of the LeakageTest that the object belongs to. */
    public static final String LEAKAGE_TEST = "redoubt.dev/leakage-test";

    /** What a key Secret holds: {@code data} or {@code token}. */
    public static final String KEY = "redoubt.dev/key";

    /** Version of a data key. */
    public static final String KEY_VERSION = "redoubt.dev/key-version";

    /** Selector of everything that Redoubt made. */
    public static final String SELECTOR = MANAGED_BY + "=" + REDOUBT;

    private Labels() {}

    /** Labels of an object of a pipeline. */
    public static Map<String, String> ofPipeline(String pipeline) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(MANAGED_BY, REDOUBT);
        labels.put(PIPELINE, pipeline);
        return labels;
    }

    /** Labels of an object of one target. */
    public static Map<String, String> ofTarget(String pipeline, String target) {
        Map<String, String> labels = ofPipeline(pipeline);
        labels.put(TARGET, target);
        return labels;
    }
}
