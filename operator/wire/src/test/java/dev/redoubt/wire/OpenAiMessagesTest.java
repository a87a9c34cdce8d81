package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.openAi;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.request;
import static dev.redoubt.wire.Guarded.resource;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Output;
import dev.redoubt.policy.Permission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to messages of llama.cpp's server and its clients. */
class OpenAiMessagesTest {
    private static String captured(String file) {
        return new String(resource("llama-server/" + file), StandardCharsets.UTF_8);
    }

    private static Guarded limited(int maxTokens, int maxChoices) {
        return openAi().output(new Output(Output.Logprobs.Strip, Permission.Deny, maxTokens, maxChoices));
    }

    @Test
    void aPromptIsRedactedAndItsLogprobsAreNotAskedFor() {
        Outcome outcome = request(openAi().chat(), captured("02-chat-logprobs.request.json"));
        assertThat(forwarded(outcome))
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"pod"
                                + " error for <EMAIL_ADDRESS>\"}],\"max_tokens\":8}");
        assertThat(outcome.report().logprobs()).isEqualTo(2);
    }

    @Test
    void logprobsThatComeAllTheSameAreTakenOut() {
        Outcome outcome = openAi().chat().response(resource("llama-server/02-chat-logprobs.response.json"), CLOSED);
        assertThat(tree(outcome).at("/choices/0/logprobs").isNull()).isTrue();
        assertThat(forwarded(outcome)).doesNotContain("top_logprobs", "bytes");
        assertThat(tree(outcome).at("/choices/0/message/content").textValue()).startsWith(" config policy");
        assertThat(tree(openAi().completions().response(resource("llama-server/05-completions.response.json"), CLOSED))
                        .at("/choices/0/logprobs")
                        .isNull())
                .isTrue();
    }

    @Test
    void logprobsStayWhereThePolicySaysSo() {
        Guarded returning =
                openAi().withoutRedaction().output(new Output(Output.Logprobs.Return, Permission.Allow, 256, 2));
        String answer = captured("02-chat-logprobs.response.json");
        assertThat(forwarded(returning.chat().response(bytes(answer), CLOSED))).isEqualTo(answer);
        for (String file :
                List.of("02-chat-logprobs.request.json", "12-logit-bias.request.json", "13-n2.request.json")) {
            assertThat(forwarded(request(returning.chat(), captured(file)))).isEqualTo(captured(file));
        }
    }

    @Test
    void tokensAreLoweredOrSet() {
        RouteGuard chat = limited(4, 1).chat();
        assertThat(forwarded(request(chat, "{\"max_tokens\":8}"))).isEqualTo("{\"max_tokens\":4}");
        assertThat(forwarded(request(chat, "{\"max_tokens\":-1}"))).isEqualTo("{\"max_tokens\":4}");
        assertThat(forwarded(request(chat, "{\"max_tokens\":3}"))).isEqualTo("{\"max_tokens\":3}");
        assertThat(forwarded(request(chat, "{\"max_completion_tokens\":9}")))
                .isEqualTo("{\"max_completion_tokens\":4}");
        assertThat(forwarded(request(chat, "{}"))).isEqualTo("{\"max_tokens\":4}");
        assertThat(forwarded(request(chat, "{ }"))).isEqualTo("{ \"max_tokens\":4}");
        assertThat(forwarded(request(chat, "{\"max_tokens\":null}"))).isEqualTo("{\"max_tokens\":4}");
        assertThat(forwarded(request(chat, "{\"max_completion_tokens\":null,\"max_tokens\":null}")))
                .isEqualTo("{\"max_completion_tokens\":null,\"max_tokens\":4}");
        assertThat(forwarded(request(chat, "{\"max_completion_tokens\":2,\"max_tokens\":null}")))
                .isEqualTo("{\"max_completion_tokens\":2,\"max_tokens\":null}");
        assertThat(forwarded(request(chat, "{\"logprobs\":true}"))).isEqualTo("{\"max_tokens\":4}");
        assertThat(refused(request(chat, "{\"max_tokens\":1e9}"))).isEqualTo(RefusalReason.WrongType);
        assertThat(refused(request(chat, "{\"max_tokens\":[5000]}"))).isEqualTo(RefusalReason.WrongType);
    }

    @Test
    void choicesBeyondTheCapAreRefused() {
        assertThat(refused(request(openAi().chat(), captured("13-n2.request.json"))))
                .isEqualTo(RefusalReason.TooManyChoices);
        assertThat(request(limited(8, 2).chat(), captured("13-n2.request.json")))
                .isInstanceOf(Outcome.Forward.class);
        assertThat(refused(request(openAi().completions(), "{\"prompt\":\"x\",\"best_of\":3}")))
                .isEqualTo(RefusalReason.TooManyChoices);
    }

    @Test
    void aBiasIsRefusedUnlessItIsEmpty() {
        assertThat(refused(request(openAi().chat(), captured("12-logit-bias.request.json"))))
                .isEqualTo(RefusalReason.LogitBias);
        assertThat(refused(request(openAi().chat(), "{\"logit_bias\":5}"))).isEqualTo(RefusalReason.LogitBias);
        for (String empty : List.of("null", "{}", "[]", "{ }")) {
            assertThat(request(openAi().chat(), "{\"logit_bias\":" + empty + "}"))
                    .as(empty)
                    .isInstanceOf(Outcome.Forward.class);
        }
    }

    @Test
    void tokenIdsDoNotPassForText() {
        for (String prompt : List.of("[1,2,3]", "[[1,2],[3]]", "7", "true", "{\"a\":1}")) {
            assertThat(refused(request(openAi().completions(), "{\"prompt\":" + prompt + "}")))
                    .as(prompt)
                    .isIn(RefusalReason.WrongType, RefusalReason.UnknownField);
        }
        RouteGuard embeddings = openAi().route("POST", "/v1/embeddings");
        assertThat(refused(request(embeddings, "{\"input\":[[101,102]]}"))).isEqualTo(RefusalReason.WrongType);
        assertThat(refused(request(embeddings, "{\"input\":[101]}"))).isEqualTo(RefusalReason.WrongType);
        assertThat(forwarded(request(embeddings, captured("16-embeddings.request.json"))))
                .isEqualTo("{\"input\":[\"the pod is in a crash loop\",\"<EMAIL_ADDRESS>\"]}");
    }

    @Test
    void partsOfAMessageAndArgumentsOfToolsAreText() {
        String body =
                """
                {"max_tokens":9,"messages":[{"role":"user","content":[{"type":"text","text":"ann@example.com"}]},
                {"role":"assistant","tool_calls":[{"id":"1","type":"function",
                "function":{"name":"mail","arguments":"{\\"to\\":\\"ann@example.com\\"}"}}]}],
                "tools":[{"type":"function","function":{"description":"mails ann@example.com"}}]}""";
        Outcome outcome = request(openAi().chat(), body);
        assertThat(forwarded(outcome)).doesNotContain("ann@");
        JsonNode sent = tree(outcome);
        assertThat(sent.at("/messages/1/tool_calls/0/function/arguments").textValue())
                .isEqualTo("{\"to\":\"<EMAIL_ADDRESS>\"}");
        assertThat(
                        refused(
                                request(
                                        openAi().chat(),
                                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}]}")))
                .isEqualTo(RefusalReason.UnknownField);
    }

    @Test
    void fieldsThatReturnTextPastTheGuardAreRefused() {
        for (String field : List.of("prompt_logprobs", "return_token_ids", "n_probs", "grammar", "id_slot")) {
            assertThat(refused(request(openAi().chat(), "{\"" + field + "\":1}")))
                    .as(field)
                    .isEqualTo(RefusalReason.UnknownField);
        }
    }

    @Test
    void answersWithoutAnythingOfInterestPassByteForByte() {
        for (String file : List.of("01-chat.response.json", "12-logit-bias.response.json", "13-n2.response.json")) {
            byte[] answer = resource("llama-server/" + file);
            Outcome outcome = openAi().chat().response(answer, CLOSED);
            assertThat(((Outcome.Forward) outcome).body()).as(file).isSameAs(answer);
        }
        RouteGuard embeddings = openAi().route("POST", "/v1/embeddings");
        for (String file : List.of("16-embeddings.response.json", "17-embeddings-base64.response.json")) {
            byte[] answer = resource("llama-server/" + file);
            assertThat(((Outcome.Forward) embeddings.response(answer, CLOSED)).body())
                    .as(file)
                    .isSameAs(answer);
        }
    }

    @Test
    void brokenBodiesAreRefused() {
        assertThat(refused(request(openAi().chat(), captured("14-bad-json.request.json"))))
                .isEqualTo(RefusalReason.MalformedBody);
        assertThat(refused(request(openAi().route("GET", "/v1/models"), "x"))).isEqualTo(RefusalReason.UnexpectedBody);
        assertThat(refused(request(openAi().chat(), "[]"))).isEqualTo(RefusalReason.WrongType);
    }
}
