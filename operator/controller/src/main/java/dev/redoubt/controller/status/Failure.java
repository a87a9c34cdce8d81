package dev.redoubt.controller.status;

import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;

/** What the conditions say about a reconciliation that failed. Messages of foreign exceptions may quote an object. */
public final class Failure {
    private Failure() {}

    /** Ready and Reconciling: it failed, and it is tried again. */
    public static List<Finding> findings(Exception error) {
        boolean denied =
                error instanceof KubernetesClientException e && e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        boolean secret = denied && String.valueOf(error.getMessage()).contains("secrets");
        ConditionReason reason = secret ? ConditionReason.SECRET_ACCESS_DENIED : ConditionReason.ERROR;
        String message = message(error, denied);
        return List.of(
                Finding.no(ConditionType.READY, reason, message),
                Finding.yes(ConditionType.RECONCILING, reason, "It is tried again; see Ready"));
    }

    private static String message(Exception error, boolean denied) {
        if (denied) {
            KubernetesClientException e = (KubernetesClientException) error;
            String detail = e.getStatus() == null ? "forbidden" : e.getStatus().getMessage();
            return "The API server refuses the operator: " + detail + ". Is this namespace one of the chart's values?";
        }
        if (error instanceof KubernetesClientException e) {
            return "The API server answered " + e.getCode() + "; see the log of the controller";
        }
        if (error instanceof IllegalStateException) {
            return error.getMessage();
        }
        return error.getClass().getSimpleName() + "; see the log of the controller";
    }
}
