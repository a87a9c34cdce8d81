package dev.redoubt.controller.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Set;

/**
 * Compares an object with what it shall be. Labels, annotations and owners of others may stand beside ours. Content is
 * compared exactly for kinds that the API server does not fill with defaults, so that nothing can be added to a
 * NetworkPolicy or a configuration; for the others every desired field must be there with its value.
 */
final class DesiredState {
    private static final Set<String> EXACT = Set.of("ConfigMap", "Secret", "NetworkPolicy");
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private DesiredState() {}

    static boolean matches(HasMetadata desired, HasMetadata actual) {
        ObjectNode want = content(desired);
        ObjectNode have = content(actual);
        JsonNode wantMeta = want.remove("metadata");
        JsonNode haveMeta = have.remove("metadata");
        for (String field : new String[] {"labels", "annotations", "ownerReferences"}) {
            if (!covers(wantMeta.path(field), haveMeta.path(field))) {
                return false;
            }
        }
        return EXACT.contains(desired.getKind()) ? want.equals(have) : covers(want, have);
    }

    private static ObjectNode content(HasMetadata object) {
        ObjectNode node = SERIALIZATION.convertValue(object, ObjectNode.class);
        node.remove("status");
        return node;
    }

    private static boolean covers(JsonNode want, JsonNode have) {
        if (want.isMissingNode() || want.isNull()) {
            return true;
        }
        if (want.isObject()) {
            for (Map.Entry<String, JsonNode> field : want.properties()) {
                if (!covers(field.getValue(), have.path(field.getKey()))) {
                    return false;
                }
            }
            return true;
        }
        if (want.isArray()) {
            if (want.size() != have.size()) {
                return want.isEmpty() && have.isMissingNode();
            }
            for (int i = 0; i < want.size(); i++) {
                if (!covers(want.get(i), have.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return want.equals(have);
    }
}
