package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.ObjectNames;
import dev.redoubt.crds.Client;
import dev.redoubt.crds.ClientGrant;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.Operation;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.VectorStore;
import dev.redoubt.injection.BoundedName;
import java.util.Optional;

/**
 * The clients that a leakage test has in the pipeline that it attacks.
 *
 * @param as client whose rights the attacker has
 * @param attacker name of the attacker
 * @param attackerSecret Secret with the attacker's API key
 * @param writer name of who plants the synthetic corpus
 * @param writerSecret Secret with the writer's API key
 * @param store name of the vector store that is attacked: the first that {@code as} may query
 */
public record ProbeClients(
        String as, String attacker, String attackerSecret, String writer, String writerSecret, String store) {
    /** The clients; empty where the pipeline has no such client, or one that may query no store. */
    public static Optional<ProbeClients> of(LeakageTest test, RagPipeline pipeline) {
        String as = test.getSpec().as();
        String name = test.getMetadata().getName();
        // a dot is in no name of a client that a user gives
        String attacker = BoundedName.of("leakage." + name + ".attacker");
        String writer = BoundedName.of("leakage." + name + ".writer");
        return pipeline.getSpec().vectorStores().stream()
                .map(VectorStore::name)
                .filter(store -> pipeline.getSpec().clients().stream()
                        .anyMatch(client -> client.name().equals(as) && mayQuery(client, store)))
                .findFirst()
                .map(store -> new ProbeClients(
                        as,
                        attacker,
                        ObjectNames.clientSecret(pipeline.getMetadata().getName(), attacker),
                        writer,
                        ObjectNames.clientSecret(pipeline.getMetadata().getName(), writer),
                        store));
    }

    private static boolean mayQuery(Client client, String store) {
        return client.allow().stream()
                .filter(grant -> grant.target().equals(store))
                .map(ClientGrant::operations)
                .anyMatch(operations -> operations.contains(Operation.QUERY));
    }
}
