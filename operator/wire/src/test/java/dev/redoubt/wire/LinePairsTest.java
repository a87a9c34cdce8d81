package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.openSearch;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.profiles.Operation;
import dev.redoubt.wire.seal.SealPlace;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Bodies of lines that come in pairs: what is to be done, and what with. */
class LinePairsTest {
    private static final Guarded SEALING = openSearch().sealing("text");
    private static final RouteGuard BULK = SEALING.route("POST", "/_bulk");
    private static final RouteGuard GET = SEALING.route("GET", "/people/_doc/x");

    private static Outcome bulk(Guarded guarded, String... lines) {
        return guarded.exchange("POST", "/_bulk", String.join("\n", lines) + "\n");
    }

    private static Outcome msearch(Guarded guarded, String... lines) {
        return guarded.exchange("POST", "/_msearch", String.join("\n", lines) + "\n");
    }

    /** An action of a bulk request: its head, and its body where it has one. */
    record Action(String kind, int id, String mail) {
        List<String> lines() {
            String head = "{\"" + kind + "\":{\"_index\":\"people\",\"_id\":\"" + id + "\"}}";
            return switch (kind) {
                case "delete" -> List.of(head);
                case "update" -> List.of(head, "{\"doc\":{\"text\":\"" + mail + "\"}}");
                default -> List.of(head, "{\"text\":\"" + mail + "\",\"" + kind + "\":{}}");
            };
        }
    }

    @Property(tries = 200)
    void everyDocumentIsSealedForTheRecordThatTheLineBeforeItNames(@ForAll("actions") List<Action> actions) {
        List<String> lines =
                actions.stream().flatMap(action -> action.lines().stream()).toList();
        Outcome outcome = BULK.read(bytes(String.join("\n", lines) + "\n"))
                .apply(new MessageContext(new SealPlace("", ""), false, null, List.of(), null));
        String[] sent = forwarded(outcome).split("\n");
        assertThat(sent).hasSameSizeAs(lines);
        int line = 0;
        List<String> opened = new ArrayList<>();
        for (Action action : actions) {
            assertThat(sent[line]).as("heads are as they were").isEqualTo(lines.get(line));
            line++;
            if (!action.kind().equals("delete")) {
                JsonNode document = tree(sent[line++]);
                opened.add(open(action, action.kind().equals("update") ? document.get("doc") : document));
            }
        }
        assertThat(opened)
                .isEqualTo(actions.stream()
                        .filter(action -> !action.kind().equals("delete"))
                        .map(action -> "<EMAIL_ADDRESS>")
                        .toList());
        assertThat(outcome.report().records()).hasSameSizeAs(actions);
    }

    private static String open(Action action, JsonNode document) {
        String answer = "{\"_id\":\"" + action.id() + "\",\"_index\":\"people\",\"_source\":" + document + "}";
        MessageContext open = new MessageContext(new SealPlace("", "people"), true, null, List.of(), null);
        return tree(GET.response(bytes(answer), open)).at("/_source/text").textValue();
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<String> kinds = Arbitraries.of("index", "create", "update", "delete");
        Arbitrary<String> mails = Arbitraries.of("a@example.com", "bob@example.org");
        return net.jqwik.api.Combinators.combine(kinds, Arbitraries.integers().between(0, 99), mails)
                .as(Action::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Example
    void nothingThatCouldShiftTheLinesIsTaken() {
        String index = "{\"index\":{\"_index\":\"people\",\"_id\":\"1\"}}";
        String delete = "{\"delete\":{\"_index\":\"people\",\"_id\":\"1\"}}";
        for (String[] lines : new String[][] {
            {index},
            {index, ""},
            {index, "", "{\"a\":1}"},
            {"{\"index\":{\"_index\":\"people\"},\"delete\":{\"_index\":\"people\",\"_id\":\"1\"}}", "{\"a\":1}"},
            {"{}", "{\"a\":1}"},
            {"{\"unknown\":{}}", "{\"a\":1}"},
            {delete, "{\"a\":1}"},
            {"[]", "{\"a\":1}"},
            {index, "[1]"},
            {index, "{\"a\":1} {\"b\":2}"}
        }) {
            assertThat(bulk(openSearch(), lines)).as(String.join(" / ", lines)).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(bulk(openSearch(), delete, index, "{\"a\":1}")).isInstanceOf(Outcome.Forward.class);
    }

    @Example
    void anUpdateRunsNoScript() {
        assertThat(refused(bulk(
                        openSearch(),
                        "{\"update\":{\"_index\":\"people\",\"_id\":\"1\"}}",
                        "{\"script\":{\"source\":\"ctx._source.a = 1\"}}")))
                .isEqualTo(RefusalReason.RefusedField);
        assertThat(bulk(
                        openSearch(),
                        "{\"index\":{\"_index\":\"people\",\"_id\":\"1\"}}",
                        "{\"script\":{\"source\":\"a text\"}}"))
                .isInstanceOf(Outcome.Forward.class);
    }

    @Example
    void onlyOneIndexIsNamedInALine() {
        for (String name : List.of("_all", "*", "a,b", ".security", "-x", "r:x", "")) {
            assertThat(bulk(openSearch(), "{\"index\":{\"_index\":\"" + name + "\",\"_id\":\"1\"}}", "{\"a\":1}"))
                    .as(name)
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(msearch(openSearch(), "{\"index\":\"" + name + "\"}", "{}"))
                    .as(name)
                    .isInstanceOf(Outcome.Refused.class);
        }
        assertThat(refused(msearch(openSearch(), "{}", "{}"))).isEqualTo(RefusalReason.MissingCollection);
        assertThat(msearch(openSearch(), "{\"index\":[\"a\",\"b\"]}", "{}")).isInstanceOf(Outcome.Refused.class);
    }

    @Example
    void aLimitIsSetInEverySearchThatHasNone() {
        String sent = forwarded(msearch(
                openSearch().returning(3),
                "{\"index\":\"a\"}",
                "{\"query\":{\"match_all\":{}}}",
                "{\"index\":\"b\"}",
                "{\"size\":100}"));
        assertThat(sent)
                .isEqualTo(
                        "{\"index\":\"a\"}\n{\"query\":{\"match_all\":{}},\"size\":3}\n{\"index\":\"b\"}\n{\"size\":3}\n");
    }

    @Example
    void manySearchesAtOnceAreNoWayAroundTheBound() {
        String[] three = {"{\"index\":\"a\"}", "{}", "{\"index\":\"a\"}", "{}", "{\"index\":\"a\"}", "{}"};
        assertThat(refused(msearch(openSearch().returning(2), three))).isEqualTo(RefusalReason.TooMany);
        assertThat(msearch(openSearch().returning(3), three)).isInstanceOf(Outcome.Forward.class);
    }

    @Example
    void oneSearchThatReadsOnMakesAllOfThemExport() {
        String body = "{\"index\":\"a\"}\n{}\n{\"index\":\"a\"}\n{\"search_after\":[1]}\n";
        assertThat(openSearch().route("POST", "/_msearch").read(bytes(body)).operations())
                .containsExactly(Operation.Export);
    }
}
