package dev.redoubt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Stage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardConfigTest {
    private static final Client CLIENT = new Client(
            "assistant", List.of("0".repeat(64)), List.of(Operation.Query), true, 600, null, List.of(), false);

    private static GuardConfig config(List<Client> clients) {
        RedactionRule rule = new RedactionRule(List.of("EMAIL_ADDRESS"), List.of(Stage.Ingest), Action.Tokenize);
        return GuardConfig.of("rag", "support")
                .target("docs")
                .profile("Chroma")
                .clients(clients)
                .retrieval(new Retrieval(
                        10,
                        Retrieval.Vectors.Strip,
                        Retrieval.Scores.Round,
                        new BigDecimal("0.05"),
                        Permission.Deny,
                        Permission.Allow))
                .sealedFields(List.of("document"))
                .redaction(new Redaction(List.of(rule), null, null, null, null))
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatTheControllerWritesTheSidecarReads() throws IOException {
        GuardConfig written = config(List.of(CLIENT));
        assertThat(GuardConfig.parse(bytes(written.json()))).isEqualTo(written);
    }

    @Test
    void theRevisionFollowsTheContent() {
        assertThat(config(List.of(CLIENT)).revision())
                .isEqualTo(config(List.of(CLIENT)).revision())
                .isNotEqualTo(config(List.of()).revision())
                .hasSize(64);
    }

    @Test
    void aConfigurationThatWasEditedAfterCompilingIsRefused() {
        String edited = config(List.of(CLIENT)).json().replace("\"maxResults\":10", "\"maxResults\":10000");
        assertThatThrownBy(() -> GuardConfig.parse(bytes(edited))).isInstanceOf(IOException.class);
    }

    @Test
    void anUnknownMemberIsRefusedBecauseItMayBeARestriction() {
        String extra = config(List.of(CLIENT)).json().replaceFirst("\\{", "{\"quarantined\":true,");
        assertThatThrownBy(() -> GuardConfig.parse(bytes(extra))).isInstanceOf(IOException.class);
    }

    @Test
    void whatAsksForNothingNewIsWrittenAsBefore() throws IOException {
        GuardConfig ordinary = config(List.of(CLIENT));
        assertThat(ordinary.json()).doesNotContain("offset", "candidates", "\"tenant\":\"");
        assertThat(GuardConfig.parse(bytes(ordinary.json())).bounds().offset()).isEqualTo(Bounds.REACH);

        GuardConfig confined = confined("tenant_id", List.of("document"), new Bounds(9, 9, 9, 7, 8));
        GuardConfig read = GuardConfig.parse(bytes(confined.json()));
        assertThat(read).isEqualTo(confined);
        assertThat(read.retrieval().tenant()).isEqualTo("tenant_id");
        assertThat(read.bounds()).isEqualTo(new Bounds(9, 9, 9, 7, 8));
    }

    @Test
    void theFieldOfTheTenantIsAPlainNameThatTheStoreCanRead() {
        for (String path : List.of("a.b", "$or", "a[]", "\"a\"", "")) {
            assertThatThrownBy(() -> confined(path, List.of(), Bounds.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> confined("tenant_id", List.of("tenant_id"), Bounds.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static GuardConfig confined(String tenant, List<String> sealed, Bounds bounds) {
        return config(List.of(CLIENT))
                .with()
                .retrieval(new Retrieval(
                        10,
                        Retrieval.Vectors.Strip,
                        Retrieval.Scores.Drop,
                        null,
                        Permission.Deny,
                        Permission.Allow,
                        tenant))
                .sealedFields(sealed)
                .bounds(bounds)
                .build();
    }

    @Test
    void twoClientsNeverShareAKey() {
        Client other = new Client("other", CLIENT.apiKeySha256(), List.of(), false, null, null, List.of(), false);
        assertThatThrownBy(() -> config(List.of(CLIENT, other))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRuleForAnEntityThatNobodyRecognisesIsRefused() {
        RedactionRule rule = new RedactionRule(List.of("EMIAL_ADDRESS"), List.of(Stage.Ingest), Action.Replace);
        assertThatThrownBy(() -> new Redaction(List.of(rule), null, null, null, null))
                .hasMessageContaining("EMIAL_ADDRESS");
    }

    @Test
    void aKeyRingIsReadBackAndNeverPrintsAKey() throws IOException {
        byte[] key = new byte[32];
        key[0] = 42;
        Keyring ring = new Keyring(1, Map.of(1, key), new byte[32]);
        Keyring read = Keyring.parse(ring.json());
        assertThat(read.keys().get(1)).isEqualTo(key);
        assertThat(read.active()).isEqualTo(1);
        assertThat(ring.toString()).isEqualTo("Keyring[versions=[1]]");
    }

    @Test
    void aTargetThatSealsNothingHasATokenKeyAlone() throws IOException {
        Keyring ring = new Keyring(0, Map.of(), new byte[32]);

        assertThat(Keyring.parse(ring.json()).keys()).isEmpty();
        assertThatThrownBy(() -> new Keyring(1, Map.of(), new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBrokenKeyRingFailsWithoutQuotingIt() {
        assertThatThrownBy(() -> Keyring.parse(bytes("{\"active\":1,\"keys\":{\"1\":\"c2VjcmV0\"},\"token\":\"x\"}")))
                .isInstanceOf(IOException.class)
                .hasMessage("the key ring cannot be read")
                .hasNoCause();
    }
}
