package dev.redoubt.webhook;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The process of the pod admission webhook. */
public final class WebhookMain {
    /** Time for the API server to learn that this replica goes away, before it does. */
    private static final long DRAIN_SECONDS = 5;

    /** The API server waits 5 s for an answer, so that a question of ours to it must be shorter. */
    private static final int REQUEST_TIMEOUT_MILLIS = 3_000;

    private static final int WORKERS = 16;

    private WebhookMain() {}

    /** Runs until the process is told to end. Exits with 2 where the environment is incomplete, with 1 on failure. */
    public static void main(String[] args) {
        // before the first logger is made
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s %5$s%6$s%n");
        WebhookSettings settings;
        try {
            settings = WebhookSettings.from(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("redoubt-webhook: " + e.getMessage() + ".");
            System.exit(2);
            return;
        }
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(configuration()).build();
        InformedPipelines pipelines = new InformedPipelines(client, settings.namespaces());
        Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(WORKERS));
        WebhookServer server = new WebhookServer(
                vertx, settings, pipelines, client.getKubernetesSerialization(), InstantSource.system());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, vertx, pipelines, client), "shutdown"));
        server.start().onFailure(e -> {
            System.err.println(
                    "redoubt-webhook: port " + settings.healthPort() + " cannot be served: " + e.getMessage());
            System.exit(1);
        });
    }

    private static Config configuration() {
        return new ConfigBuilder(Config.autoConfigure(null))
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withConnectionTimeout(REQUEST_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private static void stop(WebhookServer server, Vertx vertx, InformedPipelines pipelines, KubernetesClient client) {
        server.drain();
        try {
            TimeUnit.SECONDS.sleep(DRAIN_SECONDS);
            vertx.close().toCompletionStage().toCompletableFuture().get(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            System.err.println("redoubt-webhook: did not close in time: " + e);
        }
        pipelines.close();
        client.close();
    }
}
