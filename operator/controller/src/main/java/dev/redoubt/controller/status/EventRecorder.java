package dev.redoubt.controller.status;

import dev.redoubt.controller.keys.Digests;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Events of the objects of Redoubt: one for each condition that changed, never one for a state that lasts. The name of
 * an event follows from its content, so that a reconciliation that is tried again tells nothing twice.
 */
public final class EventRecorder {
    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    private static final String CONTROLLER = "redoubt.dev/controller";
    private static final int MAX_NOTE = 1024;
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    /** Conditions that are bad news where they hold. */
    private static final Set<ConditionType> ALARMS =
            EnumSet.of(ConditionType.STALLED, ConditionType.BYPASS_DETECTED, ConditionType.QUARANTINED);

    /** Conditions that come and go with every change, and that others explain. */
    private static final Set<ConditionType> QUIET = EnumSet.of(ConditionType.RECONCILING);

    /** Why a condition may not hold although all goes as it should. */
    private static final Set<ConditionReason> EXPECTED = EnumSet.of(
            ConditionReason.ARMED,
            ConditionReason.ROLLING_OUT,
            ConditionReason.PENDING,
            ConditionReason.NOT_REQUESTED,
            ConditionReason.OBSERVING);

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;

    /**
     * @param instance name of this replica of the controller
     */
    public EventRecorder(KubernetesClient client, Clock clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    /** Tells of each condition whose status or reason changed. */
    public void transitions(HasMetadata regarding, List<Condition> before, List<Condition> after) {
        for (ConditionType type : ConditionType.values()) {
            if (QUIET.contains(type)) {
                continue;
            }
            Condition now = Conditions.find(after, type).orElse(null);
            Condition old = Conditions.find(before, type).orElse(null);
            if (now == null || same(old, now) || unremarkable(type, old, now)) {
                continue;
            }
            boolean bad = now.getStatus().equals(ALARMS.contains(type) ? "True" : "False") && !expected(now);
            record(
                    regarding,
                    bad ? "Warning" : "Normal",
                    now.getReason(),
                    type.value(),
                    now.getMessage(),
                    (old == null ? "" : old.getLastTransitionTime()) + now.getStatus());
        }
    }

    /** Tells of something that is not a condition. */
    public void tell(HasMetadata regarding, ConditionReason reason, String action, String note) {
        record(regarding, "Normal", reason.value(), action, note, note);
    }

    /** A condition that begins without a verdict, or as the absence of an alarm, is no news. */
    private static boolean unremarkable(ConditionType type, Condition old, Condition now) {
        boolean calm = now.getStatus().equals("Unknown")
                || ALARMS.contains(type) && now.getStatus().equals("False")
                || now.getReason().equals(ConditionReason.NOT_REQUESTED.value());
        return old == null && calm;
    }

    private static boolean expected(Condition now) {
        return EXPECTED.stream().anyMatch(reason -> reason.value().equals(now.getReason()));
    }

    private static boolean same(Condition old, Condition now) {
        return old != null
                && old.getStatus().equals(now.getStatus())
                && old.getReason().equals(now.getReason());
    }

    private void record(
            HasMetadata regarding, String type, String reason, String action, String note, String occasion) {
        ObjectReference reference = new ObjectReferenceBuilder()
                .withApiVersion(regarding.getApiVersion())
                .withKind(regarding.getKind())
                .withNamespace(regarding.getMetadata().getNamespace())
                .withName(regarding.getMetadata().getName())
                .withUid(regarding.getMetadata().getUid())
                .build();
        String content = String.join("\n", reference.getUid(), reason, action, occasion);
        String hash =
                Digests.sha256Hex(content.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        try {
            client.resource(new EventBuilder()
                            .withNewMetadata()
                            .withNamespace(reference.getNamespace())
                            .withName(reference.getName() + "." + hash)
                            .endMetadata()
                            .withRegarding(reference)
                            .withType(type)
                            .withReason(reason)
                            .withAction(action)
                            .withNote(note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE))
                            .withEventTime(
                                    new MicroTime(MICROS.format(clock.instant().atOffset(ZoneOffset.UTC))))
                            .withReportingController(CONTROLLER)
                            .withReportingInstance(instance)
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                // an event is a courtesy: the status says the same, and it must not be lost for this
                LOG.warnf("the event %s of %s was not written: %d", reason, reference.getName(), e.getCode());
            }
        }
    }
}
