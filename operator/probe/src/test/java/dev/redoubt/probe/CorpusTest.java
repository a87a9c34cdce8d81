package dev.redoubt.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private final Corpus corpus = new Corpus();

    @Test
    void everySlotOfEveryPatternIsFilled() {
        assertThat(corpus.sentences(5000, 3))
                .noneMatch(sentence -> sentence.contains("{") || sentence.contains("null"));
    }

    @Test
    void sentencesAreDistinctAndFollowFromTheSeed() {
        List<String> sentences = corpus.sentences(3000, 1);
        assertThat(sentences).doesNotHaveDuplicates().isEqualTo(new Corpus().sentences(3000, 1));
        assertThat(corpus.sentences(100, 2)).isNotEqualTo(sentences.subList(0, 100));
    }

    @Test
    void sentencesAreAsLongAsThoseOfTheReference() {
        assertThat(corpus.sentences(1000, 1).stream()
                        .mapToInt(sentence -> sentence.split(" ").length)
                        .average()
                        .orElseThrow())
                .isBetween(10.0, 15.0);
    }

    @Test
    void thereIsACodenameForEveryCanaryAndControl() {
        assertThat(corpus.list("codename")).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(48);
    }
}
