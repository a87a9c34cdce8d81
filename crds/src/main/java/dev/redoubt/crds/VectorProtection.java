package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/**
 * How vectors are transformed before they are stored; queries alike.
 *
 * @param method the transformation
 * @param strength its strength, a decimal, or null
 */
@ApiObject
@ValidationRule(
        value = "!has(self.strength) || self.method != 'None'",
        message = "strength is refused without a method",
        fieldPath = ".strength")
@ValidationRule(
        value = "!has(self.strength) || !self.strength.matches(r'" + Formats.DECIMAL
                + "') || self.method == 'None' || (double(self.strength) > 0.0 && double(self.strength) <= "
                + "(self.method == 'Gaussian' ? 0.03 : 3.0))",
        message = "strength must be above 0, and at most 3 for ScaleAndPerturb or 0.03 for Gaussian",
        fieldPath = ".strength")
public record VectorProtection(
        @Default("None")
                @JsonPropertyDescription("Transformation of stored vectors and queries: None, ScaleAndPerturb "
                        + "(distance-preserving encryption) or Gaussian (noise). Default None. Both are "
                        + "obfuscation: known pairs of text and vector undo them.")
                Method method,
        @Size(max = 13)
                @Pattern(Formats.DECIMAL)
                @JsonPropertyDescription(
                        "Strength of the transformation, a decimal: beta of ScaleAndPerturb above 0 and at most "
                                + "3, sigma of Gaussian above 0 and at most 0.03. Absent: the method's own default. Only "
                                + "with a method other than None.")
                String strength) {

    /** Absent values become the defaults of the schema. */
    public VectorProtection {
        method = Objects.requireNonNullElse(method, Method.NONE);
    }

    /** The transformations. */
    public enum Method {
        /** Vectors are stored as they come. */
        @JsonProperty("None")
        NONE,
        /** Distance-comparison-preserving encryption (Fuchsbauer et al., 2022). */
        @JsonProperty("ScaleAndPerturb")
        SCALE_AND_PERTURB,
        /** Gaussian noise. */
        @JsonProperty("Gaussian")
        GAUSSIAN
    }
}
