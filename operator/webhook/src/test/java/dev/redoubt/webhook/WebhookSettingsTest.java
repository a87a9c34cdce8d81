package dev.redoubt.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
    private static final Map<String, String> COMPLETE = Map.of(
            "REDOUBT_NAMESPACES", "rag, shop,,rag", "REDOUBT_GUARD_IMAGE", "guard@sha256:1", "REDOUBT_TLS_DIR", "/tls");

    @Test
    void namespacesAreReadWithoutDoublesAndPortsHaveDefaults() {
        WebhookSettings settings = WebhookSettings.from(COMPLETE);

        assertThat(settings.namespaces()).containsExactly("rag", "shop");
        assertThat(settings.port()).isEqualTo(8443);
        assertThat(settings.healthPort()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDOUBT_NAMESPACES", "REDOUBT_GUARD_IMAGE", "REDOUBT_TLS_DIR"})
    void aMissingVariableIsNamed(String name) {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.remove(name);

        assertThatThrownBy(() -> WebhookSettings.from(environment)).hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "65536"})
    void aPortThatIsNoneIsNamed(String port) {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.put("REDOUBT_PORT", port);

        assertThatThrownBy(() -> WebhookSettings.from(environment)).hasMessageContaining("REDOUBT_PORT");
    }
}
