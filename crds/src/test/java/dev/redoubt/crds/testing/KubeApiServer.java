package dev.redoubt.crds.testing;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real kube-apiserver with etcd behind it, and the CustomResourceDefinitions of Redoubt in it. No controller, no
 * scheduler and no kubelet run: nothing but admission acts on objects, and deleted namespaces stay.
 *
 * <p>One server serves all test classes of a JVM; each class has a namespace of its own. Where the server cannot start,
 * the tests fail and say what to install; they are never skipped.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final KubeApiServer server = new KubeApiServer();
 * }</pre>
 */
public final class KubeApiServer implements BeforeAllCallback, AfterAllCallback {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private final List<KubernetesClient> clients = new ArrayList<>();
    private RunningApiServer server;
    private String namespace;
    private KubernetesClient client;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = RunningApiServer.shared();
        namespace = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT) + "-"
                + NAMESPACES.incrementAndGet();
        client = newClient(
                new ConfigBuilder(server.config()).withNamespace(namespace).build());
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        clients.forEach(KubernetesClient::close);
        clients.clear();
    }

    /** A client with all rights, in the namespace of the test class. It is closed after the class. */
    public KubernetesClient client() {
        return client;
    }

    /** The namespace of the test class. */
    public String namespace() {
        return namespace;
    }

    /** An administrator's kubeconfig. */
    public Path kubeconfig() {
        return server.kubeconfig();
    }

    /**
     * A client with the rights of somebody else, by impersonation, in the namespace of the test class. It is closed
     * after the class.
     *
     * @param user for example {@code system:serviceaccount:redoubt-system:redoubt-controller}
     * @param groups the user's groups, such as {@code system:serviceaccounts} and {@code system:authenticated}
     */
    public KubernetesClient clientAs(String user, String... groups) {
        return newClient(new ConfigBuilder(server.config())
                .withNamespace(namespace)
                .withImpersonateUsername(user)
                .withImpersonateGroups(groups)
                .build());
    }

    private KubernetesClient newClient(Config config) {
        var made = new KubernetesClientBuilder().withConfig(config).build();
        clients.add(made);
        return made;
    }
}
