package dev.redoubt.controller.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.controller.pipeline.RecognizerService.UnusableException;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognizerServiceTest {
    private static final ExternalRecognizer RECOGNIZER =
            new ExternalRecognizer("presidio", "analyzer", 3000, List.of("PERSON"), OnError.Block, 1000);

    private static RecognizerService resolve(String spec) throws UnusableException {
        Service service = Serialization.unmarshal("kind: Service\napiVersion: v1\nspec: " + spec, Service.class);
        return RecognizerService.of(RECOGNIZER, "shop", Map.of("analyzer", service));
    }

    @Test
    void aServiceIsReachedByItsPortAndItsPodsByTheirs() throws Exception {
        RecognizerService resolved =
                resolve("{clusterIP: 10.0.0.1, selector: {app: a}, ports: [{port: 3000, targetPort: 5002}]}");
        assertThat(resolved.recognizer()).isEqualTo(RECOGNIZER.at("10.0.0.1", 3000));
        assertThat(resolved.selector()).isEqualTo(Map.of("app", "a"));
        assertThat(resolved.port()).isEqualTo(new IntOrString(5002));
    }

    @Test
    void aServiceWithoutATargetPortHasItsOwn() throws Exception {
        assertThat(resolve("{selector: {app: a}, ports: [{port: 3000}]}").port())
                .isEqualTo(new IntOrString(3000));
    }

    @Test
    void thePodsOfAHeadlessServiceAreReachedByTheirOwnPort() throws Exception {
        assertThat(resolve("{clusterIP: None, selector: {app: a}, ports: [{port: 3000, targetPort: 5002}]}")
                        .recognizer())
                .isEqualTo(RECOGNIZER.at("analyzer.shop.svc", 5002));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: ExternalName, externalName: evil.example.com, ports: [{port: 3000}]} | UNSUPPORTED"
                        + " | Service analyzer of recognizer presidio selects no pods of this namespace; name one that does",
                "{type: ExternalName, selector: {app: a}, externalName: evil.example.com, ports: [{port: 3000}]} | UNSUPPORTED"
                        + " | Service analyzer of recognizer presidio selects no pods of this namespace; name one that does",
                "{ports: [{port: 3000}]} | UNSUPPORTED"
                        + " | Service analyzer of recognizer presidio selects no pods of this namespace; name one that does",
                "{selector: {app: a}, ports: [{port: 80}]} | SERVICE_NOT_FOUND"
                        + " | Service analyzer of recognizer presidio has no TCP port 3000; name one that it has",
                "{selector: {app: a}, ports: [{port: 3000, protocol: UDP}]} | SERVICE_NOT_FOUND"
                        + " | Service analyzer of recognizer presidio has no TCP port 3000; name one that it has",
                "{clusterIP: None, selector: {app: a}, ports: [{port: 3000, targetPort: http}]} | UNSUPPORTED"
                        + " | The headless Service analyzer of recognizer presidio names its target port; give the number,"
                        + " or the Service an address"
            })
    void aServiceThatCannotBeUsedIsNamedWithTheNextStep(String spec, ConditionReason reason, String message) {
        assertThatThrownBy(() -> resolve(spec))
                .isInstanceOf(UnusableException.class)
                .hasMessage(message)
                .extracting(e -> ((UnusableException) e).reason())
                .isEqualTo(reason);
    }
}
