package dev.redoubt.wire.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.profiles.Profiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private static final String COLLECTIONS = "/api/v2/tenants/t/databases/d/collections";
    private static final RouteTable CHROMA =
            new RouteTable(Profiles.builtIn().find("Chroma").orElseThrow().routes());

    private static Optional<String> name(String method, String target) throws MalformedTargetException {
        return CHROMA.match(method, target).map(match -> match.route().name());
    }

    @Test
    void everythingThatARealClientSentMeetsItsRouteOrNone() throws Exception {
        List<String> refused = new ArrayList<>();
        for (String file : List.of(
                "01-client-init",
                "04-heartbeat",
                "05-create-collection",
                "06-add",
                "07-add",
                "08-upsert",
                "09-update",
                "10-count",
                "11-query-all-includes",
                "14-get-ids",
                "17-search-api",
                "18-list-collections",
                "19-get-collection",
                "22-fork",
                "23-delete-records",
                "25-delete-collection",
                "26-reset")) {
            JsonNode request = captured("chroma/" + file);
            if (name(request.get("method").textValue(), request.get("path").textValue())
                    .isEmpty()) {
                refused.add(file);
            }
        }
        assertThat(refused).containsExactly("17-search-api", "22-fork", "26-reset");
        for (String file : List.of("01-reset-allowed", "11-v1-path", "15-docs")) {
            JsonNode request = captured("chroma-misc/" + file);
            assertThat(name(
                            request.get("method").textValue(),
                            request.get("path").textValue()))
                    .as(file)
                    .isEmpty();
        }
    }

    private static JsonNode captured(String file) throws IOException {
        try (InputStream in = RouteTableTest.class.getResourceAsStream("/" + file + ".request.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void variablesAreGivenDecoded() throws Exception {
        MatchedRoute match = CHROMA.match("POST", "/api/v2/tenants/caf%C3%A9%20x/databases/d/collections/c-1/query")
                .orElseThrow();
        assertThat(match.route().name()).isEqualTo("query");
        assertThat(match.variables())
                .containsEntry("tenant", "café x")
                .containsEntry("database", "d")
                .containsEntry("collection", "c-1");
    }

    @Test
    void parametersAreThoseOfTheRouteOnceEach() throws Exception {
        assertThat(name("GET", COLLECTIONS + "?limit=5&offset=0")).contains("list-collections");
        for (String query : List.of(
                "?",
                "?limit=5&limit=6",
                "?other=1",
                "?limit=%26",
                "?limit=5+6",
                "?&limit=1",
                "?li%6dit=1",
                "?limit=a b")) {
            assertThatThrownBy(() -> name("GET", COLLECTIONS + query))
                    .as(query)
                    .isInstanceOf(MalformedTargetException.class);
        }
    }

    @Test
    void aMethodThatTheRouteDoesNotHaveIsNoRoute() throws Exception {
        assertThat(name("PATCH", COLLECTIONS)).isEmpty();
        assertThat(name("get", COLLECTIONS)).isEmpty();
        assertThat(name("HEAD", "/api/v2/heartbeat")).isEmpty();
    }

    @Test
    void anEncodedLiteralIsNoRoute() throws Exception {
        assertThat(name("POST", COLLECTIONS + "/c/%61dd")).isEmpty();
        assertThat(name("GET", "/api/v2/heartbea%74")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "api/v2/heartbeat",
                "http://store/api/v2/heartbeat",
                "//api/v2/heartbeat",
                "/api//v2/heartbeat",
                "/api/v2/heartbeat/",
                "/api/v2/./heartbeat",
                "/api/v2/x/../heartbeat",
                "/api/v2/%2e%2e/heartbeat",
                "/api/v2/%2E/heartbeat",
                "/api/v2/tenants/a%2fb",
                "/api/v2/tenants/a%5cb",
                "/api/v2/tenants/a\\b",
                "/api/v2/tenants/a%252fb",
                "/api/v2/tenants/a;b",
                "/api/v2/tenants/a%00b",
                "/api/v2/tenants/a%0d%0ab",
                "/api/v2/tenants/a%c0%afb",
                "/api/v2/tenants/a%ffb",
                "/api/v2/tenants/a%4",
                "/api/v2/tenants/a%",
                "/api/v2/tenants/a%zz",
                "/api/v2/tenants/a#b",
                "/api/v2/tenants/a b",
                "/api/v2/tenants/é"
            })
    void aTargetThatCanBeReadInTwoWaysIsRefused(String target) {
        assertThatThrownBy(() -> name("GET", target))
                .isInstanceOf(MalformedTargetException.class)
                .hasNoCause();
    }
}
