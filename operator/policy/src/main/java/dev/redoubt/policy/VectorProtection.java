package dev.redoubt.policy;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * How stored vectors and queries are changed on their way into a store.
 *
 * @param method the transformation
 * @param strength beta of {@link Method#ScaleAndPerturb}, greater than 0 and at most 3; sigma of {@link Method#Gaussian}
 *     for a vector of length 1, greater than 0 and at most 0.03
 */
public record VectorProtection(Method method, BigDecimal strength) {
    public VectorProtection {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(strength, "strength");
        if (strength.signum() <= 0 || strength.compareTo(method.largest) > 0) {
            throw new IllegalArgumentException("strength is not above 0 and at most " + method.largest);
        }
    }

    /** The transformations. */
    public enum Method {
        /** A secret rotation and bounded noise, which keep the nearer of two vectors the nearer one. */
        ScaleAndPerturb("1.0", "3"),
        /** Normally distributed noise; weak. */
        Gaussian("0.03", "0.03");

        private final BigDecimal usual;
        private final BigDecimal largest;

        Method(String usual, String largest) {
            this.usual = new BigDecimal(usual);
            this.largest = new BigDecimal(largest);
        }

        /** The strength where none is given. */
        public BigDecimal usual() {
            return usual;
        }
    }
}
