package dev.redoubt.policy.spec;

import java.util.ArrayList;
import java.util.List;

/** A file that {@code kubectl apply} takes, read for the RedactionPolicies in it. */
public final class RedactionPolicyFile {
    private static final String KIND = "RedactionPolicy";
    private static final String API_VERSION = "redoubt.dev/v1alpha1";
    private static final int LONGEST_NAME = 253;

    private RedactionPolicyFile() {}

    /**
     * Joins the RedactionPolicies of a file in their order; objects of other kinds are nobody's business here.
     *
     * @param source name of the file, for messages
     * @throws SpecException where it holds none, one that cannot be read, or two that contradict each other
     */
    public static PolicySpec parse(String source, byte[] yaml) throws SpecException {
        List<PolicySpec> policies = new ArrayList<>();
        for (SpecNode document : YamlSpec.documents(source, yaml)) {
            if (isPolicy(document)) {
                policies.add(policy(document));
            }
        }
        if (policies.isEmpty()) {
            throw new SpecException(new Place(source, 1, 1), "the file holds no object of kind " + KIND);
        }
        return RedactionSpec.join(policies);
    }

    private static boolean isPolicy(SpecNode document) {
        return document instanceof SpecNode.Mapping mapping
                && mapping.fields().get("kind") instanceof SpecNode.Scalar kind
                && KIND.equals(kind.text());
    }

    private static PolicySpec policy(SpecNode document) throws SpecException {
        Fields fields = Fields.of(document, "apiVersion", "kind", "metadata", "spec", "status");
        SpecNode version = fields.require("apiVersion");
        if (!API_VERSION.equals(version.text(LONGEST_NAME))) {
            throw new SpecException(version.place(), "expected is " + API_VERSION);
        }
        SpecNode metadata = fields.require("metadata");
        if (!(metadata instanceof SpecNode.Mapping mapping) || mapping.fields().get("name") == null) {
            throw new SpecException(metadata.place(), "the field name is missing");
        }
        mapping.fields().get("name").text(LONGEST_NAME);
        return RedactionSpec.parse(fields.require("spec"));
    }
}
