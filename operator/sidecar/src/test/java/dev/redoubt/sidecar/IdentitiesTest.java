package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Client;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profile.Credential;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private final Client ann = client("ann", "key-of-ann", "older-key-of-ann");
    private final Client bob = client("bob", "key-of-bob");
    private final Identities identities = new Identities(
            List.of(new Credential("authorization", "Bearer"), new Credential("x-chroma-token", null)),
            List.of(ann, bob));

    private static Client client(String name, String... keys) {
        List<String> digests = java.util.Arrays.stream(keys).map(Guards::sha256).toList();
        return new Client(name, digests, List.of(Operation.Query), false, null, null, List.of(), false);
    }

    private static MultiMap headers(String... namesAndValues) {
        MultiMap headers = HttpHeaders.headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    @Test
    void aKeyInEitherHeaderNamesItsClient() {
        assertThat(identities.find(headers("Authorization", "Bearer key-of-ann")))
                .contains(ann);
        assertThat(identities.find(headers("authorization", "bearer key-of-bob")))
                .contains(bob);
        assertThat(identities.find(headers("X-Chroma-Token", "key-of-bob"))).contains(bob);
    }

    @Test
    void aHeaderMayHaveSeveralSchemes() {
        Identities both = new Identities(
                List.of(new Credential("authorization", "Bearer"), new Credential("authorization", "ApiKey")),
                List.of(ann));
        assertThat(both.find(headers("Authorization", "Bearer key-of-ann"))).contains(ann);
        assertThat(both.find(headers("Authorization", "ApiKey key-of-ann"))).contains(ann);
        assertThat(both.find(headers("Authorization", "Basic key-of-ann"))).isEmpty();
    }

    @Test
    void aKeyThatIsBeingReplacedCountsToo() {
        assertThat(identities.find(headers("X-Chroma-Token", "older-key-of-ann")))
                .contains(ann);
    }

    @Test
    void nobodyGetsInWithoutAKnownKey() {
        assertThat(identities.find(headers())).isEmpty();
        assertThat(identities.find(headers("X-Chroma-Token", "key-of-eve"))).isEmpty();
        assertThat(identities.find(headers("X-Chroma-Token", ""))).isEmpty();
        assertThat(identities.find(headers("Authorization", "key-of-ann"))).isEmpty();
        assertThat(identities.find(headers("Authorization", "Basic key-of-ann")))
                .isEmpty();
        assertThat(identities.find(headers("Authorization", "Bearer"))).isEmpty();
        assertThat(identities.find(headers("Authorization", "Bearer "))).isEmpty();
    }

    @Test
    void twoDifferentKeysAreNoKeyButTheSameTwiceIsOne() {
        assertThat(identities.find(headers("Authorization", "Bearer key-of-ann", "X-Chroma-Token", "key-of-bob")))
                .isEmpty();
        assertThat(identities.find(headers("X-Chroma-Token", "key-of-ann", "X-Chroma-Token", "key-of-bob")))
                .isEmpty();
        assertThat(identities.find(headers("Authorization", "Basic eA==", "X-Chroma-Token", "key-of-ann")))
                .isEmpty();
        assertThat(identities.find(headers("Authorization", "Bearer key-of-ann", "X-Chroma-Token", "key-of-ann")))
                .contains(ann);
    }

    @Test
    void aHeaderMayCarryTheKeyInOneOfSeveralWays() {
        Identities milvus = new Identities(
                List.of(new Credential("authorization", "Bearer"), new Credential("authorization", null, true, false)),
                List.of(ann, bob));
        assertThat(milvus.find(headers("authorization", "a2V5LW9mLWFubg=="))).contains(ann);
        assertThat(milvus.find(headers("authorization", "Bearer key-of-bob"))).contains(bob);
        assertThat(milvus.find(headers("authorization", "key-of-ann"))).isEmpty();
        assertThat(milvus.find(headers("authorization", "Bearer a2V5LW9mLWFubg==")))
                .isEmpty();
        assertThat(milvus.find(headers("authorization", "Bearer key-of-ann", "authorization", "a2V5LW9mLWJvYg==")))
                .isEmpty();
    }
}
