package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.ollama;
import static dev.redoubt.wire.Guarded.openAi;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Output;
import dev.redoubt.policy.Permission;
import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Stage;
import dev.redoubt.profiles.ValueSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set in requests to models, removed from them, and refused. */
class ModelRequestsTest {
    private static Guarded limited(Guarded guarded) {
        return guarded.output(new Output(Output.Logprobs.Strip, Permission.Deny, 4, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{'options':{'num_predict':4}}",
                "{'model':'m'}|{'model':'m','options':{'num_predict':4}}",
                "{'options':null}|{'options':{'num_predict':4}}",
                "{'options':{}}|{'options':{'num_predict':4}}",
                "{'options':{ }}|{'options':{'num_predict':4 }}",
                "{'options':{'seed':1}}|{'options':{'num_predict':4,'seed':1}}",
                "{'options':{'num_predict':null}}|{'options':{'num_predict':4}}",
                "{'options':{'num_predict':-1,'seed':1}}|{'options':{'num_predict':4,'seed':1}}",
                "{'options':{'num_predict':9}}|{'options':{'num_predict':4}}",
                "{'options':{'num_predict':3}}|{'options':{'num_predict':3}}",
                "{'\\u006fptions':{'\\u006eum_predict':9}}|{'\\u006fptions':{'\\u006eum_predict':4}}",
                "{'options':{'seed':1,'stop':['ann@example.com']}}"
                        + "|{'options':{'num_predict':4,'seed':1,'stop':['<EMAIL_ADDRESS>']}}"
            })
    void aLimitInAnObjectIsLoweredOrSetWhereverItIsMissing(String body, String sent) {
        RouteGuard generate = limited(ollama()).route("POST", "/api/generate");
        assertThat(forwarded(request(generate, body.replace('\'', '"')))).isEqualTo(sent.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]", "\"x\"", "7", "true", "[{\"num_predict\":9}]"})
    void whatIsNoObjectWhereOneIsExpectedIsRefused(String options) {
        RouteGuard generate = limited(ollama()).route("POST", "/api/generate");
        assertThat(refused(request(generate, "{\"options\":" + options + "}"))).isEqualTo(RefusalReason.WrongType);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'stream':true}|{'stream':true,'max_tokens':4,'stream_options':{'include_usage':true}}",
                "{'stream':true,'max_tokens':1,'stream_options':{'include_usage':false}}"
                        + "|{'stream':true,'max_tokens':1,'stream_options':{'include_usage':true}}",
                "{'stream_options':{'include_usage':null},'max_tokens':1,'stream':true}"
                        + "|{'stream_options':{'include_usage':true},'max_tokens':1,'stream':true}",
                "{'stream_options':{'include_obfuscation':false},'max_tokens':1,'stream':true}"
                        + "|{'stream_options':{'include_usage':true,'include_obfuscation':false},'max_tokens':1,'stream':true}",
                "{'stream':false,'max_tokens':1}|{'stream':false,'max_tokens':1}",
                "{'stream':null,'max_tokens':1}|{'stream':null,'max_tokens':1}",
                "{'stream':false,'max_tokens':1,'stream_options':null}|{'stream':false,'max_tokens':1,'stream_options':null}"
            })
    void usageIsToldByStreamsAndByNothingElse(String body, String sent) {
        RouteGuard chat = limited(openAi()).chat();
        assertThat(forwarded(request(chat, body.replace('\'', '"')))).isEqualTo(sent.replace('\'', '"'));
    }

    @Test
    void usageIsABoolean() {
        assertThat(refused(request(openAi().chat(), "{\"stream_options\":{\"include_usage\":\"ann@example.com\"}}")))
                .isEqualTo(RefusalReason.WrongType);
    }

    @Test
    void textThatNobodyCanReadIsTakenOutOfRequestsAndAnswersWhateverThePolicyAllows() {
        Guarded open = ollama().withoutRedaction().output(new Output(Output.Logprobs.Return, Permission.Allow, 9, 1));
        RouteGuard generate = open.route("POST", "/api/generate");
        assertThat(forwarded(request(generate, "{\"context\":[1,2],\"options\":{\"num_predict\":3}}")))
                .isEqualTo("{\"options\":{\"num_predict\":3}}");
        assertThat(forwarded(generate.response(bytes("{\"context\":[1,2],\"logprobs\":[3]}"), CLOSED)))
                .isEqualTo("{\"context\":null,\"logprobs\":[3]}");
        assertThat(forwarded(generate.stream(CLOSED).whole(bytes("{\"done\":true,\"context\":[1]}\n"))))
                .isEqualTo("{\"done\":true,\"context\":null}\n");
    }

    @Test
    void whatAServerMayRepeatOrPrintIsScannedWhereverItStands() {
        String mail = "\"ann@example.com\"";
        for (String body : List.of(
                "{\"model\":" + mail + "}",
                "{\"messages\":[{\"role\":" + mail + "}]}",
                "{\"tool_choice\":" + mail + "}",
                "{\"reasoning_effort\":" + mail + "}",
                "{\"chat_template_kwargs\":{\"enable_thinking\":" + mail + "}}",
                "{\"documents\":[{\"title\":" + mail + "}]}",
                "{\"prediction\":{\"type\":\"content\",\"content\":[{\"type\":\"text\",\"text\":" + mail + "}]}}",
                "{\"metadata\":{\"a\":" + mail + "}}",
                "{\"messages\":[{\"tool_calls\":[{\"function\":{\"name\":" + mail + "}}]}]}")) {
            assertThat(forwarded(request(openAi().chat(), body))).as(body).contains("<EMAIL_ADDRESS>");
        }
    }

    @Test
    void fieldsThatCarryTextOrImagesPastTheGuardAreRefused() {
        for (String field : List.of(
                "\"chat_template\":\"x\"",
                "\"chat_template_kwargs\":{\"other\":\"x\"}",
                "\"kv_transfer_params\":{\"a\":1}",
                "\"prompt_token_ids\":[1]",
                "\"token_ids\":[1]",
                "\"logprob_token_ids\":[1]",
                "\"return_token_ids\":true",
                "\"prompt_logprobs\":1",
                "\"prompt_embeds\":\"x\"",
                "\"mm_processor_kwargs\":{\"a\":1}",
                "\"grammar\":\"x\"",
                "\"structured_outputs\":{\"regex\":\"x\"}",
                "\"use_beam_search\":true",
                "\"tools\":[{\"type\":\"mcp\",\"server_url\":\"x\"}]",
                "\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}]")) {
            assertThat(refused(request(openAi().chat(), "{" + field + "}")))
                    .as(field)
                    .isEqualTo(RefusalReason.UnknownField);
        }
        RouteGuard responses = openAi().route("POST", "/v1/responses");
        for (String field : List.of(
                "\"background\":true",
                "\"conversation\":\"c\"",
                "\"prompt\":{\"id\":\"p\"}",
                "\"tools\":[{\"type\":\"mcp\",\"server_url\":\"x\"}]",
                "\"input\":[{\"content\":[{\"type\":\"input_file\",\"file_data\":\"x\"}]}]")) {
            assertThat(refused(request(responses, "{" + field + "}"))).as(field).isEqualTo(RefusalReason.UnknownField);
        }
        RouteGuard messages = openAi().route("POST", "/v1/messages");
        for (String field : List.of(
                "\"mcp_servers\":[{\"url\":\"x\"}]",
                "\"container\":\"c\"",
                "\"messages\":[{\"content\":[{\"type\":\"document\",\"source\":{\"data\":\"x\"}}]}]")) {
            assertThat(refused(request(messages, "{" + field + "}"))).as(field).isEqualTo(RefusalReason.UnknownField);
        }
    }

    /** The routes that a profile lists are all that a server can be asked. */
    @ParameterizedTest
    @CsvSource({
        "OpenAI, /slots /props /metrics /tokenize /detokenize /completion /infill /apply-template /embedding /invocations"
                + " /pooling /score /v1/score /classify /collective_rpc /update_weights /v1/load_lora_adapter /lora-adapters"
                + " /v1/responses/resp_1 /v1/responses/resp_1/cancel /v1/files /v1/batches",
        "Ollama, /api/push /api/pull /api/create /api/copy /api/delete /api/show /api/blobs/sha256:00 /api/me"
                + " /api/signout /v1/rerank /api/experimental/web_search",
        "TGI, /tokenize /chat_tokenize /invocations /predict /vertex /metrics /embed"
    })
    void everythingElseIsNoRoute(String api, String paths) throws Exception {
        TargetGuard guard = Guarded.of(api).guard();
        for (String path : paths.split(" ")) {
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "HEAD")) {
                assertThat(guard.match(method, path)).as(method + " " + path).isEmpty();
            }
        }
    }

    @Test
    void aMemberThatMayHaveToBeSetNeedsItsObjectInTheProfile() {
        for (String path : List.of("options.num_predict", "a.b.c", "options[*].num_predict", "*")) {
            MessageSpec spec = new MessageSpec(
                    Stage.Prompt,
                    Encoding.Json,
                    new ArrayList<>(List.of(new ValueSpec(path, Role.MaxTokens, null, null))),
                    Others.Refuse);
            assertThatThrownBy(() ->
                            MessagePlan.compile(spec, Direction.Request, List.of(), openAi().config(), Map.of(), true))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("may have to be set");
        }
    }
}
