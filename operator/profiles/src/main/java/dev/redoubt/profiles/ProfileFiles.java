package dev.redoubt.profiles;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads profiles as people write them, from files on the class path. A file may take routes from another one, for APIs
 * that several servers have in common: {@code include: [{from: openai.yaml, routes: [chat-completions]}]}, and all of
 * them where it names none.
 */
final class ProfileFiles {
    private static final String INCLUDE = "include";
    private static final String ROUTES = "routes";
    private static final int MOST_ALIASES = 1000;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final String folder;
    private final String schemas;
    private final Map<String, Map<String, Object>> trees = new HashMap<>();

    /**
     * @param folder where the files are, such as {@code /profiles/}
     * @param schemas where the schemas are that they name
     */
    ProfileFiles(String folder, String schemas) {
        this.folder = folder;
        this.schemas = schemas;
    }

    /**
     * Reads a profile.
     *
     * @throws UncheckedIOException where a file cannot be read
     * @throws IllegalArgumentException where one is not valid, or takes a route that is not there
     */
    Profile read(String file) {
        Map<String, Object> tree = new HashMap<>(tree(file));
        List<Object> routes = new ArrayList<>((List<?>) tree.get(ROUTES));
        if (tree.remove(INCLUDE) instanceof List<?> includes) {
            for (Object each : includes) {
                routes.addAll(routes(file, MAPPER.convertValue(each, Include.class)));
            }
        }
        tree.put(ROUTES, routes);
        tree.computeIfPresent("schema", (key, name) -> Map.of("types", load(schemas + name + ".yaml")));
        return MAPPER.convertValue(tree, Profile.class);
    }

    /** Routes of another file, by their names; all where there are none. */
    private record Include(String from, List<String> routes) {}

    private List<?> routes(String file, Include include) {
        if (include.routes() == null) {
            return (List<?>) tree(include.from()).get(ROUTES);
        }
        List<Object> taken = new ArrayList<>();
        for (String name : include.routes()) {
            taken.add(((List<?>) tree(include.from()).get(ROUTES))
                    .stream()
                            .filter(route -> name.equals(((Map<?, ?>) route).get("name")))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "profile " + file + ": " + include.from() + " has no route " + name)));
        }
        return taken;
    }

    /** A list in a list stands for its items, so that an alias may stand among other items. */
    private static Object flat(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> flat = new LinkedHashMap<>();
            map.forEach((name, each) -> flat.put(name, flat(each)));
            return flat;
        }
        if (value instanceof List<?> list) {
            List<Object> flat = new ArrayList<>();
            for (Object each : list) {
                if (flat(each) instanceof List<?> inner) {
                    flat.addAll(inner);
                } else {
                    flat.add(flat(each));
                }
            }
            return flat;
        }
        return value;
    }

    private Map<String, Object> tree(String file) {
        return trees.computeIfAbsent(file, any -> {
            Map<String, Object> tree = load(folder + file);
            tree.replaceAll((name, value) -> flat(value));
            return tree;
        });
    }

    private static Map<String, Object> load(String resource) {
        try (InputStream in = ProfileFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("it is missing from the class path");
            }
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(MOST_ALIASES);
            // SnakeYAML resolves anchors and aliases, which Jackson's own YAML parser does not
            return new Yaml(new SafeConstructor(options)).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
