package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.openSearch;
import static dev.redoubt.wire.Guarded.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.wire.route.MatchedRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query parameters that say what a body could say. */
class QueryParametersTest {
    private static Outcome edited(Guarded guarded, String query, String body) throws Exception {
        TargetGuard guard = guarded.guard();
        MatchedRoute matched = guard.match("POST", "/people/_search" + query).orElseThrow();
        return guard.guard(matched)
                .read(matched.parameters(), Guarded.bytes(body))
                .query(MessageContext.of(matched.variables(), null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "?size=5,{},size=5",
                "?size=500,{},size=10",
                "?from=20&size=11,{},size=10&from=20",
                "?q=contact+ann,{},q=contact%20ann",
                "?q=mail%20ann.lee%40example.com,{},q=mail%20%3CEMAIL_ADDRESS%3E",
                "?q=caf%C3%A9,{},q=caf%C3%A9",
                "?_source=text%2Cemail,{},'_source=text,email'",
                "?track_total_hits,{},track_total_hits"
            })
    void aQueryIsWrittenAnew(String query, String body, String expected) throws Exception {
        assertThat(forwarded(edited(openSearch(), query, body))).isEqualTo(expected);
    }

    @Test
    void anAbsentLimitIsSetWhereNoBodyTellsIt() throws Exception {
        assertThat(forwarded(edited(openSearch().returning(3), "?q=x", ""))).isEqualTo("size=3&q=x");
        assertThat(forwarded(edited(openSearch().returning(3), "?q=x", "{\"size\":2}")))
                .isEqualTo("q=x");
        assertThat(forwarded(edited(openSearch(), "?q=x", ""))).isEqualTo("q=x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?size=-1",
                "?size=ten",
                "?size=",
                "?size=1e3",
                "?from=1001",
                "?sort=a:asc,_score:desc",
                "?q=a%5E99"
            })
    void whatCannotBeBoundedIsRefused(String query) throws Exception {
        assertThat(edited(openSearch(), query, "{}")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aTextThatThePolicyBlocksRefusesTheRequest() throws Exception {
        assertThat(refused(edited(openSearch().doing(Action.Block), "?q=ann.lee@example.com", "{}")))
                .isEqualTo(RefusalReason.EntityBlocked);
    }
}
