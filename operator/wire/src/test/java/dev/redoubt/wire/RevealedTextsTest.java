package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.openAi;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Originals come back in answers to clients that may see them, and to nobody else. */
class RevealedTextsTest {
    private static final String RECORD =
            "{\"ids\":[\"r1\"],\"documents\":[\"Mail Ann@Example.com\"],\"embeddings\":[[1]]}";
    private static final int INDEXER = 0;
    private static final int ASSISTANT = 1;
    private static final int OTHER_TENANT = 2;
    private static final int OTHER_RIGHT = 3;

    private static Guarded clients(Guarded guarded) {
        return guarded.client("acme")
                .client("acme", "EMAIL_ADDRESS")
                .client("globex", "*")
                .client("acme", "US_SSN", "SECRET");
    }

    private static Guarded store(Action action) {
        return clients(action == Action.Tokenize ? chroma().reversible() : chroma().doing(action, Stage.values()));
    }

    private static String stored(Guarded guarded) {
        Outcome outcome = guarded.add().read(bytes(RECORD)).apply(guarded.context(INDEXER));
        return tree(outcome).at("/documents/0").textValue();
    }

    private static Outcome answered(Guarded guarded, String document, int client) {
        return guarded.get()
                .response(bytes("{\"ids\":[\"r1\"],\"documents\":[\"" + document + "\"]}"), guarded.context(client));
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"Tokenize", "Encrypt"})
    void whoMaySeeItGetsTheNormalFormAndOthersTheToken(Action action) {
        Guarded guarded = store(action);
        String stored = stored(guarded);
        assertThat(stored).matches("Mail <EMAIL_ADDRESS:[a-z2-7]{30,}>");
        Outcome seen = answered(guarded, stored, ASSISTANT);
        assertThat(tree(seen).at("/documents/0").textValue()).isEqualTo("Mail ann@example.com");
        assertThat(seen.report().restored()).isEqualTo(1);
        for (int client : new int[] {INDEXER, OTHER_TENANT, OTHER_RIGHT}) {
            Outcome hidden = answered(guarded, stored, client);
            assertThat(tree(hidden).at("/documents/0").textValue()).isEqualTo(stored);
            assertThat(hidden.report().restored()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"Tokenize", "Encrypt", "Hash"})
    void eachTenantHasItsOwnTokensAndTheSameOnesAtIngestAndInFilters(Action action) {
        Guarded guarded = store(action);
        String query = "{\"query_embeddings\":[[1]],\"where\":{\"mail\":\"ann@example.com\"}}";
        String filtered = tree(guarded.query().read(bytes(query)).apply(guarded.context(ASSISTANT)))
                .at("/where/mail")
                .textValue();
        assertThat(stored(guarded)).isEqualTo("Mail " + filtered);
        assertThat(tree(guarded.query().read(bytes(query)).apply(guarded.context(OTHER_TENANT)))
                        .at("/where/mail")
                        .textValue())
                .isNotEqualTo(filtered);
    }

    @Test
    void aTokenInASealedFieldIsRestoredOnceTheFieldIsOpened() {
        Guarded guarded = store(Action.Tokenize).sealing("document");
        String sealed = stored(guarded);
        assertThat(sealed).startsWith("rdbt1.");
        MessageContext assistant = guarded.context(ASSISTANT);
        MessageContext opening = new MessageContext(assistant.place(), true, assistant.tenant(), assistant.reveals());
        Outcome outcome =
                guarded.get().response(bytes("{\"ids\":[\"r1\"],\"documents\":[\"" + sealed + "\"]}"), opening);
        assertThat(tree(outcome).at("/documents/0").textValue()).isEqualTo("Mail ann@example.com");
    }

    @Test
    void whatWasInTheOpenIsSeenByWhoMaySeeItAndIsATokenForOthers() {
        Guarded guarded = store(Action.Encrypt);
        assertThat(tree(answered(guarded, "ann@example.com", ASSISTANT))
                        .at("/documents/0")
                        .textValue())
                .isEqualTo("ann@example.com");
        assertThat(tree(answered(guarded, "ann@example.com", INDEXER))
                        .at("/documents/0")
                        .textValue())
                .startsWith("<EMAIL_ADDRESS:");
    }

    @Test
    void aTokenIsRestoredWhereverAStreamIsCut() {
        Guarded guarded = clients(openAi().reversible());
        String prompt = "{\"messages\":[{\"role\":\"user\",\"content\":\"ann@example.com\"}]}";
        String token = tree(guarded.chat().read(bytes(prompt)).apply(guarded.context(ASSISTANT)))
                .at("/messages/0/content")
                .textValue();
        for (int cut = 0; cut <= token.length(); cut++) {
            String stream = delta("\"content\":\"Mail " + token.substring(0, cut) + "\"")
                    + delta("\"content\":\"" + token.substring(cut) + "!\"")
                    + "data: [DONE]\n\n";
            assertThat(content(guarded, ASSISTANT, stream)).isEqualTo("Mail ann@example.com!");
            assertThat(content(guarded, OTHER_TENANT, stream)).isEqualTo("Mail " + token + "!");
        }
        String cutShort = delta("\"content\":\"" + token.substring(0, 20) + "\"") + "data: [DONE]\n\n";
        assertThat(content(guarded, ASSISTANT, cutShort)).isEqualTo(token.substring(0, 20));
    }

    @Test
    void everyByteOfAStreamMayComeAlone() {
        Guarded guarded = clients(openAi().reversible());
        String prompt = "{\"messages\":[{\"role\":\"user\",\"content\":\"ann@example.com\"}]}";
        String token = tree(guarded.chat().read(bytes(prompt)).apply(guarded.context(ASSISTANT)))
                .at("/messages/0/content")
                .textValue();
        byte[] stream = bytes(delta("\"content\":\"" + token + "\"") + "data: [DONE]\n\n");
        StreamGuard guard = guarded.chat().stream(guarded.context(ASSISTANT));
        StringBuilder out = new StringBuilder();
        int restored = 0;
        for (int i = 0; i < stream.length; i++) {
            Outcome outcome = guard.append(Arrays.copyOfRange(stream, i, i + 1));
            restored += outcome.report().restored();
            out.append(Guarded.forwarded(outcome));
        }
        out.append(Guarded.forwarded(guard.finish()));
        assertThat(out.toString()).contains("ann@example.com").doesNotContain(token);
        assertThat(restored).isEqualTo(1);
    }

    private static String delta(String member) {
        return "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{" + member
                + "}}],\"created\":1,\"id\":\"c-1\",\"model\":\"m\",\"object\":\"chat.completion.chunk\"}\n\n";
    }

    private static String content(Guarded guarded, int client, String stream) {
        StreamGuard guard = guarded.chat().stream(guarded.context(client));
        String out = Guarded.forwarded(guard.append(bytes(stream))) + Guarded.forwarded(guard.finish());
        StringBuilder content = new StringBuilder();
        for (String event : out.split("\n\n")) {
            if (event.startsWith("data: {")) {
                content.append(tree(event.substring("data: ".length()))
                        .at("/choices/0/delta/content")
                        .asText(""));
            }
        }
        return content.toString();
    }
}
