package dev.redoubt.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiSerializationTest {
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @ParameterizedTest
    @ValueSource(classes = {RagPipeline.class, RedactionPolicy.class, LeakageTest.class})
    void anObjectIsEqualAfterWritingAndReadingIt(Class<? extends CustomResource<?, ?>> kind) {
        var read = example(kind);

        var readAgain = serialization.unmarshal(serialization.asJson(read), kind);

        assertThat(readAgain.getSpec()).isEqualTo(read.getSpec()).hasSameHashCodeAs(read.getSpec());
        assertThat(readAgain).isEqualTo(read);
    }

    @Test
    void whatIsAbsentIsNotWritten() {
        assertThat(serialization.asJson(new RagPipeline())).doesNotContain("spec", "status");
        assertThat(serialization.asJson(new Retrieval(5, null, null, null, null, null, null)))
                .doesNotContain("scoreStep", "tenant");
    }

    @Test
    void anApiKeyIdentityWithoutSettingsSurvives() {
        var identity = new ClientIdentity(null, new ClientIdentity.ApiKey(), null);

        assertThat(serialization.asJson(identity)).isEqualTo("{\"apiKey\":{}}");
        assertThat(serialization.unmarshal("{\"apiKey\":{}}", ClientIdentity.class))
                .isEqualTo(identity);
    }

    @Test
    void aFieldOfANewerVersionIsPassedOver() {
        assertThat(serialization.unmarshal("{\"isolation\":\"Disabled\",\"invented\":1}", Network.class))
                .isEqualTo(new Network(Network.Isolation.DISABLED));
    }

    @Test
    void anUnknownValueIsNeverReadAsAnother() {
        assertThatThrownBy(() -> serialization.unmarshal("{\"isolation\":\"disabled\"}", Network.class))
                .hasRootCauseInstanceOf(InvalidFormatException.class);
    }

    @Test
    void absentListsAreEmptyInSpecAndStatus() {
        var spec = serialization.unmarshal("{}", RagPipelineSpec.class);
        assertThat(spec.vectorStores()).isEmpty();
        assertThat(spec.clients()).isEmpty();

        var status = serialization.unmarshal("{}", RagPipelineStatus.class);
        assertThat(status.conditions()).isEmpty();
        assertThat(status.targets()).isEmpty();
    }

    @Test
    void conditionsOfAStatusSurvive() {
        var ready = new ConditionBuilder()
                .withType(ConditionType.READY.value())
                .withStatus("False")
                .withReason(ConditionReason.ARMED.value())
                .withMessage("Deployment chroma does not exist; its first pod will be guarded")
                .withLastTransitionTime("2026-11-23T12:00:00Z")
                .withObservedGeneration(3L)
                .build();
        var status = new RagPipelineStatus(3L, List.of(ready), "r1", "0/0", List.of(), List.of(), null);

        assertThat(serialization.unmarshal(serialization.asJson(status), RagPipelineStatus.class))
                .isEqualTo(status);
    }

    @Test
    void aBudgetIsReadInHoursMinutesAndSecondsAndWrittenAsItWas() {
        assertThat(new Budget(1, "1h30m5s").asDuration()).isEqualTo(Duration.ofSeconds(5405));
        assertThat(serialization.asJson(new Budget(1, "90m"))).isEqualTo("{\"queries\":1,\"duration\":\"90m\"}");
    }

    private <T> T example(Class<T> kind) {
        var name = "/examples/" + kind.getSimpleName().toLowerCase(Locale.ROOT) + ".yaml";
        InputStream stream = getClass().getResourceAsStream(name);
        assertThat(stream).as(name).isNotNull();
        return serialization.unmarshal(stream, kind);
    }
}
