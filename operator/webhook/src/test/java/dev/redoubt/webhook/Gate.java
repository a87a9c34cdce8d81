package dev.redoubt.webhook;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The gate as the chart has it, with the two values that it is rendered with. */
final class Gate {
    /** The guard's image; one for all tests, because they share the API server and with it the gate. */
    static final String IMAGE = "redoubt.local/redoubt-guard@sha256:" + "1".repeat(64);

    static final String BREAK_GLASS = "redoubt:break-glass";

    private Gate() {}

    static void apply(KubernetesClient client) {
        try {
            String rendered = Files.readString(
                            Path.of(System.getProperty("redoubt.root"), "charts/redoubt/templates/gate.yaml"))
                    .replace("{{ .Values.images.guard }}", IMAGE)
                    .replace("{{ .Values.gate.breakGlassGroup }}", BREAK_GLASS);
            if (rendered.contains("{{")) {
                throw new IllegalStateException("the gate is rendered with values that this test does not know");
            }
            for (HasMetadata object : client.load(new ByteArrayInputStream(rendered.getBytes(StandardCharsets.UTF_8)))
                    .items()) {
                client.resource(object)
                        .patch(new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("test")
                                .withForce(true)
                                .build());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
