package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.openAi;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same secret through every other door of a message. */
class SideDoorsTest {
    private static final String CARD = "4111111111111111";

    @Test
    void aNumberThatIsACardIsReplacedLikeATextThatIsOne() {
        String body = "{\"ids\":[\"a\"],\"metadatas\":[{\"card\":" + CARD + ",\"n\":12}]}";
        assertThat(forwarded(request(chroma().add(), body)))
                .isEqualTo("{\"ids\":[\"a\"],\"metadatas\":[{\"card\":\"<CREDIT_CARD>\",\"n\":12}]}");
        assertThat(forwarded(request(chroma().query(), "{\"where\":{\"card\":{\"$in\":[" + CARD + "]}}}")))
                .doesNotContain(CARD);
        assertThat(forwarded(chroma().get().response(bytes(body), CLOSED))).doesNotContain(CARD);
    }

    @Test
    void escapesHideNothing() {
        for (String mail : List.of(
                "ann\\u0040example.com",
                "\\u0061nn@example\\u002ecom",
                "\\u0061\\u006e\\u006E@\\u0065xample.com",
                "caf\\u00e9 \\ud83d\\ude00 ann@example.com")) {
            String body = "{\"ids\":[\"a\"],\"documents\":[\"" + mail + "\"]}";
            assertThat(forwarded(request(chroma().add(), body))).as(mail).contains("<EMAIL_ADDRESS>");
        }
    }

    @Test
    void anEscapedNameIsTheNameItMeans() {
        assertThat(forwarded(request(chroma().add(), "{\"ids\":[\"a\"],\"\\u0064ocuments\":[\"ann@example.com\"]}")))
                .contains("<EMAIL_ADDRESS>");
        assertThat(forwarded(chroma().get().response(bytes("{\"\\u0065mbeddings\":[[1,2]]}"), CLOSED)))
                .isEqualTo("{\"\\u0065mbeddings\":null}");
        assertThat(refused(request(openAi().chat(), "{\"logit_\\u0062ias\":{\"1\":5}}")))
                .isEqualTo(RefusalReason.LogitBias);
    }

    @Test
    void aNameThatIsGivenTwiceIsRefusedHoweverItIsWritten() {
        for (String body : List.of(
                "{\"ids\":[\"a\"],\"ids\":[\"b\"]}",
                "{\"ids\":[\"a\"],\"\\u0069ds\":[\"b\"]}",
                "{\"metadatas\":[{\"a\":1,\"\\u0061\":2}]}",
                "{\"embeddings\":[{\"x\":1,\"\\u0078\":2}]}")) {
            assertThat(refused(request(chroma().add(), body))).as(body).isEqualTo(RefusalReason.MalformedBody);
        }
        assertThat(refused(
                        chroma().get().response(bytes("{\"embeddings\":null,\"embedding\\u0073\":[[1,2]]}"), CLOSED)))
                .isEqualTo(RefusalReason.MalformedResponse);
    }

    @Test
    void namesThatBecomeTheSameAreToldApartInEachObject() {
        String body = "{\"metadatas\":[{\"ann@example.com\":1,\"bob@example.com\":2},{\"ann@example.com\":3}]}";
        assertThat(forwarded(chroma().get().response(bytes(body), CLOSED)))
                .isEqualTo("{\"metadatas\":[{\"<EMAIL_ADDRESS>\":1,\"<EMAIL_ADDRESS> 2\":2},{\"<EMAIL_ADDRESS>\":3}]}");
    }

    @Test
    void namesThatHoldAPersonAreRefusedInAndRedactedOut() {
        for (String body : List.of(
                "{\"ids\":[\"a\"],\"metadatas\":[{\"ann@example.com\":1}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"ann\\u0040example.com\":1}]}",
                "{\"ids\":[\"a\"],\"ann@example.com\":null}")) {
            assertThat(refused(request(chroma().add(), body))).as(body).isEqualTo(RefusalReason.EntityInName);
        }
        assertThat(refused(request(chroma().query(), "{\"where\":{\"ann@example.com\":\"x\"}}")))
                .isEqualTo(RefusalReason.EntityInName);
        assertThat(forwarded(chroma().get()
                        .response(bytes("{\"ids\":[\"a\"],\"metadatas\":[{\"ann@example.com\":1}]}"), CLOSED)))
                .contains("\"<EMAIL_ADDRESS>\":1");
    }

    @Test
    void collectionsCarryNoPersonEither() {
        RouteGuard create =
                chroma().route("POST", "/api/v2/tenants/default_tenant/databases/default_database/collections");
        assertThat(forwarded(request(
                        create,
                        "{\"name\":\"people\",\"metadata\":{\"owner\":\"ops@example.com\",\"deep\":{\"list\":[\"ann@example.com\","
                                + CARD + "]}}}")))
                .doesNotContain("@example", CARD);
        RouteGuard list =
                chroma().route("GET", "/api/v2/tenants/default_tenant/databases/default_database/collections?limit=5");
        assertThat(forwarded(list.response(
                        bytes(
                                "[{\"name\":\"people\",\"metadata\":{\"owner\":\"ops@example.com\",\"ann@example.com\":[]}}]"),
                        CLOSED)))
                .doesNotContain("@example");
    }

    @Test
    void anIdThatIsAPersonStaysButIsNotReported() {
        Outcome outcome = request(chroma().add(), "{\"ids\":[\"ann@example.com\"]}");
        assertThat(forwarded(outcome)).contains("ann@example.com");
        assertThat(outcome.report().records()).containsExactly("<EMAIL_ADDRESS>");
    }

    @Test
    void sparseVectorsAndListsInMetadataAreVectorsAndTexts() {
        String answer =
                """
                {"ids":["a"],"metadatas":[{"sparse":{"#type":"sparse_vector","indices":[1,7],"values":[0.1,0.2]},
                "mails":["ann@example.com","x"]}]}""";
        assertThat(forwarded(chroma().get().response(bytes(answer), CLOSED)))
                .contains("\"indices\":null", "\"values\":null", "[\"<EMAIL_ADDRESS>\",\"x\"]");
    }

    @Test
    void aBlockedTextRefusesTheMessageAndNamesOnlyTheEntity() {
        Guarded blocking = chroma().doing(Action.Block);
        Outcome outcome = request(blocking.add(), "{\"ids\":[\"a\"],\"documents\":[\"ann@example.com\"]}");
        assertThat(((Outcome.Refused) outcome).refusal())
                .isEqualTo(new Refusal(RefusalReason.EntityBlocked, "EMAIL_ADDRESS"));
        assertThat(outcome.toString()).doesNotContain("ann");
    }

    @Test
    void excludedFieldsAreNotScannedAndDroppedOnesAreNotSent() {
        Guarded guarded = chroma().excluding("doc_id").dropping("raw_html", "secret");
        Map<String, String> bodies = Map.of(
                "{\"ids\":[\"a\"],\"metadatas\":[{\"doc_id\":\"ann@example.com\"}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"doc_id\":\"ann@example.com\"}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"raw_html\":\"x\",\"a\":1}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"a\":1}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"a\":1 , \"raw_html\":{\"b\":[1]}}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"a\":1 }]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"raw_html\":\"x\", \"secret\" :1,\"b\":2,\"c\":3}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"b\":2,\"c\":3}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"b\":2,\"secret\":1,\"raw_\\u0068tml\":[],\"c\":3}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"b\":2,\"c\":3}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{\"secret\":1,\"raw_html\":\"x\"}]}",
                "{\"ids\":[\"a\"],\"metadatas\":[{}]}");
        bodies.forEach((body, sent) ->
                assertThat(forwarded(request(guarded.add(), body))).isEqualTo(sent));
        assertThat(forwarded(request(chroma().dropping("document").add(), "{\"ids\":[\"a\"],\"documents\":[\"x\"]}")))
                .isEqualTo("{\"ids\":[\"a\"],\"documents\":[null]}");
    }
}
