package dev.redoubt.profiles;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** All profiles that this build carries, by name. */
public final class Profiles {
    /** Files below {@code profiles/} on the class path; an engine is added by a file and a name here. */
    private static final String[] FILES = {"chroma.yaml", "milvus.yaml", "openai.yaml", "weaviate.yaml"};

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
        for (String file : FILES) {
            Map<String, Object> tree = read("/profiles/" + file);
            tree.computeIfPresent("schema", (key, name) -> Map.of("types", read("/schemas/" + name + ".yaml")));
            Profile profile = MAPPER.convertValue(tree, Profile.class);
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

    private static Map<String, Object> read(String resource) {
        try (InputStream in = Profiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("it is missing from the class path");
            }
            // SnakeYAML resolves anchors and aliases, which Jackson's own YAML parser does not
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
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
