package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.profiles.MessageSpec.Encoding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                     | true  | true  | false",
                "Application/JSON; charset=\"UTF-8\"  | true  | true  | false",
                "application/json; charset=utf-16     | false | false | false",
                "application/x-ndjson                 | false | true  | true",
                "application/x-ndjson;charset=utf-8   | false | true  | true",
                "application/ndjson                   | false | true  | true",
                "application/jsonl                    | false | true  | true",
                "application/jsonlines                | false | true  | true",
                "application/x-ndjson; charset=latin1 | false | false | false",
                "application/x-ndjson, text/plain     | false | false | false",
                "text/event-stream                    | false | false | false",
                "text/plain                           | false | false | false",
            })
    void aTypeFitsTheBodiesThatItNames(String type, boolean json, boolean lines, boolean streamsLines) {
        assertThat(MediaTypes.fits(Encoding.Json, type)).isEqualTo(json);
        assertThat(MediaTypes.fits(Encoding.Ndjson, type)).isEqualTo(lines);
        assertThat(MediaTypes.streams(Encoding.Ndjson, type)).isEqualTo(streamsLines);
        assertThat(MediaTypes.fits(Encoding.None, type)).isFalse();
    }
}
