package dev.redoubt.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.crds.Formats;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BoundedNameProperties {
    @Property
    void aNameStaysValidAndWithinItsBound(@ForAll("names") String name) {
        assertThat(BoundedName.of(name)).hasSizeLessThanOrEqualTo(63).matches(Formats.DNS_SUBDOMAIN);
    }

    @Property
    void aShortNameStaysItselfAndLongOnesStayTwo(@ForAll("names") String name) {
        if (name.length() <= 63) {
            assertThat(BoundedName.of(name)).isEqualTo(name);
        } else {
            assertThat(BoundedName.of(name)).isNotEqualTo(BoundedName.of(name + "x"));
        }
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> label = Arbitraries.strings()
                .withChars("abz09-")
                .ofMinLength(1)
                .ofMaxLength(40)
                .map(s -> "a" + s + "9");
        return label.list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
    }
}
