package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrecedenceTest {
    private long now;
    private final Precedence precedence = new Precedence(() -> now);

    @Test
    void withoutPushesEveryChangeOfTheMountCountsEvenBackwards() {
        assertThat(precedence.believes("1")).isTrue();
        assertThat(precedence.believes("2")).isTrue();
        assertThat(precedence.believes("1")).isTrue();
    }

    @Test
    void aMountThatIsLateNeverUndoesAPush() {
        precedence.pushed("2", "1");
        assertThat(precedence.believes("1")).isFalse();
        now = Precedence.GRACE.toNanos() * 100;
        assertThat(precedence.believes("1")).isFalse();
    }

    @Test
    void whatWasReplacedTwoPushesAgoIsLateToo() {
        precedence.pushed("2", "1");
        precedence.pushed("3", "2");
        now = Precedence.GRACE.toNanos() * 100;
        assertThat(precedence.believes("1")).isFalse();
        assertThat(precedence.believes("2")).isFalse();
        assertThat(precedence.believes("3")).isTrue();
    }

    @Test
    void anotherRevisionIsBelievedOnceItStayed() {
        precedence.pushed("3", "1");
        assertThat(precedence.believes("2")).isFalse();
        now = Precedence.GRACE.toNanos();
        assertThat(precedence.believes("2")).isTrue();
    }

    @Test
    void onceTheMountHasCaughtUpGoingBackIsNews() {
        precedence.pushed("2", "1");
        assertThat(precedence.believes("2")).isTrue();
        assertThat(precedence.believes("1")).isTrue();
    }

    @Test
    void aPushBackToAnEarlierRevisionMakesThatOneNoLongerLate() {
        precedence.pushed("2", "1");
        precedence.pushed("1", "2");
        assertThat(precedence.believes("1")).isTrue();
    }
}
