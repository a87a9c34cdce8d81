package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.OPEN;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.captured;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.tree;
import static dev.redoubt.wire.Guarded.weaviate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.policy.VectorProtection.Method;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to questions in GraphQL and their answers, with Weaviate's profile and what a real one answered. */
class GraphQlMessagesTest {
    private static final String NEAR = "nearVector:{vector:[1,0,0,0.1]}";
    private static final String ID = "00000000-0000-0000-0000-000000000001";

    private static RouteGuard route(Guarded guarded) {
        return guarded.route("POST", "/v1/graphql");
    }

    private static String json(String query, String... variables) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", query);
        for (int i = 0; i < variables.length; i += 2) {
            body.withObject("/variables").put(variables[i], variables[i + 1]);
        }
        return body.toString();
    }

    private static RequestReading read(Guarded guarded, String body) {
        return route(guarded).read(bytes(body));
    }

    private static Outcome asked(Guarded guarded, String query, String... variables) {
        return read(guarded, json(query, variables)).apply(CLOSED);
    }

    /** The text of the query that is sent on. */
    private static String sent(Guarded guarded, String query, String... variables) {
        return tree(asked(guarded, query, variables)).get("query").textValue();
    }

    private static JsonNode answered(Guarded guarded, String query, String answer, MessageContext context) {
        RequestReading reading = read(guarded, json(query));
        forwarded(reading.apply(context));
        return tree(route(guarded).response(bytes(answer), reading.answered(context)));
    }

    private static JsonNode replayed(String name) {
        String query =
                captured("weaviate/" + name + ".request.json").at("/body/query").textValue();
        String answer =
                captured("weaviate/" + name + ".response.json").get("body").toString();
        return answered(weaviate(), query, answer, CLOSED);
    }

    @Test
    void vectorsGoScoresAreRoundedAndTextsRedactedInWhatAServerAnswered() {
        JsonNode near = replayed("09-graphql-get-nearvector").at("/data/Get/People");
        assertThat(near.at("/0/_additional/vector").isNull()).isTrue();
        assertThat(near.at("/0/_additional/distance").toString()).isEqualTo("0.0");
        assertThat(near.at("/1/_additional/certainty").toString()).isEqualTo("0.5");
        assertThat(near.at("/0/text").textValue()).isEqualTo("Contact Ann Lee at <EMAIL_ADDRESS>");
        assertThat(near.at("/0/_additional/id").textValue()).isEqualTo(ID);
        assertThat(replayed("12-graphql-hybrid")
                        .at("/data/Get/People/0/_additional/explainScore")
                        .isNull())
                .isTrue();
        assertThat(replayed("12-graphql-hybrid")
                        .at("/data/Get/People/1/_additional/score")
                        .textValue())
                .isEqualTo("0.00");
        assertThat(replayed("13-graphql-aggregate-topocc").toString()).doesNotContain("@example");
    }

    @Test
    void aValueIsWhatItsFieldIsWhateverItIsCalled() {
        JsonNode got = answered(
                weaviate(),
                "{a:Get{b:People(%s){vector:text id:email x:person{distance:phone} text:_additional{email:vector vector:id score:distance w:vectors{id:default}}}}}"
                        .formatted(NEAR),
                """
                {"data":{"a":{"b":[{"vector":"to ann@example.com","id":"ann@example.com","x":{"distance":"ann@example.com"},
                "text":{"email":[1,2],"vector":"%s","score":0.123,"w":{"id":[3,4]}}}]}}}"""
                        .formatted(ID),
                CLOSED);
        assertThat(got.at("/data/a/b/0").toString())
                .isEqualTo(
                        "{\"vector\":\"to <EMAIL_ADDRESS>\",\"id\":\"<EMAIL_ADDRESS>\",\"x\":{\"distance\":\"<EMAIL_ADDRESS>\"},"
                                + "\"text\":{\"email\":null,\"vector\":\"" + ID + "\",\"score\":0.1,\"w\":null}}");
    }

    @Test
    void aHitWithATextThatIsBlockedIsTakenOutUnderWhateverName() {
        JsonNode got = answered(
                weaviate().doing(Action.Block, Stage.Retrieve),
                "{a:Get{b:People(" + NEAR + "){text _additional{k:id d:distance}}}}",
                "{\"data\":{\"a\":{\"b\":[{\"text\":\"of ann@example.com\",\"_additional\":{\"k\":\"1\",\"d\":0.1}},"
                        + "{\"text\":\"of nobody\",\"_additional\":{\"k\":\"2\",\"d\":0.21}}]}}}",
                CLOSED);
        assertThat(got.at("/data/a/b").toString())
                .isEqualTo("[{\"text\":\"of nobody\",\"_additional\":{\"k\":\"2\",\"d\":0.2}}]");
    }

    @Test
    void anErrorThatEchoesIsRedacted() {
        JsonNode got = answered(
                weaviate(),
                "{Get{People(" + NEAR + "){text}}}",
                "{\"errors\":[{\"message\":\"no ann@example.com\",\"path\":[\"ann@example.com\"]}]}",
                CLOSED);
        assertThat(got.toString()).doesNotContain("ann@example");
    }

    @Test
    void aSealedFieldIsOpenedByTheIdAndTheClassThatTheQuestionNames() {
        Guarded guarded = weaviate().sealing("note");
        JsonNode stored = tree(guarded.route("POST", "/v1/objects")
                .read(bytes("{\"class\":\"People\",\"id\":\"" + ID + "\",\"properties\":{\"note\":\"is ill\"}}"))
                .apply(OPEN));
        String sealed = stored.at("/properties/note").textValue();
        assertThat(sealed).startsWith("rdbt1.1.");
        String answer =
                "{\"data\":{\"Get\":{\"%s\":[{\"n\":\"" + sealed + "\",\"_additional\":{\"k\":\"" + ID + "\"}}]}}}";
        String query = "{Get{%s(" + NEAR + "){n:note _additional{k:id}}}}";
        assertThat(answered(guarded, query.formatted("People"), answer.formatted("People"), OPEN)
                        .at("/data/Get/People/0/n")
                        .textValue())
                .isEqualTo("is ill");
        // in another class it is not the same record
        assertThat(answered(guarded, query.formatted("Other"), answer.formatted("Other"), OPEN)
                        .at("/data/Get/Other/0/n")
                        .isNull())
                .isTrue();
        assertThat(answered(guarded, query.formatted("People"), answer.formatted("People"), CLOSED)
                        .at("/data/Get/People/0/n")
                        .textValue())
                .isEqualTo(sealed);
    }

    @Test
    void aLimitIsLoweredWhereItStandsAndSetWhereItIsMissing() {
        assertThat(sent(weaviate(), "{Get{People(limit:500 " + NEAR + "){text}}}"))
                .isEqualTo("{Get{People(limit:10 " + NEAR + "){text}}}");
        assertThat(sent(weaviate(), "{Get{p:People(" + NEAR + "){text}}}"))
                .isEqualTo("{Get{p:People(limit: 10 " + NEAR + "){text}}}");
        assertThat(sent(weaviate(), "query{Aggregate{ People { meta { count } } }}"))
                .isEqualTo("query{Aggregate{ People(limit: 10) { meta { count } } }}");
        String small = json("{Get{People(limit:3 " + NEAR + "){text}}}");
        RequestReading reading = read(weaviate(), small);
        assertThat(((Outcome.Forward) reading.apply(CLOSED)).body()).asString().isEqualTo(small);
    }

    @Test
    void textsOfAQuestionAreRedactedHoweverTheyAreWritten() {
        String query =
                """
                {Get{People(limit:1 where:{operator:And operands:[{path:["email"] operator:Equal valueText:"ann\\u0040example.com"}
                {path:["text"] operator:Like valueText:\"""ann@example.com\"""}]} # ann@example.com
                hybrid:{query:"by ann@example.com" properties:["text"]}){text}}}""";
        assertThat(sent(weaviate(), query))
                .contains("valueText:\"<EMAIL_ADDRESS>\"", "query:\"by <EMAIL_ADDRESS>\"")
                .doesNotContain("ann");
    }

    @Test
    void whatServersReadDifferentlyIsWrittenInOneWay() {
        // to a server without texts of several lines a list ends in this one, and another argument follows
        String query =
                "{Get{People(limit:1 hybrid:{query:\"x\" properties:[\"\"\"a\"] alpha:1 targetVectors:[\"b\"\"\"]}){text}}}";
        assertThat(sent(weaviate(), query))
                .isEqualTo(
                        "{Get{People(limit:1 hybrid:{query:\"x\" properties:[\"a\\\"] alpha:1 targetVectors:[\\\"b\"]}){text}}}");
        // to some a comment ends where others read on
        assertThat(sent(weaviate(), "{Get{People(bm25:{query:\"x\"} #\u2028\nlimit:1){text}}}"))
                .doesNotContain("#");
    }

    @Test
    void aVariableIsWhatTheArgumentIsThatItStandsFor() {
        Outcome outcome = asked(
                weaviate(),
                "query q($t:String){Get{People(limit:1 bm25:{query:$t}){text}}}",
                "t",
                "of ann@example.com");
        assertThat(tree(outcome).at("/variables/t").textValue()).isEqualTo("of <EMAIL_ADDRESS>");
        assertThat(read(weaviate(), json("query q($t:String){Get{People(after:$t){text}}}", "t", ID))
                        .operations())
                .containsExactly(Operation.Export);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not given|query q($t:String){Get{People(bm25:{query:$t}){text}}}|u",
                "given besides|{Get{People(bm25:{query:\"x\"}){text}}}|t",
                "used twice|query q($t:String){Get{People(bm25:{query:$t} tenant:$t){text}}}|t",
                "with a default|query q($t:String=\"x\"){Get{People(bm25:{query:$t}){text}}}|t",
                "in a list|query q($t:Float){Get{People(limit:1 nearVector:{vector:[$t]}){text}}}|u"
            })
    void aVariableThatCannotBeFollowedIsRefused(String why, String query, String name) {
        assertThat(refused(asked(weaviate(), query, name, "x"))).as(why).isEqualTo(RefusalReason.MalformedBody);
    }

    @Test
    void aLimitInAVariableIsNoLimit() {
        assertThat(refused(asked(weaviate(), "query q($n:Int){Get{People(limit:$n " + NEAR + "){text}}}", "n", "1")))
                .isEqualTo(RefusalReason.WrongType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{Get{People{text}}}",
                "{Get{People(limit:5){text}}}",
                "{Get{People(limit:5 sort:[{path:[\"text\"]}]){text}}}",
                "{Get{People(after:\"\" nearVector:{vector:[1]}){text}}}",
                "{Get{People(offset:5000 nearVector:{vector:[1]}){text}}}",
                "{Get{People(where:{}){text}}}",
                "{x:Get{y:People(limit:1){z:text}}}"
            })
    void aListingIsAnExport(String query) {
        assertThat(read(weaviate(), json(query)).operations()).containsExactly(Operation.Export);
    }

    @Test
    void aCountIsNoExport() {
        assertThat(read(weaviate(), json("{Aggregate{People{meta{count}}}}")).operations())
                .containsExactly(Operation.Query);
        assertThat(read(weaviate(), json("{Get{People(offset:20 bm25:{query:\"x\"}){text}}}"))
                        .operations())
                .containsExactly(Operation.Query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_additional{generate(singleResult:{prompt:\"say {text}\"}){singleResult}}",
                "a:_additional{id:generate{singleResult}}",
                "_additional{summary(properties:[\"text\"]){result}}",
                "_additional{...f}",
                "ref{... on Other{_additional{answer}}}"
            })
    void whatAModuleMakesOfTextsIsRefusedHoweverItIsAskedFor(String field) {
        String query = "query{Get{People(%s){%s}}} fragment f on A{x:generate{singleResult}}".formatted(NEAR, field);
        // arguments that nobody knows are a reason of their own
        assertThat(refused(asked(weaviate(), query))).isIn(RefusalReason.RefusedField, RefusalReason.UnknownField);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{__schema{types{name}}}",
                "{Explore(nearVector:{vector:[1]}){beacon}}",
                "{Get{People(ask:{question:\"x\"} bm25:{query:\"x\"}){text}}}",
                "{Get{People(limit:1 group:{type:merge,force:1} where:{path:[\"a\"]}){text}}}",
                "{Get{People(limit:1 hybrid:{query:\"x\" operands:[]}){text}}}",
                "{Get{People(limit:1 nearVector:{vector:[1]}){text @include(if:true)}}}",
                "query @x{Get{People(limit:1 nearVector:{vector:[1]}){text}}}",
                "{Get{People(limit:1 nearVector:{vector:[1]}){a{b{c{d}}}}}}",
                "{Get{People(limit:1 where:{operator:Like valueText:null}){text}}}"
            })
    void whatTheProfileDoesNotNameIsRefused(String query) {
        assertThat(refused(asked(weaviate(), query))).isEqualTo(RefusalReason.UnknownField);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mutation{Get{People(limit:1){text}}}",
                "subscription{Get{People(limit:1){text}}}",
                "query a{Get{People(limit:1){text}}} query b{Get{People(limit:1){text}}}",
                "{Get{a:People(limit:1 nearVector:{vector:[1]}){text} b:People(limit:1 nearVector:{vector:[1]}){text}}}",
                "{Get{People(limit:1 nearVector:{vector:[1]}){a:text a:email}}}",
                "{Get{People(limit:1 nearVector:{vector:[1]}){...f}}} fragment f on P{...f}"
            })
    void severalQuestionsAtOnceAndQuestionsOfTwoMeaningsAreRefused(String query) {
        assertThat(refused(asked(weaviate(), query))).isEqualTo(RefusalReason.MalformedBody);
    }

    @Test
    void theBodyHoldsAQuestionAndNothingElse() {
        assertThat(refused(read(weaviate(), "{\"query\":\"{Aggregate{P{meta{count}}}}\",\"x\":1}")
                        .apply(CLOSED)))
                .isEqualTo(RefusalReason.UnknownField);
        for (String body :
                List.of("{}", "[]", "{\"query\":null}", "{\"query\":1}", "{\"query\":\"\"}", "{\"query\":\"{\"}")) {
            assertThat(refused(read(weaviate(), body).apply(CLOSED))).as(body).isEqualTo(RefusalReason.MalformedBody);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nearVector:{vector:[1,0]}",
                "hybrid:{query:\"x\" vector:[1,0]}",
                "nearVector:{vectorPerTarget:{a:[1,0]}}",
                "hybrid:{query:\"x\" vector:[]}"
            })
    void aVectorOfOnesOwnIsRefusedWhereThePolicySaysSo(String argument) {
        String query = "{Get{People(limit:1 " + argument + "){text}}}";
        assertThat(refused(asked(weaviate().byVector(Permission.Deny), query))).isEqualTo(RefusalReason.QueryByVector);
        forwarded(asked(weaviate(), query));
    }

    @Test
    void aVectorInAQuestionIsChangedLikeAStoredOne() {
        Guarded guarded = weaviate().protecting(Method.ScaleAndPerturb);
        String stored = tree(guarded.route("POST", "/v1/objects")
                        .read(bytes("{\"class\":\"P\",\"id\":\"" + ID
                                + "\",\"properties\":{},\"vector\":[1.0,0,-0.25,0.125]}"))
                        .apply(CLOSED))
                .get("vector")
                .toString();
        assertThat(sent(guarded, "{Get{People(limit:1 nearVector:{vector:[1.0,0,-0.25,0.125]}){text}}}"))
                .isEqualTo("{Get{People(limit:1 nearVector:{vector:" + stored + "}){text}}}")
                .doesNotContain("0.125");
        assertThat(refused(asked(guarded, "{Get{People(limit:1 nearVector:{vector:[[1,0],[0,1]]}){text}}}")))
                .isEqualTo(RefusalReason.UnprotectedVector);
        assertThat(refused(asked(guarded, "{Get{People(limit:1 nearVector:{vector:\"AACAPw==\"}){text}}}")))
                .isEqualTo(RefusalReason.UnprotectedVector);
    }

    @Test
    void aBoundToScoresTellsNoMoreThanTheirRoundedForm() {
        String query = "{Get{People(limit:1 nearVector:{vector:[1] distance:0.123}){text}}}";
        assertThat(sent(weaviate(), query)).contains("distance:0.075}");
        assertThat(refused(asked(weaviate().scores(Retrieval.Scores.Drop), query)))
                .isEqualTo(RefusalReason.ScoreOracle);
    }

    @Test
    void theOrderAroundARecordOfOnesOwnChoiceIsNotToldWhereScoresAreDropped() {
        String query = "{Get{People(limit:1 nearObject:{id:\"" + ID + "\"}){text}}}";
        forwarded(asked(weaviate(), query));
        assertThat(refused(asked(weaviate().scores(Retrieval.Scores.Drop), query)))
                .isEqualTo(RefusalReason.ChosenCandidates);
    }
}
