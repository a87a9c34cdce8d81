package dev.redoubt.controller.pipeline;

import dev.redoubt.crds.ConditionReason;
import dev.redoubt.policy.ExternalRecognizer;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A recogniser of a policy with the Service that answers for it: how guards reach it, and which pods the fence has to let
 * them reach. Only Services of the policy's own namespace that select pods: nobody's texts are sent out of the cluster.
 *
 * @param recognizer at its address
 * @param selector labels of the pods behind the Service
 * @param port of these pods, by number or name
 */
record RecognizerService(ExternalRecognizer recognizer, Map<String, String> selector, IntOrString port) {
    private static final String HEADLESS = "None";

    RecognizerService {
        selector = new TreeMap<>(selector);
    }

    /** A recogniser whose Service cannot be used. Its message names the Service and the next step. */
    static final class UnusableException extends Exception {
        private final ConditionReason reason;

        private UnusableException(ConditionReason reason, String message) {
            super(message);
            this.reason = reason;
        }

        ConditionReason reason() {
            return reason;
        }
    }

    /**
     * Resolves a recogniser whose host is the name of a Service.
     *
     * @param services those of the namespace by name
     */
    static RecognizerService of(ExternalRecognizer recognizer, String namespace, Map<String, Service> services)
            throws UnusableException {
        String name = recognizer.host();
        Service service = services.get(name);
        if (service == null || service.getSpec() == null) {
            throw new UnusableException(
                    ConditionReason.SERVICE_NOT_FOUND,
                    "Service " + name + " of recognizer " + recognizer.name() + " does not exist; create it");
        }
        Map<String, String> selector = service.getSpec().getSelector();
        if (selector == null
                || selector.isEmpty()
                || "ExternalName".equals(service.getSpec().getType())) {
            throw new UnusableException(
                    ConditionReason.UNSUPPORTED,
                    "Service " + name + " of recognizer " + recognizer.name()
                            + " selects no pods of this namespace; name one that does");
        }
        ServicePort port = port(service, recognizer.port());
        if (port == null) {
            throw new UnusableException(
                    ConditionReason.SERVICE_NOT_FOUND,
                    "Service " + name + " of recognizer " + recognizer.name() + " has no TCP port " + recognizer.port()
                            + "; name one that it has");
        }
        IntOrString target = Objects.requireNonNullElseGet(port.getTargetPort(), () -> new IntOrString(port.getPort()));
        String address = service.getSpec().getClusterIP();
        String host = name + "." + namespace + ".svc";
        int asked = recognizer.port();
        if (HEADLESS.equals(address)) {
            // the name of a headless Service stands for the pods themselves, and so does the port
            if (target.getIntVal() == null) {
                throw new UnusableException(
                        ConditionReason.UNSUPPORTED,
                        "The headless Service " + name + " of recognizer " + recognizer.name()
                                + " names its target port; give the number, or the Service an address");
            }
            asked = target.getIntVal();
        } else if (address != null && !address.isEmpty()) {
            // guards then need no name service, which may be slow, be down, or lie
            host = address;
        }
        return new RecognizerService(recognizer.at(host, asked), selector, target);
    }

    private static ServicePort port(Service service, int number) {
        return service.getSpec().getPorts().stream()
                .filter(port ->
                        port.getPort() == number && "TCP".equals(Objects.requireNonNullElse(port.getProtocol(), "TCP")))
                .findFirst()
                .orElse(null);
    }
}
