package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.OPEN;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.request;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import dev.redoubt.wire.seal.SealPlace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fields that are encrypted in the store. */
class SealedFieldsTest {
    private static final String RECORDS =
            """
            {"metadatas":[{"ssn":"078-05-1120","age":41,"vip":true,"note":"öffentlich \\"x\\"","tags":["a",2]},{"ssn":null}],
             "documents":["Ann \\u00fc writes to ann@example.com","second"],
             "ids":["r1","r2"],"embeddings":[[1],[2]]}""";

    private static Guarded sealing() {
        return chroma().withoutRedaction().sealing("document", "ssn", "age", "vip", "note", "tags");
    }

    /** What the store answers to a client that asks for all that was stored. */
    private static String stored(Guarded guarded) {
        return forwarded(request(guarded.add(), RECORDS));
    }

    @Test
    void nothingReadableReachesTheStore() {
        Outcome outcome = request(sealing().add(), RECORDS);
        String sent = forwarded(outcome);
        assertThat(sent).doesNotContain("078-05-1120", "Ann ", "ffentlich", ":41", "\"second\"", "true,");
        JsonNode tree = tree(sent);
        assertThat(tree.at("/documents/0").textValue()).startsWith("rdbt1.1.");
        assertThat(tree.at("/metadatas/0/age").textValue()).startsWith("rdbt1.1.");
        assertThat(tree.at("/metadatas/1/ssn").isNull()).isTrue();
        assertThat(tree.at("/ids/0").textValue()).isEqualTo("r1");
        assertThat(outcome.report().sealed()).isEqualTo(8);
    }

    @Test
    void whoMayOpenReadsWhatWasWrittenWithItsTypes() {
        Outcome outcome = sealing().get().response(bytes(stored(sealing())), OPEN);
        assertThat(tree(outcome).get("metadatas")).isEqualTo(tree(RECORDS).get("metadatas"));
        assertThat(tree(outcome).get("documents")).isEqualTo(tree(RECORDS).get("documents"));
        assertThat(outcome.report().opened()).isEqualTo(8);
    }

    @Test
    void whoMayNotOpenReadsOnlySeals() {
        String stored = stored(sealing());
        JsonNode got = tree(sealing().get().response(bytes(stored), CLOSED));
        assertThat(got.get("documents")).isEqualTo(tree(stored).get("documents"));
        assertThat(got.get("metadatas")).isEqualTo(tree(stored).get("metadatas"));
    }

    @Test
    void answersOfQueriesAreOpenedByTheirOwnIds() {
        String document = tree(stored(sealing())).at("/documents/1").textValue();
        JsonNode got = tree(sealing()
                .query()
                .response(
                        bytes("{\"documents\":[[\"" + document + "\",\"" + document + "\"],[\"" + document
                                + "\"]],\"ids\":[[\"r2\",\"r1\"],[\"r2\"]]}"),
                        OPEN));
        assertThat(got.get("documents").toString()).isEqualTo("[[\"second\",null],[\"second\"]]");
    }

    @Test
    void aSealThatWasMovedChangedOrMadeWithAnotherKeyIsNullAndReported() {
        String sealed = tree(stored(sealing())).at("/documents/0").textValue();
        String ssn = tree(stored(sealing())).at("/metadatas/0/ssn").textValue();
        String flipped = sealed.substring(0, 20) + (sealed.charAt(20) == 'A' ? 'B' : 'A') + sealed.substring(21);
        Map<String, String> places = Map.of(
                "another record", "{\"ids\":[\"r2\"],\"documents\":[\"" + sealed + "\"]}",
                "another field", "{\"ids\":[\"r1\"],\"documents\":[\"" + ssn + "\"]}",
                "no record", "{\"documents\":[\"" + sealed + "\"]}",
                "changed", "{\"ids\":[\"r1\"],\"documents\":[\"" + flipped + "\"]}",
                "unknown key", "{\"ids\":[\"r1\"],\"documents\":[\"" + sealed.replace("rdbt1.1.", "rdbt1.7.") + "\"]}");
        places.forEach((what, answer) -> {
            Outcome outcome = sealing().get().response(bytes(answer), OPEN);
            assertThat(tree(outcome).at("/documents/0").isNull()).as(what).isTrue();
            assertThat(outcome.report().unopened()).as(what).isEqualTo(1);
            assertThat(outcome.report().opened()).as(what).isZero();
        });
        MessageContext elsewhere =
                new MessageContext(new SealPlace("default_tenant", "another"), true, null, List.of(), null);
        Outcome outcome =
                sealing().get().response(bytes("{\"ids\":[\"r1\"],\"documents\":[\"" + sealed + "\"]}"), elsewhere);
        assertThat(tree(outcome).at("/documents/0").isNull()).isTrue();
    }

    @Test
    void aRotatedKeyStillOpensWhatTheOldOneSealed() {
        String old = stored(sealing());
        Guarded rotated = sealing().keys(Guarded.ring(2));
        assertThat(stored(rotated)).contains("rdbt1.2.").doesNotContain("rdbt1.1.");
        assertThat(tree(rotated.get().response(bytes(old), OPEN)).get("documents"))
                .isEqualTo(tree(RECORDS).get("documents"));
    }

    @Test
    void aRecordWithoutAnIdIsRefused() {
        assertThat(refused(request(sealing().add(), "{\"documents\":[\"a\"]}")))
                .isEqualTo(RefusalReason.MissingRecordId);
        assertThat(refused(request(sealing().add(), "{\"ids\":[\"a\"],\"documents\":[\"a\",\"b\"]}")))
                .isEqualTo(RefusalReason.MissingRecordId);
        assertThat(refused(request(sealing().add(), "{\"ids\":[null],\"documents\":[\"a\"]}")))
                .isEqualTo(RefusalReason.MissingRecordId);
    }

    @Test
    void textIsRedactedBeforeItIsSealedAndAfterItIsOpened() {
        Guarded ingest = chroma().doing(Action.Replace, Stage.Ingest).sealing("document");
        Guarded retrieve = chroma().doing(Action.Replace, Stage.Retrieve).sealing("document");
        Guarded open = chroma().withoutRedaction().sealing("document");
        String body = "{\"ids\":[\"a\"],\"documents\":[\"to ann@example.com\"]}";
        assertThat(tree(open.get().response(bytes(forwarded(request(ingest.add(), body))), OPEN))
                        .at("/documents/0")
                        .textValue())
                .isEqualTo("to <EMAIL_ADDRESS>");
        assertThat(tree(retrieve.get().response(bytes(forwarded(request(open.add(), body))), OPEN))
                        .at("/documents/0")
                        .textValue())
                .isEqualTo("to <EMAIL_ADDRESS>");
    }

    @Test
    void textThatLooksSealedIsSealedLikeAnyOther() {
        String body = "{\"ids\":[\"a\"],\"documents\":[\"rdbt1.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]}";
        String sent = forwarded(request(sealing().add(), body));
        assertThat(sent).doesNotContain("AAAAAAAAAAAAAAAA");
        assertThat(tree(sealing().get().response(bytes(sent), OPEN)).get("documents"))
                .isEqualTo(tree(body).get("documents"));
    }

    @Test
    void plainTextThatOnlyBeginsLikeASealIsRedacted() {
        Guarded guarded = chroma().sealing("document");
        String answer = "{\"ids\":[\"a\"],\"documents\":[\"rdbt1.1. is from ann@example.com\"]}";
        assertThat(forwarded(guarded.get().response(bytes(answer), CLOSED))).doesNotContain("ann@");
        assertThat(forwarded(guarded.get().response(bytes(answer), OPEN))).doesNotContain("ann@");
    }

    @Test
    void aFilterOnASealedFieldIsRefusedBecauseItCouldNotMatch() {
        for (String filter : List.of(
                "\"where\":{\"ssn\":\"078-05-1120\"}",
                "\"where\":{\"$and\":[{\"note\":{\"$eq\":\"x\"}},{\"b\":1}]}",
                "\"where\":{\"\\u0073sn\":{\"\\u0024in\":[\"a\"]}}",
                "\"where\":{\"age\":{\"$gt\":3}}",
                "\"where_document\":{\"$contains\":\"Ann\"}",
                "\"where_document\":{\"$or\":[{\"$contains\":\"Ann\"}]}")) {
            assertThat(refused(request(sealing().query(), "{" + filter + "}")))
                    .as(filter)
                    .isEqualTo(RefusalReason.SealedFilter);
        }
        assertThat(forwarded(request(sealing().query(), "{\"where\":{\"$and\":[{\"b\":{\"$eq\":1}}]}}")))
                .contains("\"b\"");
    }

    @Test
    void withoutKeysNothingThatNeedsThemIsCompiled() {
        assertThatThrownBy(() -> sealing().keys(null).guard()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chroma().keys(null).guard()).isInstanceOf(IllegalArgumentException.class);
        assertThat(chroma().withoutRedaction().keys(null).guard()).isNotNull();
    }

    @Test
    void equalTextsHaveDifferentSeals() {
        String twice = forwarded(request(sealing().add(), "{\"ids\":[\"a\",\"b\"],\"documents\":[\"x\",\"x\"]}"));
        assertThat(tree(twice).at("/documents/0")).isNotEqualTo(tree(twice).at("/documents/1"));
    }
}
