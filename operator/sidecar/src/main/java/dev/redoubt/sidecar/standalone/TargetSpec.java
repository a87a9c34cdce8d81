package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.Mode;
import dev.redoubt.policy.Output;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.policy.VectorProtection;
import dev.redoubt.policy.spec.Fields;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.policy.spec.SpecNode;
import dev.redoubt.policy.spec.Words;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profile.Protocol;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.sidecar.Settings;
import dev.redoubt.sidecar.standalone.StandaloneConfig.Door;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the targets of a configuration file. Fields and defaults are those of the stores and models of a RagPipeline.
 *
 * @param retrieval {@code null} for a model
 * @param output {@code null} for a store
 * @param vectorProtection {@code null} where vectors stay as they are
 * @param mode {@code null} where the file's counts
 */
record TargetSpec(
        SpecNode node,
        String name,
        Profile profile,
        Door door,
        Mode mode,
        Retrieval retrieval,
        Output output,
        VectorProtection vectorProtection,
        List<String> sealedFields,
        List<String> searchableFields) {
    static final Map<String, Mode> MODES = Words.of(Mode.class);

    private static final int LONGEST_NAME = 63;
    private static final int HIGHEST_PORT = 65535;
    private static final int MOST_RESULTS = 1000;
    private static final int MOST_TOKENS = 1 << 20;
    private static final int MOST_CHOICES = 128;
    private static final int MOST_FIELDS = 64;
    private static final int LONGEST_FIELD = 253;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Map<String, Permission> PERMISSIONS = Words.of(Permission.class);
    private static final Map<String, Retrieval.Vectors> VECTORS =
            ordered("Strip", Retrieval.Vectors.Strip, "Allow", Retrieval.Vectors.Return);
    private static final Map<String, Retrieval.Scores> SCORES = scores();
    private static final Map<String, Output.Logprobs> LOGPROBS =
            ordered("Strip", Output.Logprobs.Strip, "Allow", Output.Logprobs.Return);

    /** @param number of targets before this one */
    static TargetSpec parse(SpecNode node, int number) throws SpecException {
        Fields fields = Fields.of(
                node,
                "name",
                "listen",
                "upstream",
                "healthPort",
                "profile",
                "mode",
                "retrieval",
                "output",
                "vectorProtection",
                "sealedFields",
                "searchableFields");
        SpecNode name = fields.require("name");
        if (!NAME.matcher(name.text(LONGEST_NAME)).matches()) {
            throw new SpecException(name.place(), "a name has lower-case letters, digits and dashes");
        }
        Profiles profiles = Profiles.builtIn();
        Map<String, String> names = new LinkedHashMap<>();
        // PostgreSQL needs a certificate, which only the controller gives a guard
        profiles.speaking(Protocol.Http).forEach(each -> names.put(each, each));
        Profile profile = profiles.find(fields.require("profile").oneOf(names)).orElseThrow();
        boolean store = profile.kind() == Profile.Kind.VectorStore;
        for (String foreign : store
                ? List.of("output")
                : List.of("retrieval", "vectorProtection", "sealedFields", "searchableFields")) {
            if (fields.find(foreign).isPresent()) {
                throw new SpecException(
                        fields.require(foreign).place(),
                        foreign + " is a field of " + (store ? "models" : "vector stores") + ", and " + profile.name()
                                + " is none of them");
            }
        }
        return new TargetSpec(
                node,
                name.text(LONGEST_NAME),
                profile,
                door(fields, number),
                fields.oneOf("mode", MODES, null),
                store ? retrieval(fields.find("retrieval")) : null,
                store ? null : output(fields.find("output")),
                vectorProtection(fields.find("vectorProtection")),
                fields.texts("sealedFields", MOST_FIELDS, LONGEST_FIELD),
                fields.texts("searchableFields", MOST_FIELDS, LONGEST_FIELD));
    }

    private static Door door(Fields fields, int number) throws SpecException {
        Address upstream = Address.parse(fields.require("upstream"), "chroma:8000");
        return new Door(
                fields.require("listen").number(0, HIGHEST_PORT),
                upstream.host(),
                upstream.port(),
                fields.number("healthPort", 0, HIGHEST_PORT, Settings.HEALTH_PORT + number));
    }

    private static Retrieval retrieval(Optional<SpecNode> node) throws SpecException {
        if (node.isEmpty()) {
            return new Retrieval(
                    10, Retrieval.Vectors.Strip, Retrieval.Scores.Drop, null, Permission.Deny, Permission.Allow);
        }
        Fields fields = Fields.of(
                node.get(), "maxResults", "vectors", "scores", "scoreStep", "bulkExport", "queryByVector", "tenant");
        Retrieval.Scores scores = fields.oneOf("scores", SCORES, Retrieval.Scores.Drop);
        Optional<SpecNode> step = fields.find("scoreStep");
        if (step.isPresent() != (scores == Retrieval.Scores.Round)) {
            throw new SpecException(
                    step.isPresent() ? step.get().place() : fields.place(),
                    "scoreStep is needed with scores: Round and refused without");
        }
        BigDecimal decimal = step.isPresent() ? step.get().decimal() : null;
        if (decimal != null && (decimal.signum() <= 0 || decimal.compareTo(BigDecimal.ONE) > 0)) {
            throw new SpecException(step.get().place(), "scoreStep must be above 0 and at most 1");
        }
        return new Retrieval(
                fields.number("maxResults", 1, MOST_RESULTS, 10),
                fields.oneOf("vectors", VECTORS, Retrieval.Vectors.Strip),
                scores,
                decimal,
                fields.oneOf("bulkExport", PERMISSIONS, Permission.Deny),
                fields.oneOf("queryByVector", PERMISSIONS, Permission.Allow),
                tenant(fields.find("tenant")));
    }

    /** The record field that holds the tenant; {@code null} where all records are everybody's. */
    private static String tenant(Optional<SpecNode> node) throws SpecException {
        if (node.isEmpty()) {
            return null;
        }
        SpecNode field = Fields.of(node.get(), "field").require("field");
        String name = field.text(LONGEST_FIELD);
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new SpecException(field.place(), "field must be a plain name of letters, digits, _ and -");
        }
        return name;
    }

    private static VectorProtection vectorProtection(Optional<SpecNode> node) throws SpecException {
        if (node.isEmpty()) {
            return null;
        }
        Fields fields = Fields.of(node.get(), "method", "strength");
        VectorProtection.Method method = fields.require("method").oneOf(Words.of(VectorProtection.Method.class));
        Optional<SpecNode> strength = fields.find("strength");
        BigDecimal decimal = strength.isPresent() ? strength.get().decimal() : method.usual();
        try {
            return new VectorProtection(method, decimal);
        } catch (IllegalArgumentException e) {
            throw new SpecException(strength.orElse(node.get()).place(), e.getMessage());
        }
    }

    private static Output output(Optional<SpecNode> node) throws SpecException {
        if (node.isEmpty()) {
            return new Output(Output.Logprobs.Strip, Permission.Deny, 1024, 1);
        }
        Fields fields = Fields.of(node.get(), "logprobs", "logitBias", "maxTokens", "maxChoices");
        return new Output(
                fields.oneOf("logprobs", LOGPROBS, Output.Logprobs.Strip),
                fields.oneOf("logitBias", PERMISSIONS, Permission.Deny),
                fields.number("maxTokens", 1, MOST_TOKENS, 1024),
                fields.number("maxChoices", 1, MOST_CHOICES, 1));
    }

    private static Map<String, Retrieval.Scores> scores() {
        Map<String, Retrieval.Scores> words = ordered("Drop", Retrieval.Scores.Drop, "Round", Retrieval.Scores.Round);
        words.put("Allow", Retrieval.Scores.Exact);
        return words;
    }

    private static <T> Map<String, T> ordered(String first, T one, String second, T other) {
        Map<String, T> words = new LinkedHashMap<>();
        words.put(first, one);
        words.put(second, other);
        return words;
    }
}
