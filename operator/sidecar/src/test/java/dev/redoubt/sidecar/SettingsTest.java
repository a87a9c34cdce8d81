package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Map<String, String> environment(String ports) {
        Map<String, String> environment = new HashMap<>();
        environment.put("REDOUBT_NAMESPACE", "rag");
        environment.put("REDOUBT_PIPELINE", "support");
        environment.put("REDOUBT_TARGET", "docs");
        environment.put("REDOUBT_PORTS", ports);
        return environment;
    }

    @Test
    void portsAreReadInOrder() {
        Settings settings = Settings.from(environment("http:8000:18000,grpc:8001:18001"));
        assertThat(settings.ports())
                .containsExactly(new Settings.Port("http", 8000, 18000), new Settings.Port("grpc", 8001, 18001));
        assertThat(settings.directory()).isEqualTo(Path.of("/etc/redoubt"));
        assertThat(settings.adminPort()).isEqualTo(15090);
        assertThat(settings.healthPort()).isEqualTo(15091);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8000:18000",
                ":8000:18000",
                "http:8000",
                "http:0:18000",
                "http:8000:70000",
                "http:x:18000",
                "http:8000:18000,",
                "http:8000:8000",
                "http:8000:18000,b:8000:18001",
                "http:15090:18000"
            })
    void portsThatCannotBeServedAreRefusedByName(String ports) {
        assertThatThrownBy(() -> Settings.from(environment(ports)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("REDOUBT_PORTS");
    }

    @Test
    void aMissingVariableIsNamed() {
        Map<String, String> environment = environment("http:8000:18000");
        environment.remove("REDOUBT_TARGET");
        assertThatThrownBy(() -> Settings.from(environment)).hasMessageContaining("REDOUBT_TARGET");
    }
}
