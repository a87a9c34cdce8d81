package dev.redoubt.controller.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.redoubt.controller.keys.KeySecrets;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reconciliation that failed: exceptions of others may quote the object that they failed on, Secrets included. */
class FailureTest {
    private static final String KEY = "rdk_the-key-that-must-not-be-seen";
    private static final String ENCODED = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));

    static Stream<Exception> errors() {
        Secret broken = new SecretBuilder()
                .withNewMetadata()
                .withName("redoubt-key-support.docs.v1")
                .endMetadata()
                .addToData(KeySecrets.KEY, ENCODED)
                .build();
        return Stream.of(
                new KubernetesClientException("Failure executing: PUT of " + broken, 422, null),
                new IllegalArgumentException("cannot parse " + KEY),
                new RuntimeException(KEY, new IllegalStateException(ENCODED)),
                catchThrowableOfType(IllegalStateException.class, () -> KeySecrets.read(broken)));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void noMessageHoldsAKey(Exception error) {
        assertThat(Failure.findings(error)).isNotEmpty().allSatisfy(finding -> assertThat(finding.message())
                .doesNotContain(KEY, ENCODED));
    }

    @Test
    void aRefusedReadOfSecretsIsToldFromOtherErrorsAndNamesTheNextStep() {
        String message = "secrets is forbidden: User \"x\" cannot list resource \"secrets\" in the namespace \"shop\"";
        KubernetesClientException refused = new KubernetesClientException(
                message,
                403,
                new StatusBuilder().withCode(403).withMessage(message).build());

        assertThat(ready(Failure.findings(refused))).satisfies(ready -> {
            assertThat(ready.reason()).isEqualTo(ConditionReason.SECRET_ACCESS_DENIED);
            assertThat(ready.message()).contains("\"shop\"", "chart's values");
        });
    }

    @Test
    void aBrokenKeySecretIsNamed() {
        Exception broken = errors().toList().get(3);

        assertThat(ready(Failure.findings(broken)).message())
                .contains("redoubt-key-support.docs.v1", "restore it from a backup");
    }

    private static Finding ready(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.type() == ConditionType.READY)
                .findFirst()
                .orElseThrow();
    }
}
