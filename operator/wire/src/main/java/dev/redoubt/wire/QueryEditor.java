package dev.redoubt.wire;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Permission;
import dev.redoubt.profiles.QueryParameter;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.Stage;
import dev.redoubt.wire.MessageEditor.Tools;
import dev.redoubt.wire.route.QueryString;
import dev.redoubt.wire.text.Judgements;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Edits the query of a request's target: redacts texts, lowers what is too high, refuses what must not be asked. */
final class QueryEditor {
    private final Route route;
    private final Map<String, String> parameters;
    private final boolean hasBody;
    private final boolean bulk;
    private final boolean bulkExport;
    private final Caps caps;
    private final Tools tools;
    private final TextScan scan;
    private final Stage stage;
    private final Tally tally = new Tally();

    /**
     * @param parameters decoded values by name, each of a parameter of the route
     * @param hasBody whether a body tells what the query does not
     * @param bulk whether the request is one for any number of records
     */
    QueryEditor(
            Route route,
            Map<String, String> parameters,
            boolean hasBody,
            boolean bulk,
            Tools tools,
            MessageContext context,
            GuardConfig config) {
        this.route = route;
        this.parameters = parameters;
        this.hasBody = hasBody;
        this.bulk = bulk;
        this.bulkExport = config.retrieval() != null && config.retrieval().bulkExport() == Permission.Allow;
        this.caps = Caps.of(config, bulk);
        this.tools = tools;
        this.stage = route.request().stage();
        this.scan = new TextScan(
                tools.redactor(), stage, Judgements.at(stage, tools.redactor(), context.judgements()), redacted -> {
                    tally.found(stage, redacted.findings());
                    if (redacted.blocked()) {
                        refuse(RefusalReason.EntityBlocked, MessageEditor.blocking(redacted));
                    }
                });
    }

    /** The edited query, empty where there is none. */
    String edit() throws RefusedException {
        if (bulk && !bulkExport) {
            refuse(RefusalReason.BulkExport, "retrieval.bulkExport");
        }
        Map<String, String> edited = new LinkedHashMap<>();
        for (QueryParameter parameter : route.query()) {
            String value = parameters.get(parameter.name());
            if (value != null) {
                edited.put(parameter.name(), given(parameter, value));
            } else if (!hasBody && parameter.fallback() != null && parameter.fallback() > caps.results()) {
                edited.put(parameter.name(), lowered(caps.results()));
            }
        }
        return QueryString.of(edited);
    }

    Tally tally() {
        return tally;
    }

    private String given(QueryParameter parameter, String value) throws RefusedException {
        if (parameter.pattern() != null && !parameter.pattern().matcher(value).matches()) {
            refuse(RefusalReason.WrongType, parameter.name());
        }
        return switch (parameter.role()) {
            case Text -> text(value);
            case Limit -> number(parameter, value) > caps.results() ? lowered(caps.results()) : value;
            case Breadth -> number(parameter, value) > caps.candidates() ? lowered(caps.candidates()) : value;
            case Offset -> {
                if (number(parameter, value) > caps.offset()) {
                    refuse(RefusalReason.BulkExport, "bounds.offset");
                }
                yield value;
            }
            default -> value;
        };
    }

    private String text(String value) throws RefusedException {
        if (stage == null || !tools.redactor().acts(stage)) {
            return value;
        }
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        byte[] redacted = scan.text(text, 0, text.length);
        return redacted == null ? value : new String(redacted, StandardCharsets.UTF_8);
    }

    private String lowered(int cap) {
        tally.limited++;
        return Integer.toString(cap);
    }

    /** A whole number that is not negative; anything else is refused. */
    private long number(QueryParameter parameter, String value) throws RefusedException {
        if (value.isEmpty() || value.length() > 9 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            refuse(RefusalReason.WrongType, parameter.name());
            return 0;
        }
        return Long.parseLong(value);
    }

    private void refuse(RefusalReason reason, String rule) throws RefusedException {
        Refusal refusal = new Refusal(reason, rule);
        if (!tools.observes()) {
            throw new RefusedException(refusal);
        }
        tally.observe(refusal);
    }
}
