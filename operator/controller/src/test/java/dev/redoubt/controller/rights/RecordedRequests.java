package dev.redoubt.controller.rights;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What a client asked of the API server, and what it was refused. */
final class RecordedRequests implements Interceptor {
    private final Set<ApiRequest> asked = ConcurrentHashMap.newKeySet();
    private final Set<ApiRequest> refused = ConcurrentHashMap.newKeySet();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        ApiRequest.of(request.method(), request.uri()).ifPresent(asked::add);
    }

    @Override
    public CompletableFuture<Boolean> afterFailure(
            HttpRequest.Builder builder, HttpResponse<?> response, RequestTags tags) {
        if (response.code() == HttpURLConnection.HTTP_FORBIDDEN) {
            Optional.ofNullable(response.request())
                    .flatMap(request -> ApiRequest.of(request.method(), request.uri()))
                    .ifPresent(refused::add);
        }
        return CompletableFuture.completedFuture(false);
    }

    Set<ApiRequest> asked() {
        return asked;
    }

    Set<ApiRequest> refused() {
        return refused;
    }
}
