package dev.redoubt.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.profiles.Schema;
import dev.redoubt.profiles.Takeover;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that are moved by their environment, and engines with several ports. */
class ContainerMoveTest {
    private static final Profile CHROMA = Profiles.builtIn().find("Chroma").orElseThrow();
    private static final Profile OLLAMA = Profiles.builtIn().find("Ollama").orElseThrow();
    private static final ContainerMove MOVE = new ContainerMove(new Profile(
            "Engine",
            Profile.Kind.VectorStore,
            List.of(),
            List.of(new Profile.Port("http", 6333, List.of()), new Profile.Port("grpc", 6334, List.of())),
            new Takeover(
                    List.of(),
                    List.of(
                            new Takeover.Variable("ENGINE_HOST", "127.0.0.1", null),
                            new Takeover.Variable("ENGINE_HTTP_PORT", null, "http"),
                            new Takeover.Variable("ENGINE_GRPC_PORT", null, "grpc"))),
            "/readyz",
            Profile.ErrorShape.Problem,
            Schema.NONE,
            CHROMA.routes()));

    @Test
    void variablesAreReplacedInTheirPlaceAndAppendedWhereAbsent() throws NotMovable {
        Pod pod = pod(
                """
                - {name: ENGINE_GRPC_PORT, value: "7334"}
                - {name: OTHER, value: x}
                - {name: ENGINE_HOST, value: "::"}
                """);
        Container container = pod.getSpec().getContainers().get(0);
        List<GuardPort> ports = MOVE.ports(pod, container);

        assertThat(GuardPort.format(ports)).isEqualTo("http:6333:16333,grpc:7334:17334");
        assertThat(MOVE.move(container, ports).getEnv())
                .extracting(e -> e.getName() + "=" + e.getValue())
                .containsExactly(
                        "ENGINE_GRPC_PORT=17334", "OTHER=x", "ENGINE_HOST=127.0.0.1", "ENGINE_HTTP_PORT=16333");
    }

    @Test
    void anEngineThatIsMovedByItsEnvironmentNeedsNoCommandLine() throws NotMovable {
        Pod pod = pod("- {name: OTHER, value: x}");
        Container container = pod.getSpec().getContainers().get(0);

        assertThat(MOVE.move(container, MOVE.ports(pod, container)).getArgs()).isEmpty();
    }

    @Test
    void aPortThatComesFromElsewhereIsNotGuessed() {
        Pod pod = pod("- {name: ENGINE_HTTP_PORT, valueFrom: {configMapKeyRef: {name: ports, key: http}}}");

        assertThatThrownBy(() -> MOVE.ports(pod, pod.getSpec().getContainers().get(0)))
                .isInstanceOf(NotMovable.class)
                .hasMessageContaining("State it as a number");
    }

    @Test
    void aDatabaseIsMovedByItsLastArgumentsWhateverStandsBefore() throws NotMovable {
        ContainerMove move =
                new ContainerMove(Profiles.builtIn().find("PgVector").orElseThrow());
        Pod pod = pod("- {name: PGDATA, value: /data}");
        Container container = pod.getSpec().getContainers().get(0);
        container.setArgs(List.of("-c", "listen_addresses=*", "-c", "port=5433", "-c", "max_connections=50"));
        List<GuardPort> ports = move.ports(pod, container);

        assertThat(GuardPort.format(ports)).isEqualTo("postgres:5433:15433");
        Container moved = move.move(container, ports);
        assertThat(moved.getArgs())
                .endsWith("max_connections=50", "--listen_addresses=127.0.0.1", "--port=15433")
                .hasSize(8);
        assertThat(move.move(moved, ports).getArgs()).isEqualTo(moved.getArgs());
    }

    @Test
    void aDatabaseWithoutACommandLineIsNotGuessedAt() {
        ContainerMove move =
                new ContainerMove(Profiles.builtIn().find("PgVector").orElseThrow());
        Pod pod = pod("- {name: PGDATA, value: /data}");
        Container container = pod.getSpec().getContainers().get(0);

        assertThatThrownBy(() -> move.move(container, move.ports(pod, container)))
                .isInstanceOf(NotMovable.class)
                .hasMessageContaining("Write the command line out as args");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenSearch", "Elasticsearch"})
    void aSearchEngineIsMovedByTheSettingsThatItsImageTakesFromVariables(String engine) throws NotMovable {
        Pod pod = pod("- {name: discovery.type, value: single-node}");
        Container container = pod.getSpec().getContainers().get(0);
        ContainerMove move = new ContainerMove(Profiles.builtIn().find(engine).orElseThrow());
        List<GuardPort> ports = move.ports(pod, container);
        assertThat(ports).singleElement().satisfies(each -> assertThat(each.listen())
                .isEqualTo(9200));
        assertThat(move.move(container, ports).getEnv())
                .extracting(e -> e.getName() + "=" + e.getValue())
                .containsExactlyInAnyOrder(
                        "discovery.type=single-node",
                        "http.host=127.0.0.1",
                        "http.port=" + ports.get(0).upstream());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 11434",
        "0.0.0.0:8434, 8434",
        "http://0.0.0.0:8434, 8434",
        "http://0.0.0.0:8434/, 8434",
        ":8434, 8434",
        "[::], 11434",
        "[::]:8434, 8434"
    })
    void aPortInAnAddressIsFoundAndTheAddressReplaced(String address, int port) throws NotMovable {
        Pod pod = pod("- {name: OLLAMA_HOST, value: \"" + address + "\"}");
        Container container = pod.getSpec().getContainers().get(0);
        ContainerMove move = new ContainerMove(OLLAMA);
        List<GuardPort> ports = move.ports(pod, container);

        assertThat(ports).singleElement().satisfies(each -> assertThat(each.listen())
                .isEqualTo(port));
        Container moved = move.move(container, ports);
        String here = "127.0.0.1:" + ports.get(0).upstream();
        assertThat(moved.getEnv())
                .extracting(e -> e.getName() + "=" + e.getValue())
                .containsExactly("OLLAMA_HOST=" + here);
        assertThat(move.settings(ports)).containsExactly("OLLAMA_HOST=" + here);
        assertThat(move.ports(pod, move.moveBack(moved, ports))).isEqualTo(ports);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://0.0.0.0", "$(HOST):8434", "0.0.0.0:port", "0.0.0.0:8434/path", "::", "0.0.0.0:99999", ""
            })
    void anAddressWhosePortCannotBeToldIsNotGuessed(String address) {
        Pod pod = pod("- {name: OLLAMA_HOST, value: \"" + address + "\"}");

        assertThatThrownBy(() -> new ContainerMove(OLLAMA)
                        .ports(pod, pod.getSpec().getContainers().get(0)))
                .isInstanceOf(NotMovable.class)
                .hasMessageContaining("State it as a number");
    }

    @Test
    void aWeaviateAsItsChartRunsItIsMovedByArgumentsAndItsGrpcByTheEnvironment() throws NotMovable {
        Pod pod = Yaml.pod(
                """
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                  - name: weaviate
                    image: weaviate:1
                    command: [/bin/weaviate]
                    args: [--host, 0.0.0.0, --port, "8080", --scheme, http]
                    ports: [{containerPort: 8080}, {name: grpc, containerPort: 50051}]
                """);
        Container container = pod.getSpec().getContainers().get(0);
        ContainerMove move =
                new ContainerMove(Profiles.builtIn().find("Weaviate").orElseThrow());
        List<GuardPort> ports = move.ports(pod, container);

        assertThat(ports).extracting(GuardPort::listen).containsExactly(8080, 50051);
        Container moved = move.move(container, ports);
        assertThat(moved.getArgs())
                .containsExactly(
                        "--host", "127.0.0.1", "--port", "" + ports.get(0).upstream(), "--scheme", "http");
        assertThat(moved.getEnv())
                .extracting(e -> e.getName() + "=" + e.getValue())
                .containsExactly("GRPC_PORT=" + ports.get(1).upstream());
        assertThat(move.ports(pod, move.moveBack(moved, ports))).isEqualTo(ports);
    }

    @Test
    void bothPortsOfQdrantAreMovedToLoopback() throws NotMovable {
        Pod pod = pod("- {name: QDRANT__SERVICE__HTTP_PORT, value: \"7333\"}");
        Container container = pod.getSpec().getContainers().get(0);
        ContainerMove move = new ContainerMove(Profiles.builtIn().find("Qdrant").orElseThrow());
        List<GuardPort> ports = move.ports(pod, container);

        assertThat(ports).extracting(GuardPort::listen).containsExactly(7333, 6334);
        assertThat(move.move(container, ports).getEnv())
                .extracting(e -> e.getName() + "=" + e.getValue())
                .containsExactly(
                        "QDRANT__SERVICE__HTTP_PORT=" + ports.get(0).upstream(),
                        "QDRANT__SERVICE__HOST=127.0.0.1",
                        "QDRANT__SERVICE__GRPC_PORT=" + ports.get(1).upstream());
    }

    private static Pod pod(String env) {
        return Yaml.pod(
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: engine\n    image: engine:1\n    env:\n"
                        + env.indent(4));
    }
}
