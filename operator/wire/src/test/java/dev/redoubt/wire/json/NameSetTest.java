package dev.redoubt.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameSetTest {
    @Test
    void aDuplicateIsFoundInObjectsOfAnySize() {
        NameSet names = new NameSet();
        int outer = names.open();
        for (int i = 0; i < 5000; i++) {
            assertThat(names.add(outer, NameHash.of("n" + i))).isTrue();
        }
        int inner = names.open();
        for (int i = 0; i < 3000; i++) {
            assertThat(names.add(inner, NameHash.of("n" + i)))
                    .as("the inner object has names of its own")
                    .isTrue();
        }
        assertThat(names.add(inner, NameHash.of("n2999"))).isFalse();
        names.close(inner);
        assertThat(names.add(outer, NameHash.of("n4999"))).isFalse();
        assertThat(names.add(outer, NameHash.of("another"))).isTrue();
    }

    @Test
    void theHashThatMarksAFreeSlotIsAHashLikeAnyOther() {
        NameSet names = new NameSet();
        int mark = names.open();
        for (int i = 1; i < 100; i++) {
            names.add(mark, i);
        }
        assertThat(names.add(mark, 0)).isTrue();
        assertThat(names.add(mark, 0)).isFalse();
    }
}
