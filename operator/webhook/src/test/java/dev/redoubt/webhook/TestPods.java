package dev.redoubt.webhook;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

/** Pods as the controllers of Kubernetes make them. */
final class TestPods {
    private TestPods() {}

    /** A pod of a Deployment that runs Chroma. */
    static Pod ofDeployment(String deployment) {
        return new PodBuilder(owned("ReplicaSet", deployment + "-7d9f8c6b5"))
                .editMetadata()
                .addToLabels("pod-template-hash", "7d9f8c6b5")
                .endMetadata()
                .build();
    }

    /** A pod that an owner controls. */
    static Pod owned(String kind, String owner) {
        return new PodBuilder(bare(owner + "-"))
                .editMetadata()
                .withOwnerReferences(controlledBy("apps/v1", kind, owner))
                .endMetadata()
                .build();
    }

    static OwnerReference controlledBy(String apiVersion, String kind, String name) {
        return new OwnerReferenceBuilder()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withName(name)
                .withUid("0b6c7a3e-0000-4000-8000-000000000001")
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    static Pod bare(String generateName) {
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName(generateName)
                .addToLabels("app", "chroma")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("chroma")
                .withImage("chromadb/chroma:1.5.9")
                .withArgs("run", "--path", "/data", "--host", "0.0.0.0", "--port", "8000")
                .addNewPort()
                .withName("http")
                .withContainerPort(8000)
                .endPort()
                .withNewResources()
                .addToRequests("memory", new Quantity("256Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}
