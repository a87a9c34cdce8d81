package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import dev.redoubt.sidecar.AuditRecord.Place;
import dev.redoubt.wire.Report;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRecordTest {
    private static final Place PLACE = new Place("n", "p", "t");

    private static JsonNode line(Instant time, String route, Findings findings, Integer keyVersion, long bytes)
            throws IOException {
        byte[] json = new AuditRecord(
                        time,
                        PLACE,
                        "load",
                        true,
                        route,
                        null,
                        Decision.Refuse,
                        "Forbidden",
                        403,
                        findings,
                        keyVersion,
                        "r",
                        null,
                        bytes,
                        0,
                        7)
                .json();
        assertThat(json).doesNotContain((byte) '\n');
        return new ObjectMapper().readTree(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "\"\\", "a\nb\u0001\u001f", "é€\uD83D\uDE00x", "\u2028/\u007f"})
    void whateverANameHoldsIsReadBackAsItWas(String name) throws IOException {
        assertThat(line(Instant.EPOCH, name, new Findings(), 3, 0).get("route").textValue())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-29T08:04:05.123456789Z",
                "2026-11-29T08:04:05.000120Z",
                "2026-11-29T08:04:00.5Z",
                "2026-11-29T08:04:00Z",
                "2026-01-01T00:00:59.000000001Z"
            })
    void aTimeIsWrittenAsEverybodyWritesIt(String time) throws IOException {
        Instant instant = Instant.parse(time);
        assertThat(line(instant, null, new Findings(), null, 0).get("time").textValue())
                .isEqualTo(instant.toString());
    }

    @Test
    void everyCountOfAReportStandsUnderItsName() throws IOException {
        Findings findings = new Findings();
        findings.rule("clients.allow");
        findings.add(new Report(
                List.of(new Report.Redacted(Stage.Query, Action.Tokenize, "EMAIL_ADDRESS", 2)),
                List.of("a", "x".repeat(200)),
                12,
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9,
                10,
                null));
        findings.unjudged("recognizers.presidio");
        JsonNode line = line(Instant.EPOCH, "query", findings, null, Long.MAX_VALUE);
        assertThat(line.get("rules"))
                .extracting(JsonNode::textValue)
                .containsExactly("clients.allow", "recognizers.presidio");
        assertThat(line.at("/entities/Tokenize/EMAIL_ADDRESS").intValue()).isEqualTo(2);
        assertThat(line.get("records")).extracting(JsonNode::textValue).containsExactly("a", "x".repeat(128));
        List<String> counts = List.of(
                "sealed",
                "opened",
                "unopened",
                "restored",
                "dropped",
                "withheld",
                "limited",
                "vectors",
                "scores",
                "logprobs");
        for (int i = 0; i < counts.size(); i++) {
            assertThat(line.get(counts.get(i)).intValue()).as(counts.get(i)).isEqualTo(i + 1);
        }
        assertThat(line.get("recordCount").intValue()).isEqualTo(12);
        assertThat(line.get("unjudged").intValue()).isEqualTo(1);
        assertThat(line.get("bytesIn").longValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(line.get("keyVersion").isNull()).isTrue();
        assertThat(line.get("operation").isNull()).isTrue();
        assertThat(line.get("leakageTest").booleanValue()).isTrue();
    }
}
