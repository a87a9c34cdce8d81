package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.milvus;
import static dev.redoubt.wire.Guarded.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.protobuf.GrpcMessage;
import org.junit.jupiter.api.Test;

/** Filters in the language of Milvus. */
class ExpressionScanTest {
    private static final ProtobufJson PROTOBUF =
            new ProtobufJson(Profiles.builtIn().find("Milvus").orElseThrow().schema());

    private static Outcome outcome(Guarded guarded, String filter) {
        ObjectNode query = JsonNodeFactory.instance.objectNode().put("expr", filter);
        return guarded.route("POST", "/milvus.proto.milvus.MilvusService/Query")
                .read(new GrpcMessage(PROTOBUF.write("QueryRequest", query)).framed())
                .apply(CLOSED);
    }

    private static String sent(Guarded guarded, String filter) {
        try {
            byte[] message = GrpcMessage.only(body(outcome(guarded, filter))).data();
            return PROTOBUF.read("QueryRequest", message).get("expr").textValue();
        } catch (FrameFault e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] body(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Forward.class);
        return ((Outcome.Forward) outcome).body();
    }

    private static String sent(String filter) {
        return sent(milvus(), filter);
    }

    @Test
    void whatAFieldIsComparedWithIsRedacted() {
        assertThat(sent("mail == 'ann.lee@example.com' and id > 3"))
                .isEqualTo("mail == \"<EMAIL_ADDRESS>\" and id > 3");
        assertThat(sent("mail in [\"a\", \"ann.lee@example.com\"] or text like \"%ann.lee@example.com%\""))
                .isEqualTo("mail in [\"a\", \"<EMAIL_ADDRESS>\"] or text like \"%<EMAIL_ADDRESS>%\"");
        assertThat(sent("json_contains(meta[\"mails\"], \"ann.lee@example.com\")"))
                .isEqualTo("json_contains(meta[\"mails\"], \"<EMAIL_ADDRESS>\")");
        assertThat(sent("card == 4111111111111111")).isEqualTo("card == \"<CREDIT_CARD>\"");
    }

    @Test
    void anEscapeHidesNothing() {
        assertThat(sent("mail == \"ann.lee\\u0040example.com\"")).isEqualTo("mail == \"<EMAIL_ADDRESS>\"");
        assertThat(sent("mail == \"ann.lee\\x40example\\056com\"")).isEqualTo("mail == \"<EMAIL_ADDRESS>\"");
    }

    @Test
    void aFilterWithoutAnythingOfInterestStaysAsItIs() {
        for (String filter : new String[] {"", "id > 0", "a == 'it\\'s' && b != \"\u00e9\"", "x in {values}"}) {
            assertThat(sent(filter)).isEqualTo(filter);
        }
    }

    @Test
    void whatIsComparedWithAFieldThatIsNotScannedIsNotScannedEither() {
        Guarded guarded = milvus().excluding("key");
        assertThat(sent(guarded, "key == \"ann.lee@example.com\"")).isEqualTo("key == \"ann.lee@example.com\"");
        assertThat(sent(guarded, "meta[\"key\"] in ['ann.lee@example.com']"))
                .isEqualTo("meta[\"key\"] in ['ann.lee@example.com']");
        assertThat(sent(guarded, "key == \"a\" and mail == \"ann.lee@example.com\""))
                .isEqualTo("key == \"a\" and mail == \"<EMAIL_ADDRESS>\"");
        assertThat(sent(guarded, "key == \"a\" || \"ann.lee@example.com\" == mail"))
                .isEqualTo("key == \"a\" || \"<EMAIL_ADDRESS>\" == mail");
    }

    @Test
    void aReplacementThatCouldEndItsQuotesIsRefused() {
        assertThat(refused(outcome(milvus(), "text == 'say \"hi\" to ann.lee@example.com'")))
                .isEqualTo(RefusalReason.MalformedExpression);
        assertThat(refused(outcome(milvus(), "text == \"a\\\\b ann.lee@example.com\"")))
                .isEqualTo(RefusalReason.MalformedExpression);
    }

    @Test
    void aNameThatIsAnEntityIsRefusedForItCannotBeReplaced() {
        assertThat(refused(outcome(milvus(), "meta[\"ann.lee@example.com\"] == 1")))
                .isEqualTo(RefusalReason.EntityInName);
    }

    @Test
    void theRefusalTellsWhereButNotWhat() {
        Outcome outcome = outcome(milvus(), "mail == \"ann.lee@example.com");
        assertThat(((Outcome.Refused) outcome).refusal().rule()).isEqualTo("expr: a text is not closed at byte 8");
    }
}
