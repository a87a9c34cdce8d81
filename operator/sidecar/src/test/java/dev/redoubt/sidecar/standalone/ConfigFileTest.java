package dev.redoubt.sidecar.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.Output;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.policy.VectorProtection;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.policy.spec.SpecNode;
import dev.redoubt.policy.spec.YamlSpec;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.sidecar.standalone.StandaloneConfig.Door;
import dev.redoubt.sidecar.standalone.StandaloneConfig.GuardedTarget;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String CONFIG =
            """
            name: support
            mode: Observe
            keyring: keyring.json
            targets:
            - name: docs
              listen: 8000
              upstream: chroma:8001
              profile: Chroma
              mode: Enforce
              retrieval: {maxResults: 7, scores: Round, scoreStep: "0.05", vectors: Allow}
              sealedFields: [document]
            - {name: chat, listen: 8080, upstream: 9090, profile: OpenAI}
            clients:
            - name: assistant
              apiKeyFile: assistant.key
              tenant: acme
              allow:
              - {target: docs, operations: [Query], sealedFields: Open, reveal: [EMAIL_ADDRESS]}
              limits: {requestsPerMinute: 60}
            redaction:
              rules:
              - {entities: [SECRET], at: [Prompt], action: Block}
            """;

    @TempDir
    private Path folder;

    private StandaloneConfig read(String config) throws Exception {
        return new ConfigFile(Folders.with(folder, config), Keys.Existing).read();
    }

    @Test
    void vectorsAreProtectedWithTheMethodsOwnStrengthWhereNoneIsGiven() throws Exception {
        String config = CONFIG.replace("sealedFields: [document]", "vectorProtection: {method: ScaleAndPerturb}");
        assertThat(read(config).targets().get(0).config().vectorProtection())
                .isEqualTo(new VectorProtection(VectorProtection.Method.ScaleAndPerturb, new BigDecimal("1.0")));
    }

    @Test
    void everyFieldArrivesInTheConfigurationOfItsGuard() throws Exception {
        StandaloneConfig config = read(CONFIG);
        GuardedTarget docs = config.targets().get(0);
        assertThat(docs.door()).isEqualTo(new Door(8000, "chroma", 8001, 15091));
        assertThat(docs.config().mode()).isEqualTo(Mode.Enforce);
        assertThat(docs.config().pipeline()).isEqualTo("support");
        assertThat(docs.config().sealedFields()).containsExactly("document");
        assertThat(docs.config().retrieval())
                .isEqualTo(new Retrieval(
                        7,
                        Retrieval.Vectors.Return,
                        Retrieval.Scores.Round,
                        new BigDecimal("0.05"),
                        Permission.Deny,
                        Permission.Allow));
        Client client = docs.config().clients().get(0);
        assertThat(client.operations()).containsExactly(Operation.Query);
        assertThat(client.opensSealedFields()).isTrue();
        assertThat(client.tenant()).isEqualTo("acme");
        assertThat(client.reveals()).containsExactly("EMAIL_ADDRESS");
        assertThat(client.requestsPerMinute()).isEqualTo(60);
        GuardedTarget chat = config.targets().get(1);
        assertThat(chat.door()).isEqualTo(new Door(8080, "127.0.0.1", 9090, 15092));
        assertThat(chat.config().mode()).isEqualTo(Mode.Observe);
        assertThat(chat.config().output()).isEqualTo(new Output(Output.Logprobs.Strip, Permission.Deny, 1024, 1));
        assertThat(chat.config().clients().get(0).operations()).isEmpty();
        assertThat(chat.config().redaction().rules()).hasSize(1);
    }

    @Test
    void theFieldOfTheTenantArrives() throws Exception {
        String config = CONFIG.replace("maxResults: 7", "tenant: {field: tenant_id}");
        assertThat(config).isNotEqualTo(CONFIG);
        assertThat(read(config).targets().get(0).config().retrieval().tenant()).isEqualTo("tenant_id");
    }

    @Test
    void theDefaultsAreThoseOfTheCustomResource() throws Exception {
        Path crd = Path.of(
                System.getProperty("redoubt.root"), "crds/src/main/resources/crds/ragpipelines.redoubt.dev.yaml");
        SpecNode root = YamlSpec.documents("crd", Files.readAllBytes(crd)).get(0);
        SpecNode version = at(at(root, "spec"), "versions").items(1, 9).get(0);
        SpecNode spec = at(at(at(at(version, "schema"), "openAPIV3Schema"), "properties"), "spec");
        SpecNode stores = at(at(at(at(spec, "properties"), "vectorStores"), "items"), "properties");
        SpecNode models = at(at(at(at(spec, "properties"), "models"), "items"), "properties");
        Path file = Folders.with(
                folder,
                """
                targets:
                - {name: docs, listen: 1, upstream: 2, profile: Chroma, retrieval: {%s}}
                - {name: chat, listen: 3, upstream: 4, profile: OpenAI, output: {%s}}
                - {name: docs2, listen: 5, upstream: 6, profile: Chroma}
                - {name: chat2, listen: 7, upstream: 8, profile: OpenAI}
                """
                        .formatted(
                                defaults(
                                        at(stores, "retrieval"),
                                        "maxResults",
                                        "vectors",
                                        "scores",
                                        "bulkExport",
                                        "queryByVector"),
                                defaults(at(models, "output"), "logprobs", "logitBias", "maxTokens", "maxChoices")));
        List<GuardedTarget> targets = new ConfigFile(file, Keys.Existing).read().targets();
        assertThat(targets.get(2).config().retrieval())
                .isEqualTo(targets.get(0).config().retrieval());
        assertThat(targets.get(3).config().output())
                .isEqualTo(targets.get(1).config().output());
    }

    private static SpecNode at(SpecNode node, String name) {
        return ((SpecNode.Mapping) node).fields().get(name);
    }

    private static String defaults(SpecNode schema, String... names) {
        StringBuilder fields = new StringBuilder();
        for (String name : names) {
            SpecNode value = at(at(at(schema, "properties"), name), "default");
            fields.append(name)
                    .append(": ")
                    .append(((SpecNode.Scalar) value).text())
                    .append(", ");
        }
        return fields.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen: 8000 | listen: 99999 | 6:11: a whole number between 0 and 65535 is expected",
                "chroma:8001 | http://chroma | 7:13: host:port or port is expected, such as chroma:8000",
                "profile: Chroma | profile: Nothing | 8:12: expected is one of PROFILES",
                "maxResults: 7, | 'tenant: {field: a.b},' | 10:31: field must be a plain name of letters, digits, _ and -",
                "mode: Observe | mood: Observe | 2:1: unknown field mood; known are name, mode, keyring, targets, clients,"
                        + " redaction, policyFiles, services",
                "name: chat | name: docs | 12:3: two targets are named docs",
                "listen: 8080 | listen: 8000 | 12:3: port 8000 is listened on already",
                "scoreStep: \"0.05\", | '' | 10:14: scoreStep is needed with scores: Round and refused without",
                "target: docs, | target: dogs, | 18:14: expected is one of docs, chat",
                "[Query] | [Generate] | 18:33: expected is one of Query, Ingest, Export, Manage",
                "apiKeyFile: assistant.key | apiKeySha256: hunter2 | 15:17: a SHA-256 digest is expected: 64 lower-case"
                        + " hexadecimal digits",
                "action: Block | action: Mask, reversible: true | 22:66: reversible goes with action: Tokenize",
                "profile: OpenAI | profile: OpenAI, sealedFields: [x] | 12:77: sealedFields is a field of vector stores,"
                        + " and OpenAI is none of them",
                "sealedFields: [document] | vectorProtection: {method: Gaussian, strength: '0.1'} | 11:50: strength is not"
                        + " above 0 and at most 0.03",
            })
    void aFaultIsToldWithItsPlace(String part, String instead, String fault) {
        String config = CONFIG.replace(part, instead);
        assertThat(config).isNotEqualTo(CONFIG);
        String profiles = Profiles.builtIn().all().stream()
                .filter(profile -> !profile.speaks(Profile.Protocol.Postgres))
                .map(Profile::name)
                .collect(Collectors.joining(", "));
        assertThatThrownBy(() -> read(config))
                .hasMessage(folder.resolve("guard.yaml") + ":" + fault.replace("PROFILES", profiles));
    }

    @Test
    void aWeakKeyIsRefusedAndNotRepeated() throws Exception {
        Path file = Folders.with(folder, CONFIG);
        Path key = Folders.write(folder.resolve("assistant.key"), Folders.KEY + "\nhunter2\n");
        assertThatThrownBy(() -> new ConfigFile(file, Keys.Existing).read())
                .hasMessage(key + ":2:1: an API key is expected: 32 to 512 characters of ASCII without spaces");
    }

    @Test
    void twoKeysOfOneClientAreBothKnownSoThatTheyCanBeRotated() throws Exception {
        Path file = Folders.with(folder, CONFIG);
        Folders.write(folder.resolve("assistant.key"), Folders.KEY + "\n" + Folders.KEY + "2\n");
        StandaloneConfig config = new ConfigFile(file, Keys.Existing).read();
        assertThat(config.targets().get(0).config().clients().get(0).apiKeySha256())
                .hasSize(2);
    }

    @Test
    void aMissingKeyRingIsMadeOnlyOnRequestAndForItsOwnerAlone() throws Exception {
        Path file = Folders.with(folder, CONFIG);
        Path keyring = folder.resolve("keyring.json");
        Files.delete(keyring);
        assertThatThrownBy(() -> new ConfigFile(file, Keys.Existing).read())
                .hasMessage(file + ":3:10: the key ring " + keyring + " does not exist; --create-keys makes it");
        new ConfigFile(file, Keys.Borrowed).read();
        assertThat(keyring).doesNotExist();
        Keyring made = new ConfigFile(file, Keys.Created).read().keyring();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyring)))
                .isEqualTo("rw-------");
        Keyring again = new ConfigFile(file, Keys.Created).read().keyring();
        assertThat(again.token()).isEqualTo(made.token());
    }

    @Test
    void aSpoiltKeyRingIsNotRepeated() throws Exception {
        Path file = Folders.with(folder, CONFIG);
        Path keyring = Folders.write(folder.resolve("keyring.json"), "{\"token\": \"c2VjcmV0\"}");
        assertThatThrownBy(() -> new ConfigFile(file, Keys.Existing).read())
                .isInstanceOf(SpecException.class)
                .hasMessage(keyring + ":1:1: the key ring cannot be read");
    }

    @Test
    void policiesOfFilesAreJoinedAndTheirFaultsNameTheirFile() throws Exception {
        String policies = CONFIG.substring(0, CONFIG.indexOf("redaction:")) + "policyFiles: [pii.yaml]\n";
        Path sample =
                Path.of(System.getProperty("redoubt.root"), "crds/src/main/resources/examples/redactionpolicy.yaml");
        Path policy = Folders.write(folder.resolve("pii.yaml"), Files.readString(sample));
        assertThat(read(policies).targets().get(0).config().redaction().rules()).hasSize(2);
        Folders.write(policy, Files.readString(sample).replace("Tokenize", "Hide"));
        assertThatThrownBy(() -> read(policies)).hasMessageStartingWith(policy + ":9:13: expected is one of");
    }

    @Test
    void aRecogniserIsReachedWhereItsServiceIsOrByItsOwnName() throws Exception {
        String recognizers = CONFIG.replace(
                "redaction:\n",
                "redaction:\n  recognizers:\n"
                        + "  - {name: one, service: {name: presidio, port: 3000}, entities: [PERSON]}\n"
                        + "  - {name: two, service: {name: other, port: 3001}, entities: [PERSON], timeout: 5s}\n");
        assertThat(read(recognizers + "services: [{name: other, upstream: \"[::1]:5002\"}]\n")
                        .targets()
                        .get(0)
                        .config()
                        .redaction()
                        .recognizers())
                .containsExactly(
                        new ExternalRecognizer("one", "presidio", 3000, List.of("PERSON"), OnError.Block, 1000),
                        new ExternalRecognizer("two", "::1", 5002, List.of("PERSON"), OnError.Block, 5000));
        assertThatThrownBy(() -> read(CONFIG + "services: [{name: a, upstream: http://a}]\n"))
                .hasMessageEndingWith("host:port or port is expected, such as presidio:3000");
        assertThatThrownBy(() -> read(CONFIG + "services: [{name: a, upstream: 1}, {name: a, upstream: 2}]\n"))
                .hasMessageEndingWith("two services are named a");
    }
}
