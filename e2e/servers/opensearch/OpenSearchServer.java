import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * {@code OpenSearchServer DATA HTTP_PORT TRANSPORT_PORT}: one node of OpenSearch with k-NN on loopback, until it is
 * stopped. As in the official images, an environment variable with a dot in its name is a setting, and wins.
 */
public final class OpenSearchServer {
    private OpenSearchServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", arguments[1]);
            settings.put("transport.port", arguments[2]);
            settings.put("discovery.type", "single-node");
            // both are the runner's own, and no node that is alone may have them
            settings.remove("cluster.initial_cluster_manager_nodes");
            settings.remove("discovery.seed_hosts");
            settings.put("node.store.allow_mmap", false);
            System.getenv().forEach((name, value) -> {
                if (name.matches("[a-z0-9_]+([.][a-z0-9_]+)+")) {
                    settings.put(name, value);
                }
            });
        });
        runner.build(OpenSearchRunner.newConfigs()
                .basePath(arguments[0])
                .numOfNode(1)
                .clusterName("test")
                .pluginTypes("org.opensearch.knn.plugin.KNNPlugin"));
        Thread.sleep(Long.MAX_VALUE);
    }
}
