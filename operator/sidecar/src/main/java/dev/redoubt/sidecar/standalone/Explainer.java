package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.sidecar.standalone.StandaloneConfig.GuardedTarget;
import java.nio.file.Path;
import java.util.List;

/** Explains requests by a configuration file, without contacting anything and without making keys. */
public final class Explainer {
    private final StandaloneConfig config;

    /** @throws SpecException where the configuration is not valid */
    public Explainer(Path file) throws SpecException {
        config = new ConfigFile(file, Keys.Borrowed).read();
    }

    /**
     * Explains a request.
     *
     * @param source name of the request's file, for messages
     * @param request its content
     * @param target name of the target; {@code null} where there is only one
     * @param client name of the client that is taken to ask; {@code null} for whose key the request carries
     * @throws SpecException where the file holds no request
     * @throws IllegalArgumentException where no target or client has that name
     */
    public Explanation explain(String source, byte[] request, String target, String client) throws SpecException {
        GuardedTarget guarded = target(target);
        boolean known = client == null
                || guarded.config().clients().stream()
                        .anyMatch(each -> each.name().equals(client));
        if (!known) {
            throw new IllegalArgumentException("no client is named " + client);
        }
        return Explanation.of(guarded, config, RequestFile.parse(source, request), client);
    }

    private GuardedTarget target(String name) {
        List<String> names = config.targets().stream().map(GuardedTarget::name).toList();
        if (name == null && names.size() > 1) {
            throw new IllegalArgumentException(
                    "there are several targets; choose by --target one of " + String.join(", ", names));
        }
        return config.targets().stream()
                .filter(each -> name == null || each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no target is named " + name + "; there are " + String.join(", ", names)));
    }
}
