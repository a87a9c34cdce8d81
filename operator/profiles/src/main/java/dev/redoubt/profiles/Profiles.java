package dev.redoubt.profiles;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** All profiles that this build carries, by name. */
public final class Profiles {
    /**
     * Files below {@code profiles/} on the class path, a line per profile: an engine is added by a file and a name here.
     * Several files are one document, in which the later refer to what the earlier anchor.
     */
    private static final String[][] FILES = {
        {"chroma.yaml"},
        {"milvus.yaml"},
        {"openai.yaml"},
        {"search.yaml", "opensearch.yaml"},
        {"search.yaml", "elasticsearch.yaml"}
    };

    /** A member that only holds what is referred to from elsewhere. */
    private static final String SHARED = "shared";

    /** Profiles are this build's own, so nobody makes a small file large by references. */
    private static final int MOST_REFERENCES = 1000;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Map<String, Profile> byName;

    private Profiles(Map<String, Profile> byName) {
        this.byName = byName;
    }

    /**
     * Reads the profiles of this build.
     *
     * @throws UncheckedIOException where one cannot be read
     * @throws IllegalArgumentException where one is not valid
     */
    public static Profiles builtIn() {
        Map<String, Profile> byName = new TreeMap<>();
        for (String[] files : FILES) {
            Map<String, Object> tree = read("profiles", files);
            tree.remove(SHARED);
            tree.computeIfPresent("schema", (key, name) -> Map.of("types", read("schemas", name + ".yaml")));
            Profile profile = MAPPER.convertValue(spliced(tree), Profile.class);
            byName.put(profile.name(), profile);
        }
        return new Profiles(byName);
    }

    /** Those given, for tests of what no engine needs. */
    public static Profiles of(Collection<Profile> profiles) {
        Map<String, Profile> byName = new TreeMap<>();
        profiles.forEach(profile -> byName.put(profile.name(), profile));
        return new Profiles(byName);
    }

    /** Reads one document that may stand in several files. */
    private static Map<String, Object> read(String folder, String... files) {
        StringBuilder document = new StringBuilder();
        for (String file : files) {
            String resource = "/" + folder + "/" + file;
            try (InputStream in = Profiles.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("it is missing from the class path");
                }
                document.append(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(resource, e);
            }
        }
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_REFERENCES);
        // SnakeYAML resolves anchors and aliases, which Jackson's own YAML parser does not
        return new Yaml(new SafeConstructor(options)).load(document.toString());
    }

    /** The same tree, in which a list in a list stands for its items: so a list can be referred to as a part of another. */
    private static Object spliced(Object node) {
        if (node instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key, spliced(value)));
            return copy;
        }
        if (node instanceof List<?> list) {
            return list.stream()
                    .map(Profiles::spliced)
                    .flatMap(item -> item instanceof List<?> items ? items.stream() : Stream.of(item))
                    .toList();
        }
        return node;
    }

    /** The profile of an engine or model API, by the name that a RagPipeline uses. */
    public Optional<Profile> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Every profile, ordered by name. */
    public Collection<Profile> all() {
        return byName.values();
    }
}
