package dev.redoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import org.junit.jupiter.api.Test;

/** Texts that somebody else judges: here somebody who takes every {@code zhāng wei} for a person. */
class JudgedTextsTest {
    private static final String NAME = Judge.NAME;

    private final Judge judge = new Judge();

    private static Guarded chroma() {
        return Guarded.chroma().finding("PERSON", "EMAIL_ADDRESS").judged();
    }

    private Outcome add(String body) {
        RouteGuard guard = chroma().add();
        return judge.judged(guard, context -> guard.read(Guarded.bytes(body)).apply(context));
    }

    @Test
    void textsThatNobodyJudgedNeverGoOn() {
        RouteGuard guard = chroma().add();
        assertThatThrownBy(() -> Guarded.request(guard, "{\"ids\": [\"a\"], \"documents\": [\"zhāng wei\"]}"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void eachTextIsAskedForOnceAndWhatIsFoundInItIsReplaced() {
        Outcome outcome = add(
                "{\"ids\": [\"a\", \"b\", \"c\"], \"documents\": [\"call zh\\u0101ng wei\", \"call zhāng wei\","
                        + " \"mail ann@example.com\"], \"metadatas\": [{\"by\": \"zhāng wei\", \"page\": 7}, null, null]}");
        assertThat(Guarded.tree(outcome).get("documents"))
                .isEqualTo(Guarded.tree("[\"call <PERSON>\", \"call <PERSON>\", \"mail <EMAIL_ADDRESS>\"]"));
        assertThat(Guarded.tree(outcome).at("/metadatas/0/by").textValue()).isEqualTo("<PERSON>");
        assertThat(judge.asked).containsExactlyInAnyOrder("call zhāng wei", "mail ann@example.com", "by", "page", NAME);
        assertThat(judge.rounds).isEqualTo(2);
        assertThat(outcome.report().redacted())
                .contains(new Report.Redacted(Stage.Ingest, Action.Replace, "PERSON", 3));
    }

    @Test
    void aTextInATextIsJudgedAndSoIsWhatComesOfItAround() {
        String inner = "{\\\"note\\\": \\\"zh\\\\u0101ng wei\\\"}";
        Outcome outcome = add("{\"ids\": [\"a\"], \"documents\": [\"" + inner + "\"]}");
        assertThat(Guarded.tree(outcome).at("/documents/0").textValue()).isEqualTo("{\"note\": \"<PERSON>\"}");
        assertThat(judge.asked).contains(NAME, "{\"note\": \"<PERSON>\"}");
    }

    @Test
    void aNameOfAMemberThatOthersTakeForAPersonIsRefused() {
        Outcome outcome = add("{\"ids\": [\"a\"], \"metadatas\": [{\"zhāng wei\": 1}]}");
        assertThat(Guarded.refused(outcome)).isEqualTo(RefusalReason.EntityInName);
    }

    @Test
    void nobodyIsAskedAtAStageThatNoRuleIsAbout() {
        RouteGuard guard = Guarded.chroma()
                .finding("PERSON")
                .doing(Action.Replace, Stage.Retrieve)
                .judged()
                .add();
        Outcome outcome = Guarded.request(guard, "{\"ids\": [\"a\"], \"documents\": [\"zhāng wei\"]}");
        assertThat(Guarded.tree(outcome).at("/documents/0").textValue()).isEqualTo(NAME);
    }

    @Test
    void argumentsOfToolsAreJudgedStringByStringAndStayJson() {
        RouteGuard guard = Guarded.openAi().finding("PERSON").judged().chat();
        Outcome outcome = judge.judged(
                guard,
                context -> guard.response(
                        Guarded.bytes(
                                "{\"choices\": [{\"index\": 0, \"message\": {\"role\": \"assistant\", \"content\": null,"
                                        + " \"tool_calls\": [{\"id\": \"1\", \"type\": \"function\", \"function\":"
                                        + " {\"name\": \"mail\", \"arguments\":"
                                        + " \"{\\\"to\\\": \\\"zh\\\\u0101ng wei\\\", \\\"n\\\": 3}\"}}]}}]}"),
                        context));
        assertThat(Guarded.tree(outcome)
                        .at("/choices/0/message/tool_calls/0/function/arguments")
                        .textValue())
                .isEqualTo("{\"to\": \"<PERSON>\", \"n\": 3}");
        assertThat(judge.asked).contains(NAME);
    }

    @Test
    void aTextOfAStreamIsJudgedAsAWholeAndComesAtItsEnd() {
        RouteGuard guard = Guarded.openAi().finding("PERSON").judged().chat();
        assertThat(guard.judgesStreams()).isTrue();
        String events = event("I am zh") + event("āng ") + event("wei") + "data: [DONE]\n\n";
        Outcome outcome = judge.judged(guard, context -> guard.stream(context).append(Guarded.bytes(events)));
        assertThat(judge.asked).contains("I am zhāng wei");
        assertThat(content(Guarded.forwarded(outcome))).isEqualTo("I am <PERSON>");
    }

    private static String event(String content) {
        return "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"" + content + "\"}}]}\n\n";
    }

    private static String content(String stream) {
        StringBuilder content = new StringBuilder();
        stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .forEach(line -> content.append(Guarded.tree(line.substring(6))
                        .at("/choices/0/delta/content")
                        .asText()));
        return content.toString();
    }
}
