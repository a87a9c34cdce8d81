package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.CustomEntity;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import dev.redoubt.sidecar.Configurations.Pushed;
import io.vertx.core.http.HttpServerRequest;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A running guard is given other policies while it is asked. */
class PolicyChangeTest {
    private static final String CODE = "E-123456";
    private static final int AT_ONCE = 20;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

    private void application(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            received.add(body.toString());
            request.response().putHeader("content-type", "application/json").end(GuardTest.EMPTY_ANSWER);
        });
    }

    /** A policy whose only entity has a name and a pattern. */
    private static GuardConfig config(String entity, String pattern) {
        CustomEntity own = new CustomEntity(
                entity, pattern, List.of(), CustomEntity.LetterCase.Ignore, null, List.of(), BigDecimal.ONE);
        RedactionRule rule = new RedactionRule(List.of(entity), List.of(Stage.Query), Action.Replace);
        return Guards.chroma()
                .with()
                .redaction(new Redaction(List.of(rule), List.of(own), null, null, null))
                .build();
    }

    private static Pushed push(GuardFixture guard, GuardConfig config) {
        return guard.guard.services().configurations().push(config.json().getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<?> ask(GuardFixture guard, String mark) {
        HttpRequest request = guard.request(GuardTest.QUERY, Guards.KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"query_embeddings\":[[1.0]],\"n_results\":1,"
                        + "\"where\":{\"mark\":\"" + mark + "\",\"code\":\"" + CODE + "\"}}"))
                .build();
        return guard.client
                .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenAccept(response -> statuses.merge(response.statusCode(), 1, Integer::sum));
    }

    private String code(String mark) {
        String body = received.stream()
                .filter(each -> each.contains("\"" + mark + "\""))
                .findFirst()
                .orElseThrow();
        return body.replaceFirst("(?s).*\"code\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void noRequestFailsAndWhatIsAskedAfterTheRevisionIsAcknowledgedMeetsTheNewPolicy() throws Exception {
        try (GuardFixture guard = new GuardFixture(config("FIRST", "E-\\d{6}"), this::application)) {
            List<CompletableFuture<?>> asked = new ArrayList<>();
            for (int round = 0; round < 6; round++) {
                String name = "ROUND_" + round;
                for (int i = 0; i < AT_ONCE; i++) {
                    asked.add(ask(guard, "during-" + round + "-" + i));
                }
                GuardConfig next = config(name, "[A-Z]-\\d{6}");
                assertThat(push(guard, next)).isEqualTo(new Pushed.Loaded(next.revision()));
                ask(guard, "after-" + round).join();
                assertThat(code("after-" + round)).isEqualTo("<" + name + ">");
            }
            CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).join();
            assertThat(statuses).isEqualTo(Map.of(200, 6 * AT_ONCE + 6));
            // whichever policy a request met, it met one as a whole
            for (int round = 0; round < 6; round++) {
                for (int i = 0; i < AT_ONCE; i++) {
                    assertThat(code("during-" + round + "-" + i)).matches("<(FIRST|ROUND_[0-9])>");
                }
            }
        }
    }

    @Test
    void aPolicyThatCannotBeBuiltLeavesTheLastGoodOneInForce() throws Exception {
        try (GuardFixture guard = new GuardFixture(config("FIRST", "E-\\d{6}"), this::application)) {
            assertThat(push(guard, config("SECOND", "E-\\d+"))).isInstanceOf(Pushed.Invalid.class);
            ask(guard, "after").join();
            assertThat(code("after")).isEqualTo("<FIRST>");
        }
    }
}
