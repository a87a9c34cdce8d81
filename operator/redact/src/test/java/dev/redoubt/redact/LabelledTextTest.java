package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sentences of {@code labelled/ENTITY.txt}: a line with {@code +} marks what must be found, a line with {@code -} holds
 * what comes near and must be left alone. {@code \n} stands for a line break.
 */
class LabelledTextTest {
    static Collection<Entity> entities() {
        return Entity.builtIn().values();
    }

    @ParameterizedTest
    @MethodSource("entities")
    void exactlyTheMarkedTextIsFound(Entity entity) throws IOException {
        Redactor alone = Redactors.with(Action.Replace, entity.name());
        SoftAssertions all = new SoftAssertions();
        List<String> lines = lines(entity);
        assertThat(lines).anyMatch(line -> line.startsWith("+")).anyMatch(line -> line.startsWith("-"));
        for (String line : lines) {
            String marked = line.substring(2).replace("\\n", "\n");
            String plain = marked.replaceAll("[⟦⟧]", "");
            String expected = marked.replaceAll("(?s)⟦.*?⟧", "<" + entity + ">");
            all.assertThat(Redactors.redacted(alone, plain)).isEqualTo(expected);
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("entities")
    void noMarkedTextRemainsWhereEveryEntityIsLookedFor(Entity entity) throws IOException {
        for (String line : lines(entity)) {
            String marked = line.substring(2).replace("\\n", "\n");
            String redacted = Redactors.redacted(Redactors.REPLACE_ALL, marked.replaceAll("[⟦⟧]", ""));
            for (int open = marked.indexOf('⟦'); open >= 0; open = marked.indexOf('⟦', open + 1)) {
                assertThat(redacted).doesNotContain(marked.substring(open + 1, marked.indexOf('⟧', open)));
            }
        }
    }

    private static List<String> lines(Entity entity) throws IOException {
        try (InputStream file = LabelledTextTest.class.getResourceAsStream("/labelled/" + entity + ".txt")) {
            return new String(Objects.requireNonNull(file, entity.name()).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
