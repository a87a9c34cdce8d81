package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.keys.ApiKeySecret;
import dev.redoubt.controller.keys.KeyFactory;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.injection.BoundedName;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;

/** Sees to it that the clients of a leakage test have their API keys; the pipeline's configuration takes them up. */
public final class ProbeKeys {
    private final ObjectWriter writer;
    private final KeyFactory factory;

    public ProbeKeys(ObjectWriter writer, KeyFactory factory) {
        this.writer = writer;
        this.factory = factory;
    }

    /**
     * Makes the keys that are not there.
     *
     * @param clients the clients that the test has in its pipeline
     * @param known Secrets of the test that a cache knows, by name
     */
    public void ensure(LeakageTest test, ProbeClients clients, Map<String, Secret> known) {
        ensure(test, clients.attacker(), clients.attackerSecret(), known);
        ensure(test, clients.writer(), clients.writerSecret(), known);
    }

    private void ensure(LeakageTest test, String client, String secretName, Map<String, Secret> known) {
        if (known.containsKey(secretName)) {
            return;
        }
        Map<String, String> labels = ProbeObjects.labels(test);
        labels.put(Labels.PIPELINE, test.getSpec().pipeline().name());
        labels.put(Labels.CLIENT, BoundedName.of(client));
        writer.createOnce(ApiKeySecret.desired(test, secretName, labels, factory.apiKey()));
    }
}
