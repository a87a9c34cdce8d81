package dev.redoubt.controller.rights;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A request to the API server, as its authorizer sees it.
 *
 * @param verb such as {@code list}
 * @param group API group; empty for the core
 * @param resource plural of the kind, with a subresource after a slash
 * @param namespace empty for what is cluster-wide
 * @param name empty for what is about no object, or about a new one
 */
record ApiRequest(String verb, String group, String resource, String namespace, String name) {
    /** Reads a request; empty where it is not about a resource, such as the discovery of the API. */
    static Optional<ApiRequest> of(String method, URI uri) {
        List<String> path = Arrays.stream(uri.getPath().split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
        int start = path.isEmpty()
                ? -1
                : path.get(0).equals("api") ? 2 : path.get(0).equals("apis") ? 3 : -1;
        if (start < 0 || path.size() <= start) {
            return Optional.empty();
        }
        String group = start == 2 ? "" : path.get(1);
        String namespace = "";
        if (path.get(start).equals("namespaces") && path.size() > start + 2) {
            namespace = path.get(start + 1);
            start += 2;
        }
        String name = path.size() > start + 1 ? path.get(start + 1) : "";
        String resource = path.get(start) + (path.size() > start + 2 ? "/" + path.get(start + 2) : "");
        return Optional.of(new ApiRequest(verb(method, uri, name.isEmpty()), group, resource, namespace, name));
    }

    private static String verb(String method, URI uri, boolean collection) {
        boolean watch = String.valueOf(uri.getQuery()).contains("watch=true");
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> watch ? "watch" : collection ? "list" : "get";
        };
    }
}
