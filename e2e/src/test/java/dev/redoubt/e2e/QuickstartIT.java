package dev.redoubt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README's first command, as a stranger runs it. Its own closing table decides whether the guard held. */
class QuickstartIT {
    @Test
    void theQuickstartGuardsAnApplicationAndShowsBeforeAndAfter() {
        Shell.Result result = new Shell(Map.of()).run(Duration.ofMinutes(12), "", List.of("e2e/quickstart"));
        System.out.println(result.out());
        assertThat(result.succeeded())
                .contains("e-mail addresses a client sees")
                .contains("leakage test: ScoreTrilateration")
                .contains("GUARDED");
    }
}
