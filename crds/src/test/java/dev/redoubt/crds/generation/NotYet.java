package dev.redoubt.crds.generation;

import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import java.util.List;

/**
 * A field or value of the API that nothing acts on yet. It is refused when it is applied, so that nobody believes in a
 * protection that is not there. The part that comes to act on it removes its line here.
 *
 * @param kind the kind
 * @param path the field, dots between properties and [] for the items of a list
 * @param rule CEL over the field that is true for what is supported
 * @param supported what is supported instead
 */
record NotYet(Class<?> kind, String path, String rule, String supported) {
    private static final String NEVER = "false";

    static final List<NotYet> ALL = List.of(
            pipeline("vectorStores[].capture", "self == 'Takeover'", "Takeover"),
            pipeline("vectorStores[].retrieval.tenant.claim", NEVER, "the tenant that a client is given"),
            pipeline("clients[].identity.serviceAccount", NEVER, "apiKey"),
            pipeline("clients[].identity.certificate", NEVER, "apiKey"),
            pipeline("clients[].limits.queriesPerDay", NEVER, "requestsPerMinute"),
            pipeline("clients[].limits.tokensPerDay", NEVER, "requestsPerMinute"),
            pipeline("clients[].limits.distinctChunksPerDay", NEVER, "requestsPerMinute"),
            pipeline("limits.backend", "self == 'Local'", "Local"),
            pipeline("keys", NEVER, "one version of the data key, without rotation"),
            pipeline("audit.chain", "!self", "false"),
            pipeline("onExposure", "self == 'Report'", "Report"),
            test("probes[].name", "self in ['ScoreTrilateration', 'Canary']", "ScoreTrilateration, Canary"),
            test("onFailure", "self == 'Report'", "Report"));

    /** The refusal that a user reads. */
    String message() {
        return (wholeField() ? field() + " is" : "this value of " + field() + " is") + " not supported yet; supported: "
                + supported;
    }

    /** What the description of the field says about it. */
    String note() {
        return (wholeField() ? "Not supported yet; supported: " : "Supported in this version: ") + supported + ".";
    }

    private boolean wholeField() {
        return rule.equals(NEVER);
    }

    /** The last property that a name in the path stands for: the error itself carries the whole path. */
    private String field() {
        var steps = path.replace("[]", "").split("\\.");
        var last = steps[steps.length - 1];
        return List.of("name", "method", "backend").contains(last) ? steps[steps.length - 2] + "." + last : last;
    }

    private static NotYet pipeline(String path, String rule, String supported) {
        return new NotYet(RagPipeline.class, "spec." + path, rule, supported);
    }

    private static NotYet policy(String path, String rule, String supported) {
        return new NotYet(RedactionPolicy.class, "spec." + path, rule, supported);
    }

    private static NotYet test(String path, String rule, String supported) {
        return new NotYet(LeakageTest.class, "spec." + path, rule, supported);
    }
}
