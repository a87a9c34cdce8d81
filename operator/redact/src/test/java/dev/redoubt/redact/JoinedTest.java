package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JoinedTest {
    private static final Redactor REPLACE = Redactors.REPLACE_ALL;
    private static final Redactor REMOVE_NAMES = Redactors.with(Action.Remove, "PERSON", "LOCATION", "ORGANIZATION");
    private static final List<Entity> NAMES = List.of(Entity.PERSON, Entity.LOCATION, Entity.ORGANIZATION);

    private static String redacted(Redactor redactor, String text, Span... spans) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        RedactedText redacted = redactor.redact(Stage.Prompt, utf8, 0, utf8.length, List.of(spans));
        return new String(redacted.text(), StandardCharsets.UTF_8);
    }

    private static Span span(String text, String part, Entity entity, double score) {
        int from = text.substring(0, text.indexOf(part)).getBytes(StandardCharsets.UTF_8).length;
        return new Span(entity, from, from + part.getBytes(StandardCharsets.UTF_8).length, score);
    }

    private static Span person(String text, String part) {
        return span(text, part, Entity.PERSON, 0.85);
    }

    @Test
    void whatOnlyOthersFoundIsReplacedToo() {
        String text = "yesterday wei zhāng wrote to ann@example.com";
        assertThat(redacted(REPLACE, text, person(text, "wei zhāng")))
                .isEqualTo("yesterday <PERSON> wrote to <EMAIL_ADDRESS>");
    }

    @Test
    void namesThatOverlapPartlyBecomeOne() {
        String text = "yesterday Anna Smith zhāng wrote";
        assertThat(Redactors.redacted(REPLACE, text)).contains("<PERSON>");
        assertThat(redacted(REPLACE, text, person(text, "Smith zhāng"))).isEqualTo("yesterday <PERSON> wrote");
        assertThat(redacted(REPLACE, text, person(text, "yesterday Anna"))).doesNotContain("<PERSON><PERSON>");
    }

    @Test
    void theSameNameFoundByBothKeepsTheTokenThatItHasWithoutTheOthers() {
        String text = "yesterday Anna Smith wrote";
        assertThat(redacted(Redactors.TOKENIZE_ALL, text, person(text, "Anna Smith")))
                .isEqualTo(Redactors.redacted(Redactors.TOKENIZE_ALL, text));
    }

    @Test
    void aNameInsideOfAnAddressLeavesTheAddressWhole() {
        String text = "mail ann.lee@example.com";
        assertThat(redacted(REPLACE, text, person(text, "ann.lee"))).isEqualTo("mail <EMAIL_ADDRESS>");
    }

    @Test
    void whatIsInsideOfASpanIsDropped() {
        String text = "see ann@example.com street 12 here";
        assertThat(redacted(REPLACE, text, span(text, "ann@example.com street 12", Entity.LOCATION, 0.3)))
                .isEqualTo("see <LOCATION> here");
    }

    @Test
    void partsOfDifferentEntitiesThatOverlapPartlyAreReplacedOneAfterTheOther() {
        String text = "xx ann@example.com yy zz";
        assertThat(redacted(REPLACE, text, span(text, "example.com yy", Entity.ORGANIZATION, 0.5)))
                .isEqualTo("xx <EMAIL_ADDRESS><ORGANIZATION> zz");
    }

    @Test
    void ofTheVerySameTextTheHigherScoreStays() {
        String text = "over in washington they said";
        assertThat(redacted(
                        REPLACE,
                        text,
                        span(text, "washington", Entity.PERSON, 0.4),
                        span(text, "washington", Entity.LOCATION, 0.85)))
                .isEqualTo("over in <LOCATION> they said");
    }

    @Test
    void anAllowedTextStays() {
        String text = "yesterday wei zhāng wrote";
        Redactor redactor = Redactors.allowing(List.of("wei zhāng"), Action.Replace, "PERSON");
        assertThat(redacted(redactor, text, person(text, "wei zhāng"))).isEqualTo(text);
    }

    @Test
    void anEntityThatNoRuleIsAboutStays() {
        String text = "yesterday wei zhāng wrote";
        assertThat(redacted(Redactors.with(Action.Replace, "LOCATION"), text, person(text, "wei zhāng")))
                .isEqualTo(text);
    }

    @Test
    void whatOthersFoundBlocksWhereTheRuleSaysSo() {
        String text = "yesterday wei zhāng wrote";
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        RedactedText redacted = Redactors.with(Action.Block, "PERSON")
                .redact(Stage.Prompt, utf8, 0, utf8.length, List.of(person(text, "wei zhāng")));
        assertThat(redacted.blocked()).isTrue();
        assertThat(redacted.findings()).containsExactly(new Finding(Entity.PERSON, 10, 20, Action.Block));
    }

    @Test
    void whatComesTogetherWhenASpanIsTakenOutIsFound() {
        String text = "card 4111 1111 zhāng1111 1111 end";
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        RedactedText redacted = Redactors.with(Action.Remove, "PERSON", "CREDIT_CARD")
                .redact(Stage.Prompt, utf8, 0, utf8.length, List.of(person(text, "zhāng")));
        assertThat(new String(redacted.text(), StandardCharsets.UTF_8)).isEqualTo("card  end");
        assertThat(redacted.findings())
                .containsExactly(
                        new Finding(Entity.CREDIT_CARD, 5, utf8.length - 4, Action.Remove),
                        new Finding(Entity.PERSON, 15, 21, Action.Remove));
    }

    @Test
    void offsetsCountFromWhereTheTextBegins() {
        byte[] utf8 = "\"yesterday wei wrote\"".getBytes(StandardCharsets.UTF_8);
        RedactedText redacted =
                REPLACE.redact(Stage.Prompt, utf8, 1, utf8.length - 1, List.of(new Span(Entity.PERSON, 10, 13, 0.85)));
        assertThat(new String(redacted.text(), StandardCharsets.UTF_8)).isEqualTo("yesterday <PERSON> wrote");
    }

    @Test
    void aSpanThatIsNoPartOfTheTextIsRefused() {
        byte[] utf8 = "zhāng".getBytes(StandardCharsets.UTF_8);
        for (Span span : List.of(
                new Span(Entity.PERSON, 0, 7, 1), new Span(Entity.PERSON, 0, 3, 1), new Span(Entity.PERSON, 3, 6, 1))) {
            assertThatThrownBy(() -> REPLACE.redact(Stage.Prompt, utf8, 0, utf8.length, List.of(span)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Span(Entity.PERSON, 0, 1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Span(Entity.PERSON, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecogniserIsAskedWhereARuleIsAboutAnEntityOfItsForThatEntityAlone() {
        ExternalRecognizer recognizer = new ExternalRecognizer(
                "presidio", "analyzer", 3000, List.of("PERSON", "LOCATION"), OnError.Block, 1000);
        Redactor redactor = Redactor.compile(
                new Redaction(
                        List.of(
                                new RedactionRule(List.of("PERSON"), List.of(Stage.Ingest), Action.Mask),
                                new RedactionRule(List.of("US_SSN"), List.of(Stage.Query), Action.Mask)),
                        null,
                        null,
                        null,
                        null,
                        List.of(recognizer)),
                Redactors.key(7));
        assertThat(redactor.questions(Stage.Ingest)).containsExactly(new Question(recognizer, Set.of(Entity.PERSON)));
        assertThat(redactor.questions(Stage.Query)).isEmpty();
        assertThat(redactor.questions(Stage.Prompt)).isEmpty();
    }

    /** A text and parts of it that begin and end between characters. */
    record Judged(String text, List<Span> spans) {
        @Override
        public String toString() {
            return text + " " + spans;
        }
    }

    private static Span person(String text, int start, int end) {
        int from = text.substring(0, start).getBytes(StandardCharsets.UTF_8).length;
        return new Span(Entity.PERSON, from, from + end - start, 0.85);
    }

    @Provide
    Arbitrary<Judged> judged() {
        Arbitrary<String> word = Arbitraries.of(
                "Anna",
                "Smith",
                "zhāng",
                "wei",
                "Paris",
                "said",
                "ann@example.com",
                "415-555-2671",
                "4111111111111111",
                "<PERSON>",
                "😀",
                "of",
                "Acme, Inc.",
                "192.0.2.7");
        Arbitrary<List<int[]>> places = Arbitraries.integers()
                .between(0, 120)
                .array(int[].class)
                .ofSize(3)
                .list()
                .ofMaxSize(6);
        return word.list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(words -> String.join(" ", words))
                .flatMap(text -> places.map(all -> new Judged(
                        text,
                        all.stream()
                                .flatMap(place -> span(text, place).stream())
                                .toList())));
    }

    private static List<Span> span(String text, int[] place) {
        int characters = text.codePointCount(0, text.length());
        int start = place[0] % characters;
        int end = Math.min(characters, start + 1 + place[1] % 20);
        int from = bytes(text, start);
        return List.of(new Span(NAMES.get(place[2] % 3), from, bytes(text, end), place[2] / 120.0));
    }

    private static int bytes(String text, int codePoints) {
        return text.substring(0, text.offsetByCodePoints(0, codePoints)).getBytes(StandardCharsets.UTF_8).length;
    }

    @Property(tries = 2000)
    void everythingThatAnybodyFoundIsCoveredByAFindingSaveReplacementsOfBefore(@ForAll("judged") Judged judged) {
        byte[] utf8 = judged.text.getBytes(StandardCharsets.UTF_8);
        List<Finding> both =
                REPLACE.redact(Stage.Prompt, utf8, 0, utf8.length, judged.spans).findings();
        for (Finding own : REPLACE.redact(Stage.Prompt, utf8).findings()) {
            assertThat(both).anyMatch(all -> all.start() <= own.start() && all.end() >= own.end());
        }
        for (Span span : judged.spans) {
            for (int i = span.start(); i < span.end(); i++) {
                int at = i;
                assertThat(utf8[i] == ' '
                                || isInAMark(judged.text, i)
                                || both.stream().anyMatch(all -> all.start() <= at && all.end() > at))
                        .isTrue();
            }
        }
    }

    private static boolean isInAMark(String text, int at) {
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        int start = bytes.lastIndexOf("<PERSON>", at);
        return start >= 0 && at < start + "<PERSON>".length();
    }

    @Test
    void replacementsOfBeforeStayWhateverOthersTakeThemFor() {
        String text = "ask <PERSON:abcdefghijklm> or <PERSON> wei";
        assertThat(redacted(
                        REPLACE,
                        text,
                        person(text, "PERSON:abcdefghijklm"),
                        person(text, "<PERSON> wei"),
                        span(text, "ask <PERSON:abc", Entity.ORGANIZATION, 0.3)))
                .isEqualTo("<ORGANIZATION> <PERSON:abcdefghijklm> or <PERSON> <PERSON>");
        String none = "<JOHN> <PERSON:short>";
        assertThat(redacted(REPLACE, none, person(none, "JOHN"), person(none, "PERSON:short")))
                .isEqualTo("<<PERSON>> <<PERSON>>");
    }

    @Property(tries = 2000)
    void judgingWhatWasReplacedOrTokenizedOnceMoreChangesNothing(@ForAll("judged") Judged judged) {
        for (Redactor redactor : List.of(REPLACE, Redactors.TOKENIZE_ALL)) {
            String once = redacted(redactor, judged.text, judged.spans.toArray(Span[]::new));
            List<Span> everyMark = Pattern.compile("<[A-Z_]+(:[a-z2-7]{13})?>")
                    .matcher(once)
                    .results()
                    .flatMap(mark -> Stream.of(
                            person(once, mark.start(), mark.end()), person(once, mark.start() + 1, mark.end() - 1)))
                    .toList();
            assertThat(redacted(redactor, once, everyMark.toArray(Span[]::new))).isEqualTo(once);
        }
    }

    @Property(tries = 2000)
    void noByteOfASpanIsLeft(@ForAll("judged") Judged judged) {
        byte[] utf8 = judged.text.getBytes(StandardCharsets.UTF_8);
        RedactedText both = REMOVE_NAMES.redact(Stage.Prompt, utf8, 0, utf8.length, judged.spans);
        byte[] rest = new byte[utf8.length];
        int length = 0;
        for (int i = 0; i < utf8.length; i++) {
            int at = i;
            if (both.findings().stream().noneMatch(f -> f.start() <= at && at < f.end())) {
                rest[length++] = utf8[i];
            }
        }
        assertThat(both.text()).isEqualTo(Arrays.copyOf(rest, length));
    }

    @Property(tries = 2000)
    void whatWasJoinedAndReplacedIsNotFoundAgain(@ForAll("judged") Judged judged) {
        for (Redactor redactor : List.of(REPLACE, Redactors.TOKENIZE_ALL)) {
            String once = redacted(redactor, judged.text, judged.spans.toArray(Span[]::new));
            assertThat(Redactors.redacted(redactor, once)).isEqualTo(once);
        }
    }
}
