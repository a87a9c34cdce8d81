package dev.redoubt.webhook;

import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.InjectionDecision.Inject;
import dev.redoubt.injection.Injector;
import dev.redoubt.injection.JsonPatch;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Guards a pod of its own making before the first real one comes. It shows that this build can do it at all, and it
 * loads the hundreds of classes that a first time needs: on a busy node that takes longer than the API server waits for
 * an answer.
 */
final class SelfTest {
    private static final int ROUNDS = 20;

    private final KubernetesSerialization serialization;
    private final Injector injector;

    SelfTest(KubernetesSerialization serialization, Injector injector) {
        this.serialization = serialization;
        this.injector = injector;
    }

    /**
     * Runs the test.
     *
     * @throws IllegalStateException where the pod did not get its guard
     */
    void run() throws IOException {
        String json = new String(resource("pipeline.json"), StandardCharsets.UTF_8);
        // without a type first, as a watch reads its events: that is what loads the model of all of Kubernetes
        serialization.unmarshal(json);
        List<RagPipeline> claiming = List.of(serialization.unmarshal(json, RagPipeline.class));
        byte[] body = resource("review.json");
        for (int i = 0; i < ROUNDS; i++) {
            Review review = Review.parse(body);
            if (!(injector.decide(review.pod(), review.namespace(), claiming) instanceof Inject inject
                    && review.patched(JsonPatch.between(review.pod(), inject.pod())).length > body.length)) {
                throw new IllegalStateException("the self-test's pod did not get a guard");
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SelfTest.class.getResourceAsStream("/self-test/" + name)) {
            if (in == null) {
                throw new IOException(name + " is missing from the class path");
            }
            return in.readAllBytes();
        }
    }
}
