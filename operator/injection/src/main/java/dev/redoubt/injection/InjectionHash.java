package dev.redoubt.injection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.UncheckedIOException;
import java.util.List;

/** Hash of all that is injected into a pod: pods whose hashes differ were injected differently. */
final class InjectionHash {
    private static final int DIGITS = 16;
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private InjectionHash() {}

    static String of(Target target, Container guard, List<Volume> volumes, List<String> settings) {
        try {
            String content = CANONICAL.writeValueAsString(List.of(target.guardLabel(), guard, volumes, settings));
            return BoundedName.sha256(content).substring(0, DIGITS);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
