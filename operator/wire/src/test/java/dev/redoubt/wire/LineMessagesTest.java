package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.lines;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Bounds;
import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Stage;
import dev.redoubt.profiles.ValueSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of lines, each a JSON document of its own. */
class LineMessagesTest {
    private static RouteGuard bulk() {
        return lines().route("POST", "/_bulk");
    }

    private static RouteGuard scan() {
        return lines().route("POST", "/_scan");
    }

    private static String bulk(Guarded guarded, String body) {
        return forwarded(request(guarded.route("POST", "/_bulk"), body));
    }

    @Test
    void everyLineIsEditedByTheSamePathsAndNothingBetweenLinesChanges() {
        String body = "\r\n{\"index\":{\"_index\":\"i\",\"_id\":\"7\"}}\r\n"
                + " {\"text\":\"write to ann@example.com\",\"vector\":[0.10,2e0]}\n"
                + "\n  \t\n"
                + "{\"delete\":{\"_id\":\"8\"}}\n"
                + "{\"text\":\"é\",\"other\":\"\\u0061nn@example.com\"}";
        assertThat(bulk(lines(), body))
                .isEqualTo(body.replace("ann@example.com", "<EMAIL_ADDRESS>")
                        .replace("\\u0061nn@example.com", "<EMAIL_ADDRESS>"));
    }

    @Test
    void fieldsAreDroppedInEveryLine() {
        assertThat(bulk(lines().dropping("secret"), "{\"secret\":1,\"a\":\"x\"}\n{\"a\":\"y\",\"secret\":[2]}\n"))
                .isEqualTo("{\"a\":\"x\"}\n{\"a\":\"y\"}\n");
    }

    @Test
    void whatIsNotChangedIsTheVeryArray() {
        byte[] body = bytes("{\"a\":\"x\"}\n{\"a\":\"y\"}\n");
        Outcome outcome = bulk().read(body).apply(CLOSED);
        assertThat(((Outcome.Forward) outcome).body()).isSameAs(body);
    }

    @Test
    void allLinesAreOneReport() {
        Outcome outcome = request(
                bulk(),
                "{\"index\":{\"_id\":\"1\"}}\n{\"a\":\"ann@example.com\"}\n"
                        + "{\"index\":{\"_id\":\"2\"}}\n{\"a\":\"bob@example.com\"}\n");
        assertThat(outcome.report().records()).containsExactly("1", "2");
        assertThat(outcome.report().redacted()).singleElement().satisfies(redacted -> assertThat(redacted.count())
                .isEqualTo(2));
    }

    /** A document may not go on over a line feed, nor may a line hold two. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\n1}\n",
                "{\"a\":\"x\ny\"}\n",
                "{} {}\n",
                "{}\r{}\n",
                "[{}\n{}]\n",
                "{\"a\":1,\"a\":2}\n",
                "{}\n\uFEFF{}\n",
                "{}\n{",
                "{}\n\u0000\n",
                "{}\n\u2028{}\n",
                "{}\n\u000b\n"
            })
    void aLineThatIsNotOneDocumentRefusesAllOfThem(String body) {
        assertThat(refused(request(bulk(), body))).isEqualTo(RefusalReason.MalformedBody);
        assertThat(refused(bulk().response(bytes(body), CLOSED))).isEqualTo(RefusalReason.MalformedResponse);
    }

    @Test
    void aLineOfNoObjectAndARequestWithoutALineAreRefused() {
        assertThat(refused(request(bulk(), "{}\n[]\n"))).isEqualTo(RefusalReason.WrongType);
        assertThat(refused(request(bulk(), "{}\n\"x\"\n"))).isEqualTo(RefusalReason.UnknownField);
        assertThat(refused(request(bulk(), ""))).isEqualTo(RefusalReason.MalformedBody);
        assertThat(refused(request(bulk(), "\r\n \n"))).isEqualTo(RefusalReason.MalformedBody);
        assertThat(forwarded(bulk().response(bytes("\n"), CLOSED))).isEqualTo("\n");
    }

    @Test
    void depthIsBoundedInEveryLine() {
        RouteGuard guard = lines().bounds(new Bounds(1000, 1000, 8)).route("POST", "/_bulk");
        String deep = "{\"vector\":" + "[".repeat(9) + "]".repeat(9) + "}\n";
        assertThat(refused(request(guard, "{}\n" + deep))).isEqualTo(RefusalReason.MalformedBody);
        assertThat(request(guard, "{\"vector\":[[]]}\n".repeat(20))).isInstanceOf(Outcome.Forward.class);
    }

    @Test
    void aConditionThatHoldsForAnyLineHoldsForTheRequest() {
        assertThat(scan().read(bytes("{\"query\":\"x\"}\n{\"query\":\"y\"}\n")).operations())
                .containsExactly(Operation.Ingest);
        assertThat(scan().read(bytes("{\"query\":\"x\"}\n{\"query\":null}\n")).operations())
                .containsExactly(Operation.Export);
        assertThat(refused(request(scan(), "{\"query\":\"x\"}\n{}\n"))).isEqualTo(RefusalReason.BulkExport);
        assertThat(refused(request(scan(), "{\"query\":\"x\"}\n{"))).isEqualTo(RefusalReason.MalformedBody);
    }

    @Test
    void anEntityThatIsBlockedInOneLineRefusesAllOfThem() {
        RouteGuard guard = lines().doing(Action.Block).route("POST", "/_bulk");
        assertThat(refused(request(guard, "{\"a\":\"x\"}\n{\"a\":\"ann@example.com\"}\n")))
                .isEqualTo(RefusalReason.EntityBlocked);
    }

    @Test
    void observingNotesWhatItWouldRefuseAndPassesTheBytes() {
        RouteGuard guard = lines().observing().route("POST", "/_bulk");
        for (String body : List.of("{}\n{\"a\":\"ann@example.com\"}\n[]\n", "{\"a\":\"ann@example.com\"}\n{")) {
            Outcome outcome = request(guard, body);
            assertThat(forwarded(outcome)).isEqualTo(body);
            assertThat(outcome.report().observed()).isNotNull();
            assertThat(outcome.report().redacted()).hasSize(1);
        }
    }

    @Test
    void aLimitThatMayHaveToBeSetCannotStandInARequestOfLines() {
        MessageSpec spec = new MessageSpec(
                Stage.Query, Encoding.Ndjson, List.of(new ValueSpec("size", Role.Limit, null, 100)), Others.Redact);
        assertThatThrownBy(
                        () -> MessagePlan.compile(spec, Direction.Request, List.of(), lines().config(), Map.of(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size");
    }
}
