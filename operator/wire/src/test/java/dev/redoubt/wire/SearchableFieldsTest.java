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
import org.junit.jupiter.api.Test;

/** Fields that are encrypted in the store so that filters find them. */
class SearchableFieldsTest {
    private static final String RECORDS =
            """
            {"metadatas":[{"customer":"Acme","age":41,"vip":true,"note":"x"},{"customer":"Acme","age":41.0},{"customer":null,"tags":["a",2]}],
             "ids":["r1","r2","r3"],"embeddings":[[1],[2],[3]]}""";

    private static Guarded searching() {
        return chroma().withoutRedaction().searching("customer", "age", "vip", "tags");
    }

    private static String token(String where) {
        return tree(request(searching().query(), "{\"where\":{\"customer\":" + where + "}}"))
                .at("/where/customer")
                .toString();
    }

    @Test
    void noValueReachesTheStoreAndEqualValuesAreEqualTokens() {
        Outcome outcome = request(searching().add(), RECORDS);
        String sent = forwarded(outcome);
        assertThat(sent).doesNotContain("Acme", "41", "true", "\"a\"");
        JsonNode records = tree(sent).get("metadatas");
        assertThat(records.at("/0/customer").textValue()).startsWith("rdbs1.");
        assertThat(records.at("/1/customer")).isEqualTo(records.at("/0/customer"));
        assertThat(records.at("/1/age")).isEqualTo(records.at("/0/age"));
        assertThat(records.at("/2/customer").isNull()).isTrue();
        assertThat(records.at("/0/note").textValue()).isEqualTo("x");
        assertThat(outcome.report().sealed()).isEqualTo(7);
    }

    @Test
    void whoMayOpenReadsValuesWithTheirTypesAndNobodyElseDoes() {
        String stored = forwarded(request(searching().add(), RECORDS));
        Outcome open = searching().get().response(bytes(stored), OPEN);
        assertThat(forwarded(open)).contains("\"age\":41,\"vip\":true", "\"tags\":[\"a\",2]");
        assertThat(tree(open).at("/metadatas/0")).isEqualTo(tree(RECORDS).at("/metadatas/0"));
        assertThat(open.report().opened()).isEqualTo(7);
        Outcome closed = searching().get().response(bytes(stored), CLOSED);
        assertThat(tree(closed).get("metadatas")).isEqualTo(tree(stored).get("metadatas"));
    }

    @Test
    void anEqualityFilterComparesWithWhatIsStored() {
        String stored = tree(request(searching().add(), RECORDS))
                .at("/metadatas/0/customer")
                .toString();
        assertThat(token("\"Acme\"")).isEqualTo(stored);
        assertThat(token("\"\\u0041cme\"")).isEqualTo(stored);
        assertThat(token("{\"$eq\":\"Acme\"}")).isEqualTo("{\"$eq\":" + stored + "}");
        assertThat(token("{\"$ne\":\"Acme\"}")).isEqualTo("{\"$ne\":" + stored + "}");
        assertThat(token("{\"$in\":[\"Acme\"]}")).isEqualTo("{\"$in\":[" + stored + "]}");
        assertThat(token("{\"$nin\":[\"Acme\",\"x\"]}")).startsWith("{\"$nin\":[" + stored + ",\"rdbs1.");
        JsonNode both = tree(
                request(searching().query(), "{\"where\":{\"$and\":[{\"age\":4.1e1},{\"note\":{\"$ne\":\"x\"}}]}}"));
        assertThat(both.at("/where/$and/0/age"))
                .isEqualTo(tree(request(searching().add(), RECORDS)).at("/metadatas/0/age"));
        assertThat(both.at("/where/$and/1/note/$ne").textValue()).isEqualTo("x");
    }

    @Test
    void aFilterThatAsksForMoreThanEqualityIsRefusedByTheNameOfTheField() {
        for (String filter : List.of(
                "\"where\":{\"age\":{\"$gt\":3}}",
                "\"where\":{\"$or\":[{\"b\":1},{\"age\":{\"$lte\":3}}]}",
                "\"where\":{\"age\":{\"$regex\":\"4.\"}}",
                "\"where\":{\"\\u0061ge\":{\"\\u0024gte\":\"a\"}}",
                "\"where\":{\"age\":{\"$like\":[\"4\"]}}")) {
            Outcome outcome = request(searching().query(), "{" + filter + "}");
            assertThat(refused(outcome)).as(filter).isEqualTo(RefusalReason.InequalityFilter);
            assertThat(((Outcome.Refused) outcome).refusal().rule()).isEqualTo("age");
        }
        Outcome document = request(
                chroma().withoutRedaction().searching("document").query(),
                "{\"where_document\":{\"$contains\":\"Ann\"}}");
        assertThat(refused(document)).isEqualTo(RefusalReason.InequalityFilter);
    }

    @Test
    void aTokenOfAnotherPlaceOrKeyStaysWhatItIs() {
        String stored = forwarded(request(searching().add(), RECORDS));
        String customer = tree(stored).at("/metadatas/0/customer").textValue();
        MessageContext elsewhere =
                new MessageContext(new SealPlace("default_tenant", "another"), true, null, List.of(), null);
        assertThat(forwarded(searching().get().response(bytes(stored), elsewhere)))
                .contains(customer);
        String moved = "{\"ids\":[\"r1\"],\"metadatas\":[{\"age\":\"" + customer + "\"}]}";
        assertThat(forwarded(searching().get().response(bytes(moved), OPEN))).isEqualTo(moved);
        assertThat(forwarded(request(searching().add(), RECORDS, elsewhere))).doesNotContain(customer);
    }

    @Test
    void aRotatedDataKeyLeavesTokensAsTheyAre() {
        assertThat(forwarded(request(searching().keys(Guarded.ring(2)).add(), RECORDS)))
                .isEqualTo(forwarded(request(searching().keys(Guarded.ring(1)).add(), RECORDS)));
    }

    @Test
    void textThatLooksLikeATokenIsTextLikeAnyOther() {
        String made = "rdbs1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        String body = "{\"ids\":[\"a\"],\"metadatas\":[{\"customer\":\"" + made + "\"}]}";
        String sent = forwarded(request(searching().add(), body));
        assertThat(sent).doesNotContain(made);
        assertThat(tree(searching().get().response(bytes(sent), OPEN))).isEqualTo(tree(body));
    }

    @Test
    void aTokenIsNotTakenForTextOfPeopleAndWhatOnlyLooksLikeOneIs() {
        Guarded guarded = chroma().doing(Action.Replace).finding("*").searching("customer");
        String sent = forwarded(request(guarded.add(), "{\"ids\":[\"a\"],\"metadatas\":[{\"customer\":\"Acme\"}]}"));
        assertThat(forwarded(guarded.get().response(bytes(sent), CLOSED))).isEqualTo(sent);
        String echo = "{\"ids\":[\"a\"],\"metadatas\":[{\"customer\":\"rdbs1. of ann@example.com\"}]}";
        assertThat(forwarded(guarded.get().response(bytes(echo), CLOSED))).doesNotContain("ann@");
    }

    @Test
    void textIsRedactedBeforeItBecomesATokenInRecordsAndFiltersAlike() {
        Guarded guarded =
                chroma().doing(Action.Replace, Stage.Ingest, Stage.Query).searching("customer");
        String sent = forwarded(
                request(guarded.add(), "{\"ids\":[\"a\"],\"metadatas\":[{\"customer\":\"to ann@example.com\"}]}"));
        assertThat(tree(guarded.get().response(bytes(sent), OPEN))
                        .at("/metadatas/0/customer")
                        .textValue())
                .isEqualTo("to <EMAIL_ADDRESS>");
        assertThat(tree(request(guarded.query(), "{\"where\":{\"customer\":\"to ann@example.com\"}}"))
                        .at("/where/customer"))
                .isEqualTo(tree(sent).at("/metadatas/0/customer"));
    }

    @Test
    void aNumberBeyondAllSenseIsRefused() {
        String body = "{\"ids\":[\"a\"],\"metadatas\":[{\"age\":%s}]}";
        assertThat(refused(request(searching().add(), body.formatted("1".repeat(129)))))
                .isEqualTo(RefusalReason.WrongType);
        assertThat(refused(request(searching().add(), body.formatted("1e99999999999"))))
                .isEqualTo(RefusalReason.WrongType);
    }

    @Test
    void whatCannotBeKeptIsNotCompiled() {
        assertThatThrownBy(() -> searching().keys(null).guard()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> searching().sealing("age").guard()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> searching().dropping("age").guard()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> searching().confined("age").guard()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Guarded.pgVector().withoutRedaction().searching("age").guard())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErrorThatEchoesATokenTellsTheValueToThoseAloneWhoMaySeeIt() {
        String customer = tree(request(searching().add(), RECORDS))
                .at("/metadatas/0/customer")
                .textValue();
        String error = "{\"error\":\"bad\",\"message\":\"expected a number, found '" + customer + "' and " + customer
                + ", rdbs1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}";
        String open = forwarded(searching().query().error(bytes(error), OPEN));
        assertThat(open).contains("found 'Acme' and Acme, rdbs1.AAAA").doesNotContain(customer);
        assertThat(forwarded(searching().query().error(bytes(error), CLOSED))).isEqualTo(error);
        Guarded redacting = chroma().doing(Action.Replace).searching("customer");
        String mail = tree(request(
                        redacting
                                .keys(Guarded.ring(1))
                                .doing(Action.Replace, Stage.Prompt)
                                .add(),
                        "{\"ids\":[\"a\"],\"metadatas\":[{\"customer\":\"ann@example.com\"}]}"))
                .at("/metadatas/0/customer")
                .textValue();
        String echo = "{\"message\":\"found " + mail + "\"}";
        assertThat(forwarded(chroma().doing(Action.Replace)
                        .searching("customer")
                        .query()
                        .error(bytes(echo), OPEN)))
                .contains("found <EMAIL_ADDRESS>");
    }
}
