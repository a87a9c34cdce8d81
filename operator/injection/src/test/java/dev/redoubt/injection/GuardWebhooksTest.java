package dev.redoubt.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.crds.RagPipeline;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardWebhooksTest {
    private static final GuardWebhooks WEBHOOKS = new GuardWebhooks("redoubt", "redoubt-webhook", "Y2E=");
    private static final Path EXPECTED = Yaml.GOLDEN.resolve("out-webhooks.yaml");

    @Test
    void everyHeldWorkloadHasItsEntryAndNoOtherHas() throws IOException {
        String yaml = Yaml.write(WEBHOOKS.entries(Yaml.pipelines()));
        if (Boolean.getBoolean("redoubt.update")) {
            Files.writeString(EXPECTED, yaml);
        }
        assertThat(EXPECTED).hasContent(yaml);
    }

    @Test
    void theOrderOfPipelinesChangesNothing() {
        List<RagPipeline> reversed = new ArrayList<>(Yaml.pipelines());
        Collections.reverse(reversed);

        assertThat(WEBHOOKS.entries(reversed)).isEqualTo(WEBHOOKS.entries(Yaml.pipelines()));
    }

    @Test
    void theOperatorsOwnNamespaceIsNeverGuardedSoThatItCanAlwaysStart() {
        assertThat(new GuardWebhooks("shop", "redoubt-webhook", "Y2E=").entries(Yaml.pipelines()))
                .extracting(MutatingWebhook::getName)
                .containsExactly("theirs.elsewhere.other.pods.redoubt.dev");
    }
}
