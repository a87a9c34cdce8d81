package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much is done for a text that was made to be slow, counted and not timed. */
class ScanWorkTest {
    private static final Plan PLAN = new Plan(
            Entity.builtIn().values().stream()
                    .collect(Collectors.toMap(Function.identity(), entity -> new Treatment(Action.Replace, false))),
            List.of(),
            Set.of(),
            Redactors.key(7));

    private static final int SHORT = 4_000;
    private static final int LONG = 64_000;

    static Stream<String> names() {
        return HostileTexts.of(SHORT).keySet().stream();
    }

    private static Scan scanned(String name, int length) {
        Map<String, byte[]> texts = HostileTexts.of(length);
        byte[] text = texts.get(name);
        Scan scan = new Scan(PLAN, text, 0);
        scan.advance(text, text.length, true);
        return scan;
    }

    @ParameterizedTest
    @MethodSource("names")
    void theWorkForAByteHasABoundHoweverLongTheTextIs(String name) {
        Scan few = scanned(name, SHORT);
        Scan many = scanned(name, LONG);
        assertThat(many.steps()).as("steps").isLessThan(24L * LONG);
        assertThat(many.checks()).as("checks").isLessThan(3L * LONG);
        // sixteen times the text is no more than sixteen times the work, but for what its ends and chance make of it
        assertThat(many.steps()).as("growth").isLessThan((few.steps() + SHORT) * LONG / SHORT * 5 / 4);
    }
}
