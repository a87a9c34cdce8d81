package dev.redoubt.policy.spec;

import dev.redoubt.policy.CustomEntity;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The recognisers of a RedactionPolicy's spec. The name of a Service stands for its host until somebody resolves it. */
final class RecognizerSpec {
    private static final int MOST_RECOGNIZERS = 8;
    private static final int MOST_ENTITIES = 64;
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_DURATION = 18;
    private static final int HIGHEST_PORT = 65535;
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(1);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?");
    private static final Map<String, OnError> ON_ERROR = Words.of(OnError.class);

    private RecognizerSpec() {}

    /** @param own entities of the policy's own */
    static List<ExternalRecognizer> parse(Fields spec, List<CustomEntity> own) throws SpecException {
        List<ExternalRecognizer> recognizers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SpecNode item : spec.items("recognizers", MOST_RECOGNIZERS)) {
            ExternalRecognizer recognizer = recognizer(item, own);
            if (!names.add(recognizer.name())) {
                throw new SpecException(item.place(), "two recognizers are named " + recognizer.name());
            }
            recognizers.add(recognizer);
        }
        return recognizers;
    }

    private static ExternalRecognizer recognizer(SpecNode node, List<CustomEntity> own) throws SpecException {
        Fields fields = Fields.of(node, "name", "service", "entities", "onError", "timeout");
        Fields service = Fields.of(fields.require("service"), "name", "port");
        return new ExternalRecognizer(
                name(fields.require("name")),
                name(service.require("name")),
                service.require("port").number(1, HIGHEST_PORT),
                entities(fields.require("entities"), own),
                fields.oneOf("onError", ON_ERROR, OnError.Block),
                timeout(fields.find("timeout")));
    }

    private static String name(SpecNode node) throws SpecException {
        String name = node.text(LONGEST_NAME);
        if (!NAME.matcher(name).matches()) {
            throw new SpecException(node.place(), "a name has lower-case letters, digits and dashes");
        }
        return name;
    }

    private static List<String> entities(SpecNode node, List<CustomEntity> own) throws SpecException {
        List<SpecNode> items = node.items(1, MOST_ENTITIES);
        List<String> names = node.texts(MOST_ENTITIES, LONGEST_NAME);
        for (int i = 0; i < names.size(); i++) {
            Optional<Set<Entity>> entities = Redaction.named(names.get(i), own);
            if (entities.isEmpty() || entities.get().size() > 1) {
                throw new SpecException(
                        items.get(i).place(),
                        "no recogniser can be asked for " + names.get(i) + "; name entities one by one");
            }
        }
        return names;
    }

    private static int timeout(Optional<SpecNode> node) throws SpecException {
        if (node.isEmpty()) {
            return ExternalRecognizer.DEFAULT_TIMEOUT_MILLIS;
        }
        String text = node.get().text(LONGEST_DURATION);
        if (DURATION.matcher(text).matches()) {
            Duration timeout = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (timeout.compareTo(LEAST_TIMEOUT) >= 0 && timeout.compareTo(MOST_TIMEOUT) <= 0) {
                return (int) timeout.toMillis();
            }
        }
        throw new SpecException(node.get().place(), "timeout must be from 1s to 1m");
    }
}
