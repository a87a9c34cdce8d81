package dev.redoubt.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c chroma",
                "/bin/bash -euc chroma",
                "/usr/bin/env sh -c chroma",
                "tini -- ash -e -c chroma",
                "zsh -lc x"
            })
    void aScriptForAShellIsRecognised(String words) {
        assertThat(new CommandLine(List.of(words.split(" ")), null).hasShellScript())
                .isTrue();
        assertThat(new CommandLine(null, List.of(words.split(" "))).hasShellScript())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chroma run -c x", "/entrypoint.sh run", "bash /start.sh -c 1", "run --shell sh"})
    void whatIsNoScriptIsNoneEvenWhereItLooksALittleLikeOne(String words) {
        assertThat(new CommandLine(null, List.of(words.split(" "))).hasShellScript())
                .isFalse();
    }

    @Test
    void aFlagUnderItsOtherNameIsReplacedThere() {
        CommandLine line =
                new CommandLine(List.of("server"), List.of("-p", "80", "--x")).with(List.of("--port", "-p"), "1");

        assertThat(line.args()).containsExactly("-p", "1", "--x");
    }

    @Test
    void aFlagThatOnlyBeginsLikeAnotherIsLeftAlone() {
        CommandLine line =
                new CommandLine(null, List.of("--portable", "x", "--port-file=y")).with(List.of("--port"), "1");

        assertThat(line.args()).containsExactly("--portable", "x", "--port-file=y", "--port", "1");
    }

    @Test
    void aFlagWhoseValueIsSplitBetweenCommandAndArgumentsKeepsTheSplit() {
        CommandLine line = new CommandLine(List.of("server", "--port"), List.of("80")).with(List.of("--port"), "1");

        assertThat(line.command()).containsExactly("server", "--port");
        assertThat(line.args()).containsExactly("1");
    }
}
