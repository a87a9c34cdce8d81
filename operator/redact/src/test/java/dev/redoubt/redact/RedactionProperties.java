package dev.redoubt.redact;

import static dev.redoubt.redact.Redactors.redacted;
import static dev.redoubt.redact.Redactors.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.profiles.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RedactionProperties {
    private static final List<String> LABELLED = labelled();

    private static final Map<Action, Redactor> REDACTORS = Arrays.stream(Action.values())
            .collect(Collectors.toMap(action -> action, action -> Redactors.with(action, "*")));

    /** What they put into a text says that it was put there. */
    private static final List<Redactor> MARKING = List.of(
            REDACTORS.get(Action.Replace),
            REDACTORS.get(Action.Tokenize),
            REDACTORS.get(Action.Encrypt),
            Redactors.reversible());

    /** What joins, breaks, disguises or begins matches. */
    private static final List<String> FRAGMENTS = List.of(
            " ",
            " ",
            "\n",
            ".",
            "-",
            "--",
            "@",
            ":",
            "://",
            "/",
            "+",
            "(",
            ")",
            "_",
            "<",
            ">",
            "'",
            "=",
            ";",
            "*",
            "é",
            "Ж",
            "字",
            "😀",
            "\u200b",
            "\u00a0",
            "４",
            "𝟒",
            "٤",
            "\u0301",
            "1",
            "4",
            "4111",
            "1111",
            "00",
            "a",
            "B",
            "ey",
            "eyJ",
            "sk-",
            "x",
            "ssn ",
            "born ",
            "call ",
            "-----BEGIN ",
            "PRIVATE KEY-----",
            "-----END",
            "-----",
            "ann",
            "example.com",
            "password=",
            "user ",
            "DE89",
            "<US_SSN>",
            "<PERSON>",
            "Mr. ",
            "Anna",
            "Anna ",
            "J. ",
            "Smith",
            "O'Brien",
            "José",
            "JOHN ",
            "May ",
            "Paris",
            "TX ",
            "12 ",
            "Main Street",
            "University of ",
            "Acme",
            ", Inc.",
            " van ",
            " of ",
            " & ",
            ", ",
            " said",
            "works at ",
            "lives in ",
            "'s ",
            "’",
            "Unknownword ",
            "dea ",
            "a".repeat(70),
            "7".repeat(40));

    @Provide
    Arbitrary<String> texts() {
        return parts().map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> spacedTexts() {
        return parts().map(parts -> String.join(" ", parts));
    }

    private static Arbitrary<List<String>> parts() {
        Arbitrary<String> part = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.of(FRAGMENTS)),
                net.jqwik.api.Tuple.of(2, Arbitraries.of(LABELLED)),
                net.jqwik.api.Tuple.of(1, Arbitraries.of(LABELLED).flatMap(RedactionProperties::piece)));
        return part.list().ofMinSize(1).ofMaxSize(10);
    }

    @Provide
    Arbitrary<String> shortTexts() {
        return texts().map(text -> text.length() <= 60 ? text : text.substring(0, whole(text, 60)));
    }

    @Provide
    Arbitrary<String> sentences() {
        return Arbitraries.of(LABELLED).list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join(" | ", parts));
    }

    @Property(tries = 2000)
    void everySplitOfAShortTextGivesTheOutputOfTheWhole(@ForAll("shortTexts") String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Redactor redactor = REDACTORS.get(Action.Tokenize);
        String whole = redacted(redactor, text);
        for (int cut = 0; cut <= utf8.length; cut++) {
            assertThat(streamed(redactor, utf8, cut)).isEqualTo(whole);
        }
        assertThat(streamed(redactor, utf8, IntStream.range(0, utf8.length).toArray()))
                .isEqualTo(whole);
    }

    /** Of a short text that is whole it may be plain at a glance that nothing is in it; of one that arrives it is not. */
    @Property(tries = 3000)
    void whatIsSeenAtAGlanceIsWhatIsRead(@ForAll("shortTexts") String text, @ForAll long seed) {
        int from = whole(text, (int) Math.floorMod(seed, text.length() + 1L));
        for (int length : List.of(1, 2, 4, 9, 16, 20, 32)) {
            String glanced = text.substring(from, whole(text, Math.min(text.length(), from + length)));
            byte[] utf8 = glanced.getBytes(StandardCharsets.UTF_8);
            assertThat(redacted(REDACTORS.get(Action.Replace), glanced))
                    .isEqualTo(streamed(REDACTORS.get(Action.Replace), utf8));
        }
    }

    @Property(tries = 2000)
    void randomSplitsGiveTheOutputAndTheFindingsOfTheWhole(
            @ForAll("texts") String text, @ForAll Action action, @ForAll long seed) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Redactor redactor = REDACTORS.get(action);
        RedactedText whole = redactor.redact(Stage.Prompt, text);
        int[] cuts = new Random(seed).ints(6, 0, utf8.length + 1).sorted().toArray();
        assertThat(streamed(redactor, utf8, cuts)).isEqualTo(new String(whole.text(), StandardCharsets.UTF_8));
        StreamRedactor stream = redactor.stream(Stage.Prompt);
        int from = 0;
        for (int cut : cuts) {
            stream.append(utf8, from, cut);
            from = cut;
        }
        stream.append(utf8, from, utf8.length);
        stream.finish();
        assertThat(stream.findings()).isEqualTo(whole.findings());
        assertThat(stream.blocked()).isEqualTo(whole.blocked());
    }

    @Property(tries = 2000)
    void redactingWhatWasReplacedTokenizedOrEncryptedChangesNothing(@ForAll("spacedTexts") String text) {
        for (Redactor redactor : MARKING) {
            String once = redacted(redactor, text);
            assertThat(redacted(redactor, once)).isEqualTo(once);
        }
    }

    /** Their results carry no mark, so only neighbours that are set apart can be promised to stay apart. */
    @Property(tries = 2000)
    void redactingWhatWasMaskedOrHashedChangesNothing(@ForAll("sentences") String text) {
        for (Action action : List.of(Action.Mask, Action.Hash)) {
            String once = redacted(REDACTORS.get(action), text);
            assertThat(redacted(REDACTORS.get(action), once)).isEqualTo(once);
        }
    }

    @Property(tries = 2000)
    void whatIsNotFoundIsNotTouchedAndWhatIsFoundIsGone(@ForAll("texts") String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        RedactedText result = REDACTORS.get(Action.Remove).redact(Stage.Prompt, utf8);
        byte[] rest = new byte[utf8.length];
        int length = 0;
        for (int i = 0; i < utf8.length; i++) {
            int at = i;
            if (result.findings().stream().noneMatch(f -> f.start() <= at && at < f.end())) {
                rest[length++] = utf8[i];
            }
        }
        assertThat(result.text()).isEqualTo(Arrays.copyOf(rest, length));
    }

    private static Arbitrary<String> piece(String text) {
        return Arbitraries.integers().between(0, text.length()).map(at -> text.substring(whole(text, at)));
    }

    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private static List<String> labelled() {
        List<String> texts = new ArrayList<>();
        for (Entity entity : Entity.builtIn().values()) {
            try (InputStream file = RedactionProperties.class.getResourceAsStream("/labelled/" + entity + ".txt")) {
                new String(file.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.substring(2).replace("\\n", "\n").replaceAll("[⟦⟧]", ""))
                        .forEach(texts::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
