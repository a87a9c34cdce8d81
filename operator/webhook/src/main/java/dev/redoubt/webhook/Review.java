package dev.redoubt.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An AdmissionReview of {@code admission.k8s.io/v1} about the creation of a pod.
 *
 * @param uid id that the answer repeats
 * @param namespace namespace in which the pod is created
 * @param pod the pod
 */
record Review(String uid, String namespace, Pod pod) {
    private static final String API_VERSION = "admission.k8s.io/v1";
    private static final ObjectMapper JSON = new ObjectMapper();
    // not for reading into types: the deserializer of quantities asks its mapper for a tree in the midst of the input
    private static final ObjectReader WHOLE = JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads a review.
     *
     * @throws IOException where it is not JSON, not a review of this version, or not about the creation of a pod; the
     *     message quotes nothing of it
     */
    static Review parse(byte[] body) throws IOException {
        try {
            JsonNode review = WHOLE.readTree(body);
            JsonNode request = review.path("request");
            JsonNode object = request.path("object");
            String uid = request.path("uid").asText();
            String namespace = request.path("namespace").asText();
            boolean known = review.path("apiVersion").asText().equals(API_VERSION)
                    && review.path("kind").asText().equals("AdmissionReview")
                    && request.path("operation").asText().equals("CREATE")
                    && object.path("kind").asText().equals("Pod")
                    && object.path("apiVersion").asText().equals("v1")
                    && object.path("spec").path("containers").isArray();
            if (!known || uid.isEmpty() || namespace.isEmpty()) {
                throw new IOException("not an AdmissionReview of admission.k8s.io/v1 about the creation of a pod");
            }
            return new Review(uid, namespace, JSON.treeToValue(object, Pod.class));
        } catch (JsonProcessingException e) {
            // Jackson's message quotes the body, and a body may hold what must not be logged
            throw new IOException("not readable as an AdmissionReview");
        }
    }

    byte[] allowed() {
        return answer(response(true));
    }

    byte[] patched(JsonNode patch) {
        ObjectNode response = response(true);
        if (!patch.isEmpty()) {
            response.put("patchType", "JSONPatch");
            response.put("patch", bytes(patch));
        }
        return answer(response);
    }

    byte[] refused(int code, String message) {
        ObjectNode response = response(false);
        ObjectNode status = response.putObject("status");
        status.put("status", "Failure");
        status.put("code", code);
        status.put("reason", code == 403 ? "Forbidden" : "ServiceUnavailable");
        status.put("message", message);
        response.putArray("warnings").add(message);
        return answer(response);
    }

    private ObjectNode response(boolean allowed) {
        return JSON.createObjectNode().put("uid", uid).put("allowed", allowed);
    }

    private static byte[] answer(ObjectNode response) {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", API_VERSION);
        review.put("kind", "AdmissionReview");
        review.set("response", response);
        return bytes(review);
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
