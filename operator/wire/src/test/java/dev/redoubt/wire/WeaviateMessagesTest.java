package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.captured;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.tree;
import static dev.redoubt.wire.Guarded.weaviate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.profiles.Operation;
import dev.redoubt.wire.route.MalformedTargetException;
import dev.redoubt.wire.route.MatchedRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to messages of a real Weaviate's REST API. */
class WeaviateMessagesTest {
    private static final String ID = "00000000-0000-0000-0000-000000000001";

    /** A request and what became of it; the place of its records is in its path. */
    private record Call(RouteGuard guard, MessageContext context) {
        static Call of(Guarded guarded, String method, String target) {
            TargetGuard guard = guarded.guard();
            try {
                MatchedRoute matched = guard.match(method, target).orElseThrow();
                MessageContext context = MessageContext.of(matched.variables(), null);
                return new Call(guard.guard(matched), new MessageContext(context.place(), true, null, List.of(), null));
            } catch (MalformedTargetException e) {
                throw new AssertionError(e);
            }
        }

        static Call of(String fixture) {
            JsonNode request = captured("weaviate/" + fixture + ".request.json");
            return of(
                    weaviate(),
                    request.get("method").textValue(),
                    request.get("path").textValue());
        }

        JsonNode sent(String body) {
            return tree(guard.read(bytes(body)).apply(context));
        }

        JsonNode got(String body) {
            return tree(guard.response(bytes(body), context));
        }
    }

    private static String request(String fixture) {
        return captured("weaviate/" + fixture + ".request.json").get("body").toString();
    }

    private static String response(String fixture) {
        return captured("weaviate/" + fixture + ".response.json").get("body").toString();
    }

    @Test
    void everyPersonInAnObjectIsRedactedOnItsWayInAndItsVectorStays() {
        JsonNode sent = Call.of("07-create-object").sent(request("07-create-object"));
        assertThat(sent.at("/properties/text").textValue()).isEqualTo("Contact Ann Lee at <EMAIL_ADDRESS>");
        assertThat(sent.at("/properties/person/phone").textValue()).isEqualTo("<PHONE_NUMBER>");
        assertThat(sent.get("vector").toString()).isEqualTo("[1.0,0.0,0.0,0.1]");
        JsonNode batch = Call.of("08-batch-objects").sent(request("08-batch-objects"));
        assertThat(batch.at("/objects/1/properties/email").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(Call.of("18-patch-object").sent(request("18-patch-object")).toString())
                .doesNotContain("ann2@");
    }

    @Test
    void noAnswerOfAnObjectHoldsAVectorOrAPerson() {
        for (String fixture : new String[] {
            "07-create-object",
            "08-batch-objects",
            "15-get-object-vector",
            "16-list-objects-dump",
            "19-put-object",
            "33-client-insert"
        }) {
            String got = Call.of(fixture).got(response(fixture)).toString();
            assertThat(got).as(fixture).doesNotContain("@example").containsPattern("\"vectors?\":null");
        }
    }

    @Test
    void aListOfObjectsIsAnExport() {
        assertThat(Call.of("16-list-objects-dump").guard().route().operations()).containsExactly(Operation.Export);
    }

    @Test
    void aDroppedFieldNeverReachesTheStoreHoweverDeepItIs() {
        Guarded guarded = weaviate().dropping("phone");
        JsonNode sent = Call.of(guarded, "POST", "/v1/objects").sent(request("07-create-object"));
        assertThat(sent.at("/properties/person").toString()).isEqualTo("{}");
    }

    @Test
    void aSealedFieldOpensWhereverItsRecordIsNamed() {
        Guarded guarded = weaviate().withoutRedaction().sealing("note");
        String put = "/v1/objects/People/" + ID;
        String properties = "\"properties\":{\"note\":\"is ill\"}";
        String patched = Call.of(guarded, "PATCH", put)
                .sent("{\"class\":\"People\"," + properties + "}")
                .at("/properties/note")
                .textValue();
        assertThat(patched).startsWith("rdbt1.1.");
        String object = "{\"class\":\"%s\",\"id\":\"" + ID + "\",\"properties\":{\"note\":\"" + patched + "\"}}";
        Call list = Call.of(guarded, "GET", "/v1/objects");
        JsonNode got = list.got("{\"objects\":[" + object.formatted("Other") + "," + object.formatted("People") + "]}");
        assertThat(got.at("/objects/0/properties/note").isNull()).isTrue();
        assertThat(got.at("/objects/1/properties/note").textValue()).isEqualTo("is ill");
        assertThat(Call.of(guarded, "GET", put)
                        .got(object.formatted("People"))
                        .at("/properties/note")
                        .textValue())
                .isEqualTo("is ill");
    }

    @Test
    void aClassWithSettingsOfAModuleIsForThoseWhoManage() {
        RouteGuard guard = Call.of(weaviate(), "POST", "/v1/schema").guard();
        assertThat(guard.read(bytes(request("31-client-create"))).operations()).containsExactly(Operation.Ingest);
        for (String body : new String[] {
            "{\"class\":\"A\",\"moduleConfig\":{\"generative-openai\":{\"baseURL\":\"http://evil\"}}}",
            "{\"class\":\"A\",\"vectorConfig\":{\"d\":{\"vectorizer\":{\"text2vec-openai\":{\"baseURL\":\"http://evil\"}}}}}"
        }) {
            assertThat(guard.read(bytes(body)).operations()).as(body).containsExactly(Operation.Manage);
        }
        // Go takes a name in letters of any case for a member
        for (String body : new String[] {
            "{\"class\":\"A\",\"ModuleConfig\":{\"generative-openai\":{\"baseURL\":\"http://evil\"}}}",
            "{\"class\":\"A\",\"vectorConfig\":{\"d\":{\"Vectorizer\":{\"text2vec-openai\":{\"baseURL\":\"http://evil\"}}}}}"
        }) {
            assertThat(refused(guard.read(bytes(body)).apply(Guarded.CLOSED)))
                    .as(body)
                    .isEqualTo(RefusalReason.UnknownField);
        }
    }

    @Test
    void aListIsTakenOnlyWhereTheProfileSpeaksOfOne() {
        String references = "[{\"from\":\"weaviate://localhost/A/" + ID + "/friend\",\"to\":\"weaviate://localhost/B/"
                + ID + "\"}]";
        assertThat(forwarded(Call.of(weaviate(), "POST", "/v1/batch/references")
                        .guard()
                        .read(bytes(references))
                        .apply(Guarded.CLOSED)))
                .isEqualTo(references);
        assertThat(refused(Call.of(weaviate(), "POST", "/v1/objects")
                        .guard()
                        .read(bytes("[]"))
                        .apply(Guarded.CLOSED)))
                .isEqualTo(RefusalReason.WrongType);
    }
}
