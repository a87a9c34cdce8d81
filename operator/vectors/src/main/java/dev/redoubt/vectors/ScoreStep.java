package dev.redoubt.vectors;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Makes scores coarser: every score becomes the nearest multiple of a step. What is lost is what a client would need
 * to rebuild a vector from many scores (ATTACKS P4). The arithmetic is decimal, so equal scores stay equal, order is
 * kept, and rounding twice changes nothing.
 *
 * @param step distance between two scores that can still be told apart, in the score's own unit; greater than 0
 */
public record ScoreStep(BigDecimal step) {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /** Longest number read. The exact decimal form of a double that is no denormal fits. */
    private static final int LONGEST = 1100;

    /** Powers of ten beyond this are no score: a double ends at 308, and a huge exponent would fill the memory. */
    private static final int LARGEST_EXPONENT = 400;

    public ScoreStep {
        Objects.requireNonNull(step, "step");
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("the step of scores is not greater than 0");
        }
        step = step.stripTrailingZeros();
        if (Math.abs((long) step.scale()) > LARGEST_EXPONENT) {
            throw new IllegalArgumentException("the step of scores is not a number of ordinary size");
        }
    }

    /**
     * The nearest multiple of the step; of two equally near ones the even multiple, so that rounding has no drift.
     *
     * @throws NumberFormatException where the score's size is far beyond that of a double
     */
    public BigDecimal round(BigDecimal score) {
        if (score.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale());
        }
        long exponent = (long) score.precision() - score.scale();
        if (Math.abs(exponent) > LARGEST_EXPONENT) {
            throw refused();
        }
        return score.divide(step, 0, RoundingMode.HALF_EVEN).multiply(step).setScale(scale(), RoundingMode.UNNECESSARY);
    }

    /**
     * Rounds a score in its JSON form.
     *
     * @param number a JSON number (RFC 8259 section 6)
     * @return a JSON number without exponent and with at least one decimal, never a negative zero
     * @throws NumberFormatException where the text is no such number: not NaN, not an infinity, nothing beyond the
     *     size of a double. The message never holds the text.
     */
    public String round(String number) {
        if (number.length() > LONGEST || !NUMBER.matcher(number).matches()) {
            throw refused();
        }
        BigDecimal score;
        try {
            score = new BigDecimal(number);
        } catch (NumberFormatException | ArithmeticException e) {
            // the JDK's message may hold the text
            throw refused();
        }
        return round(score).toPlainString();
    }

    /**
     * The border below the rounded score: the scores above it are those that are rounded to it or to more. A threshold
     * that is moved there tells of a score no more than the rounded one does.
     *
     * @param number a JSON number
     * @return a JSON number
     * @throws NumberFormatException as {@link #round(String)}
     */
    public String border(String number) {
        return new BigDecimal(round(number))
                .subtract(step.divide(BigDecimal.valueOf(2)))
                .toPlainString();
    }

    private int scale() {
        return Math.max(1, step.scale());
    }

    private static NumberFormatException refused() {
        return new NumberFormatException("a score is not a JSON number of ordinary size");
    }
}
