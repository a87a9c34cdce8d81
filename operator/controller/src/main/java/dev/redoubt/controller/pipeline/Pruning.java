package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.Labels;
import dev.redoubt.crds.Client;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.Target;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which objects of a pipeline nobody asks for any more. Keys of stored data are never among them. */
final class Pruning {
    private Pruning() {}

    /** The objects to delete. */
    static List<HasMetadata> of(RagPipeline pipeline, PipelineSnapshot snapshot) {
        Set<String> targets = Target.of(pipeline).stream().map(Target::name).collect(Collectors.toSet());
        Set<String> clients =
                pipeline.getSpec().clients().stream().map(Client::name).collect(Collectors.toSet());
        boolean fenced = Fence.requested(pipeline.getSpec());
        Stream<HasMetadata> objects =
                Stream.concat(snapshot.configMaps().values().stream(), snapshot.secrets().values().stream());
        return Stream.concat(
                        objects.filter(object -> isLeft(object, targets, clients)),
                        snapshot.networkPolicies().values().stream()
                                .filter(policy -> !fenced || isLeft(policy, targets, clients)))
                .toList();
    }

    /** Keys once made and kept, by name. */
    static List<String> keptKeys(PipelineSnapshot snapshot) {
        return snapshot.secrets().values().stream()
                .filter(secret -> labels(secret).containsKey(Labels.KEY))
                .map(secret -> secret.getMetadata().getName())
                .toList();
    }

    private static boolean isLeft(HasMetadata object, Set<String> targets, Set<String> clients) {
        Map<String, String> labels = labels(object);
        if (labels.containsKey(Labels.KEY) || labels.containsKey(Labels.LEAKAGE_TEST)) {
            return false;
        }
        String target = labels.get(Labels.TARGET);
        String client = labels.get(Labels.CLIENT);
        return target != null && !targets.contains(target) || client != null && !clients.contains(client);
    }

    private static Map<String, String> labels(HasMetadata object) {
        return object.getMetadata().getLabels();
    }
}
