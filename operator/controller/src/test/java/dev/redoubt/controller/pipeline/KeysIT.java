package dev.redoubt.controller.pipeline;

import static dev.redoubt.controller.Pipelines.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.Labels;
import dev.redoubt.controller.Pipelines;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.testing.KubeApiServer;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.Keyring;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of keys: whoever loses one cannot read their records, or is locked out. */
class KeysIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static final String SEALED =
            """
            {"spec": {"vectorStores": [{"name": "docs", "engine": "Chroma", "fieldEncryption": {"fields": ["document"]},
              "retrieval": {"maxResults": %d}, "workload": {"kind": "Deployment", "name": "%s"}}]}}
            """;

    private static Cluster cluster;
    private static Pipelines pipelines;
    private RunningOperator operator;

    @BeforeAll
    static void install() {
        RunningOperator.install(SERVER.client());
        cluster = new Cluster(SERVER.client());
        pipelines = new Pipelines(SERVER.client());
    }

    @BeforeEach
    void start() {
        operator = new RunningOperator(SERVER.client(), SERVER.namespace());
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void anApiKeyIsTheSameAfterEditsAndARestartOfTheOperator() {
        RagPipeline pipeline = sealed("kept", 5);
        Secret before = secret(pipeline, Labels.CLIENT, "assistant");

        seal(pipeline, 6);
        operator.close();
        operator = new RunningOperator(SERVER.client(), SERVER.namespace());
        seal(pipeline, 7);

        Secret after = secret(pipeline, Labels.CLIENT, "assistant");
        assertThat(after.getData()).isEqualTo(before.getData());
        assertThat(after.getMetadata().getResourceVersion())
                .as("it was not written at all")
                .isEqualTo(before.getMetadata().getResourceVersion());
    }

    @Test
    void theDataKeyIsImmutableAndBelongsToNoObjectThatCanBeDeleted() {
        RagPipeline pipeline = sealed("immutable", 5);
        Secret key = secret(pipeline, Labels.KEY, "data");

        assertThat(key.getImmutable()).isTrue();
        assertThat(key.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(key.getMetadata().getLabels()).containsEntry(Labels.KEY_VERSION, "1");
        assertThatThrownBy(() -> cluster.merge(key, "{\"data\": {\"key\": \"AAAA\"}}"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("immutable");
        assertThat(secret(pipeline, Labels.KEY, "token").getMetadata().getOwnerReferences())
                .isEmpty();
    }

    @Test
    void theGuardsKeyRingHoldsTheDataKey() throws IOException {
        RagPipeline pipeline = sealed("used", 5);

        assertThat(keyring(pipeline).keys().get(1))
                .isEqualTo(Base64.getDecoder()
                        .decode(secret(pipeline, Labels.KEY, "data").getData().get("key")));
        assertThat(keyring(pipeline).active()).isEqualTo(1);
        assertThat(pipelines.now(pipeline).getStatus().targets())
                .singleElement()
                .satisfies(target -> assertThat(target.keyVersion()).isEqualTo(1));
    }

    @Test
    void theDataKeyOutlivesThePipelineAndIsUsedAgainByTheNextOfThatName() throws IOException {
        RagPipeline pipeline = sealed("again", 5);
        Secret before = secret(pipeline, Labels.KEY, "data");

        SERVER.client().resource(pipeline).delete();
        soon().until(() -> pipelines.now(pipeline) == null);
        assertThat(SERVER.client().resource(before).get()).isNotNull();
        soon().untilAsserted(() -> assertThat(
                        SERVER.client().events().v1().events().list().getItems())
                .as("the deletion says which Secrets stay")
                .anyMatch(event -> "KeysKept".equals(event.getReason())
                        && event.getNote().contains(before.getMetadata().getName())));
        RagPipeline next = sealed("again", 5);

        assertThat(secret(next, Labels.KEY, "data").getMetadata().getUid())
                .isEqualTo(before.getMetadata().getUid());
        soon().untilAsserted(() -> assertThat(keyring(next).keys().get(1))
                .isEqualTo(Base64.getDecoder().decode(before.getData().get("key"))));
    }

    @Test
    void aDataKeyThatWasLostIsMadeAgainFromTheGuardsCopyAndNeverReplaced() {
        RagPipeline pipeline = sealed("lost", 5);
        Secret before = secret(pipeline, Labels.KEY, "data");

        SERVER.client().resource(before).delete();

        soon().untilAsserted(() ->
                assertThat(secret(pipeline, Labels.KEY, "data").getData()).isEqualTo(before.getData()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "token"})
    void aKeyThatIsNowhereStopsThePipelineInsteadOfANewOneTakingItsPlace(String kind) {
        RagPipeline pipeline = sealed("nowhere-" + kind, 5);
        operator.close();
        String lost = secret(pipeline, Labels.KEY, kind).getMetadata().getName();
        SERVER.client()
                .secrets()
                .withLabel(Labels.PIPELINE, pipeline.getMetadata().getName())
                .delete();

        operator = new RunningOperator(SERVER.client(), SERVER.namespace());

        awaitMissing(pipeline);
        // a reconciliation that knows of the loss by the status alone
        seal(pipeline, 6);
        awaitMissing(pipeline);
        assertThat(SERVER.client().secrets().withName(lost).get()).isNull();
    }

    private static void awaitMissing(RagPipeline pipeline) {
        soon().untilAsserted(() -> {
            RagPipeline now = pipelines.now(pipeline);
            assertThat(now.getStatus().observedGeneration())
                    .isEqualTo(now.getMetadata().getGeneration());
            assertThat(cluster.condition(pipeline, ConditionType.READY)).satisfies(ready -> {
                assertThat(ready.getReason()).isEqualTo(ConditionReason.KEY_MISSING.value());
                assertThat(ready.getMessage()).contains("restore it from a backup");
            });
        });
    }

    private static RagPipeline sealed(String name, int maxResults) {
        RagPipeline pipeline = cluster.pipeline(name, name, "");
        seal(pipeline, maxResults);
        pipelines.awaitReady(pipeline, ConditionReason.ARMED);
        soon().untilAsserted(
                        () -> assertThat(pipelines.now(pipeline).getStatus().targets())
                                .allMatch(target -> target.keyVersion() != null));
        return pipeline;
    }

    private static void seal(RagPipeline pipeline, int maxResults) {
        cluster.merge(
                pipeline, SEALED.formatted(maxResults, pipeline.getMetadata().getName()));
        soon().untilAsserted(() -> assertThat(pipelines.config(pipeline))
                .hasValueSatisfying(
                        config -> assertThat(config.retrieval().maxResults()).isEqualTo(maxResults)));
    }

    private static Secret secret(RagPipeline pipeline, String label, String value) {
        List<Secret> found = SERVER.client()
                .secrets()
                .withLabel(Labels.PIPELINE, pipeline.getMetadata().getName())
                .withLabel(label, value)
                .list()
                .getItems();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Keyring keyring(RagPipeline pipeline) throws IOException {
        return Keyring.parse(Base64.getDecoder()
                .decode(SERVER.client()
                        .secrets()
                        .withName(Target.of(pipeline).get(0).guardObject())
                        .get()
                        .getData()
                        .get("keyring.json")));
    }
}
