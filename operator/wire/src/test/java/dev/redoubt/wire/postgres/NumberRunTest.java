package dev.redoubt.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRunTest {
    private static boolean isVector(String text) {
        return NumberRun.isIn(text.getBytes(StandardCharsets.UTF_8), NumberRun.VECTOR);
    }

    private static String numbers(String separator, int count) {
        return IntStream.range(0, count).mapToObj(i -> "-0." + i + "5e-1").collect(Collectors.joining(separator));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ", ", " ", ";", "\n", "|", " , "})
    void aVectorIsFoundHoweverItIsWrittenAndWhateverStandsAround(String separator) {
        assertThat(isVector("[" + numbers(separator, 16) + "]")).isTrue();
        assertThat(isVector("(1,\"an é\",\"{" + numbers(separator, 20) + "}\")"))
                .isTrue();
        assertThat(isVector(numbers(separator, 15))).isFalse();
    }

    @Test
    void aSparseVectorIsFound() {
        assertThat(isVector(
                        IntStream.range(0, 16).mapToObj(i -> i + ":0.5").collect(Collectors.joining(",", "{", "}/99"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20",
                "Ticket 1 of 2024-01-02 03:04:05, costs 1.5 and 2.5 or 3.5 for 4, 5 and 6",
                "[[13.4,52.5],[13.5,52.6],[13.6,52.7],[13.7,52.8],[13.8,52.9],[13.9,53.0],[14.0,53.1],[14.1,53.2]]"
            })
    void ordinaryNumbersAreNoVector(String text) {
        assertThat(isVector(text)).isFalse();
    }

    @Test
    void anErrorThatShowsTheBeginningOfAVectorIsFound() {
        byte[] detail = "Failing row contains (1, null, [0.1875,0.265625,0.343...".getBytes(StandardCharsets.UTF_8);
        assertThat(NumberRun.isIn(detail, NumberRun.BEGINNING)).isTrue();
    }
}
