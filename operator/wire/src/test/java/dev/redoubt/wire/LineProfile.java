package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.Schema;
import dev.redoubt.profiles.Stage;
import dev.redoubt.profiles.Takeover;
import dev.redoubt.profiles.ValueSpec;
import java.util.List;

/** An engine that takes and gives lines of JSON: bulk writes as OpenSearch's, streamed answers as Ollama's. */
final class LineProfile {
    private static final MessageSpec BULK = new MessageSpec(
            Stage.Ingest,
            Encoding.Ndjson,
            List.of(
                    value("index._index", Role.Pass),
                    value("index._id", Role.RecordId),
                    value("delete._id", Role.RecordId),
                    value("vector", Role.Vector),
                    new ValueSpec("*", Role.Text, "*", null)),
            Others.Refuse);

    private static final MessageSpec CHAT = new MessageSpec(
            Stage.Prompt,
            Encoding.Json,
            List.of(
                    value("model", Role.Pass),
                    value("stream", Role.Pass),
                    value("messages[*].role", Role.Pass),
                    value("messages[*].content", Role.StringText)),
            Others.Refuse);

    private static final MessageSpec ANSWER = new MessageSpec(
            Stage.Completion,
            Encoding.Ndjson,
            List.of(
                    value("message.role", Role.Pass),
                    value("message.content", Role.StringText),
                    value("done", Role.StreamEnd),
                    value("context", Role.Logprobs)),
            Others.Redact);

    static final Profile PROFILE = new Profile(
            "Lines",
            Profile.Kind.VectorStore,
            List.of(),
            List.of(new Profile.Port("http", 9200, List.of())),
            new Takeover(List.of(), List.of()),
            "/",
            Profile.ErrorShape.Problem,
            Schema.NONE,
            List.of(
                    route("bulk", "/_bulk", List.of(), BULK, ANSWER, null),
                    route(
                            "scan",
                            "/_scan",
                            List.of(new Route.Elevation("query", null, null, Operation.Export)),
                            BULK,
                            ANSWER,
                            null),
                    route("chat", "/api/chat", List.of(), CHAT, CHAT, ANSWER)));

    private LineProfile() {}

    private static ValueSpec value(String path, Role role) {
        return new ValueSpec(path, role, null, null);
    }

    private static Route route(
            String name,
            String path,
            List<Route.Elevation> elevations,
            MessageSpec request,
            MessageSpec response,
            MessageSpec stream) {
        return new Route(
                name, "POST", path, List.of(), false, List.of(Operation.Ingest), elevations, request, response, stream);
    }
}
