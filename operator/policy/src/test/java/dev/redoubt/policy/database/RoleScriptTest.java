package dev.redoubt.policy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleScriptTest {
    private static final Keyring KEYRING = new Keyring(0, Map.of(), new byte[32]);
    private static final Client ANN = client("ann", null);

    private static Client client(String name, String tenant) {
        List<Operation> operations = List.of(Operation.Query, Operation.Ingest);
        return new Client(name, List.of("0".repeat(64)), operations, false, null, tenant, List.of(), false);
    }

    private static String script(Client client, String tenantField) {
        Retrieval retrieval = new Retrieval(
                10,
                Retrieval.Vectors.Strip,
                Retrieval.Scores.Drop,
                null,
                Permission.Deny,
                Permission.Allow,
                tenantField);
        GuardConfig config = GuardConfig.of("rag", "support")
                .target("docs")
                .profile("PgVector")
                .clients(List.of(client))
                .retrieval(retrieval)
                .build();
        return RoleScript.of(config, KEYRING);
    }

    @Test
    void theSameStoreIsWrittenTheSameTwice() {
        assertThat(script(ANN, null)).isEqualTo(script(ANN, null));
    }

    @Test
    void itSaysWhoMayDoWhatAndHoldsNoPassword() {
        DatabaseRole role = DatabaseRole.of(KEYRING, ANN);
        assertThat(script(ANN, "tenant_id"))
                .contains("CALL redoubt.enrol('redoubt_client_ann', 'SCRAM-SHA-256$4096:")
                .contains("NULL, ARRAY['redoubt_query', 'redoubt_ingest']::pg_catalog.name[]);")
                .contains("CALL redoubt.protect(10, 'Drop', NULL, false, false, 'tenant_id');")
                .doesNotContain(role.password())
                .startsWith("BEGIN;")
                .endsWith("COMMIT;\n");
    }

    @Test
    void namesAreQuotedWhateverTheyHold() {
        String hostile = "x'); DROP TABLE documents; --\\";
        assertThat(script(client("ann", hostile), "tenant_id")).contains("'x''); DROP TABLE documents; --\\'");
        assertThatThrownBy(() -> script(client("ann", "a\0b"), null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rolesOfTwoClientsAreTwoHoweverLongTheirNamesAre() {
        String one = DatabaseRole.name(client("a".repeat(62) + "b", null));
        String other = DatabaseRole.name(client("a".repeat(62) + "c", null));
        assertThat(one).hasSize(63).isNotEqualTo(other);
        assertThat(DatabaseRole.of(KEYRING, ANN).password())
                .hasSize(43)
                .isNotEqualTo(DatabaseRole.of(KEYRING, client("eve", null)).password());
    }
}
