package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.names.Names;
import dev.redoubt.redact.recognise.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream holds back no byte longer than a match may begin with it, and of every entity no more than is promised. */
class HoldBackTest {
    /** What keeps candidates alive for long, or looks as if it did. */
    private static final List<String> STUBBORN = List.of(
            "a".repeat(2000),
            "1".repeat(2000),
            "A1".repeat(1000),
            "4 ".repeat(1000),
            "4-".repeat(1000),
            "a.".repeat(1000),
            "1.".repeat(1000),
            "1:".repeat(1000),
            "x@" + "a.".repeat(1000),
            ("a".repeat(64) + "@").repeat(20),
            "password=" + "Xk9#mQ2$vL7pR4wZ".repeat(100),
            "eyJ".repeat(500),
            "http://" + "u:".repeat(1000),
            "-----BEGIN ".repeat(100),
            "Anna ".repeat(400),
            "12 Main ".repeat(200));

    private static final Map<Entity, Redactor> ALONE = new HashMap<>();

    static Collection<Entity> entities() {
        return Entity.builtIn().values();
    }

    private static Redactor alone(Entity entity) {
        return ALONE.computeIfAbsent(entity, any -> Redactors.with(Action.Replace, entity.name()));
    }

    @ParameterizedTest
    @MethodSource("entities")
    void noByteIsHeldBackLongerThanItMayBeginAMatch(Entity entity) {
        boolean openEnded =
                Catalogue.of(Set.of(entity), List.of()).stream().anyMatch(recogniser -> recogniser.tail() != null);
        if (openEnded || Names.ENTITIES.contains(entity)) {
            // of these is known only the bound, which the next test is about
            return;
        }
        Viability viability = new Viability(Set.of(entity));
        for (String text : labelled(entity)) {
            requireViable(alone(entity), viability, text);
        }
    }

    @Test
    void noByteIsHeldBackLongerThanItMayBeginAMatchOfAnyOfAllEntities() {
        Set<Entity> entities = entities().stream()
                .filter(entity -> !Names.ENTITIES.contains(entity))
                .filter(entity ->
                        Catalogue.of(Set.of(entity), List.of()).stream().allMatch(each -> each.tail() == null))
                .collect(Collectors.toSet());
        Redactor redactor = Redactors.with(
                Action.Replace, entities.stream().map(Entity::name).toArray(String[]::new));
        Viability viability = new Viability(entities);
        for (Entity entity : entities()) {
            for (String text : labelled(entity)) {
                requireViable(redactor, viability, text + " | Ж字😀 " + text);
            }
        }
    }

    /** Byte by byte, so inside of characters too. */
    private static void requireViable(Redactor redactor, Viability viability, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Set<Integer> ends = redactor.redact(Stage.Prompt, utf8).findings().stream()
                .map(Finding::end)
                .collect(Collectors.toSet());
        StreamRedactor stream = redactor.stream(Stage.Prompt);
        for (int i = 0; i < utf8.length; i++) {
            stream.append(utf8, i, i + 1);
            int whole = Viability.whole(utf8, i + 1);
            int held = stream.held() - (i + 1 - whole);
            assertThat(held == 0 || viability.reaches(utf8, whole - held, whole, ends))
                    .as(
                            "the last %d bytes of “%s” may begin a match",
                            held, new String(utf8, 0, whole, StandardCharsets.UTF_8))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("entities")
    void noEntityHoldsBackMoreThanItsBound(Entity entity) {
        List<String> texts = new ArrayList<>(STUBBORN);
        texts.addAll(labelled(entity));
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            boolean ascii = utf8.length == text.length();
            StreamRedactor stream = alone(entity).stream(Stage.Prompt);
            int most = 0;
            for (int i = 0; i < utf8.length; i++) {
                stream.append(utf8, i, i + 1);
                most = Math.max(most, stream.held());
            }
            assertThat(most).isLessThanOrEqualTo(ascii ? ofAscii(stream) : stream.bound());
        }
    }

    /** In ASCII every symbol is one byte and none is without width. */
    private static int ofAscii(StreamRedactor stream) {
        return stream.bound() / Plan.MOST_BYTES_OF_CHARACTER - Plan.MOST_SKIPPED - 1;
    }

    @Test
    void theDocumentedBoundsAreThoseOfTheCode() throws IOException {
        Map<Integer, List<String>> rows = new TreeMap<>();
        Map<Integer, Integer> bounds = new TreeMap<>();
        for (Entity entity : entities()) {
            StreamRedactor stream = alone(entity).stream(Stage.Prompt);
            rows.computeIfAbsent(ofAscii(stream), any -> new ArrayList<>()).add("`" + entity.name() + "`");
            bounds.put(ofAscii(stream), stream.bound());
        }
        StringBuilder table = new StringBuilder("| in ASCII text | in any text | entities |\n|---|---|---|\n");
        rows.forEach((bytes, entities) ->
                table.append("| %d | %d | %s |%n".formatted(bytes, bounds.get(bytes), String.join(", ", entities))));
        Path page = Path.of(System.getProperty("redoubt.root"), "docs", "redaction.md");
        assertThat(Files.readString(page)).contains(table);
    }

    private static List<String> labelled(Entity entity) {
        try (InputStream file = HoldBackTest.class.getResourceAsStream("/labelled/" + entity.name() + ".txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.substring(2).replace("\\n", "\n").replaceAll("[⟦⟧]", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
