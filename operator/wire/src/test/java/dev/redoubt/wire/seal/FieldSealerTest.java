package dev.redoubt.wire.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Keyring;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldSealerTest {
    private static final SealPlace PLACE = new SealPlace("t", "c");

    private final FieldSealer sealer = new FieldSealer(new Keyring(1, Map.of(1, key(1)), new byte[32]));

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] open(SealPlace place, String record, String field, byte[] sealed) throws SealBroken {
        return sealer.open(place, bytes(record), bytes(field), sealed, 0, sealed.length);
    }

    @Test
    void whatWasSealedIsOpenedInItsPlaceOnly() throws SealBroken {
        byte[] sealed = sealer.seal(PLACE, bytes("r"), bytes("f"), bytes("plain"));
        assertThat(open(PLACE, "r", "f", sealed)).isEqualTo(bytes("plain"));
        for (SealPlace place :
                new SealPlace[] {new SealPlace("t", "d"), new SealPlace("u", "c"), new SealPlace("tc", "")}) {
            assertThatThrownBy(() -> open(place, "r", "f", sealed)).isInstanceOf(SealBroken.class);
        }
        assertThatThrownBy(() -> open(PLACE, "s", "f", sealed)).isInstanceOf(SealBroken.class);
        assertThatThrownBy(() -> open(PLACE, "rf", "", sealed)).isInstanceOf(SealBroken.class);
    }

    @Test
    void theFormatIsTheOneThatIsWrittenDown() {
        byte[] sealed = sealer.seal(PLACE, bytes("r"), bytes("f"), bytes("plain"));
        String text = new String(sealed, StandardCharsets.US_ASCII);
        assertThat(text).matches("rdbt1\\.1\\.[A-Za-z0-9_-]+");
        assertThat(Base64.getUrlDecoder().decode(text.substring("rdbt1.1.".length())))
                .hasSize(12 + "plain".length() + 16);
        assertThat(PLACE.bind(bytes("rec"), bytes("f"))).isEqualTo(bytes("\0\0\0\1t\0\0\0\1c\0\0\0\3rec\0\0\0\1f"));
    }

    @Test
    void noNonceComesTwice() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            byte[] sealed = sealer.seal(PLACE, bytes("r"), bytes("f"), new byte[0]);
            nonces.add(new String(sealed, 8, 16, StandardCharsets.US_ASCII));
        }
        assertThat(nonces).hasSize(2000);
    }

    @Test
    void anyOtherTextIsNoSeal() {
        for (String text : new String[] {
            "",
            "rdbt1.",
            "rdbt1.1.",
            "rdbt1..AAAA",
            "rdbt1.1.AAAA",
            "rdbt1.1234567890.AAAA",
            "rdbt1.-1.AAAA",
            "rdbt2.1.AAAA",
            "rdbt1.1.!!!!",
            "rdbt1.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        }) {
            assertThat(FieldSealer.isSealed(bytes(text), 0, text.length()))
                    .as(text)
                    .isFalse();
            assertThatThrownBy(() -> open(PLACE, "r", "f", bytes(text)))
                    .as(text)
                    .isInstanceOf(SealBroken.class)
                    .hasMessageMatching("Malformed|UnknownKey|NotAuthentic");
        }
        byte[] sealed = sealer.seal(PLACE, bytes("r"), bytes("f"), new byte[0]);
        assertThat(FieldSealer.isSealed(sealed, 0, sealed.length)).isTrue();
    }

    @Test
    void anUnknownKeyIsToldApartFromAChangedValue() {
        byte[] sealed = sealer.seal(PLACE, bytes("r"), bytes("f"), bytes("x"));
        FieldSealer other = new FieldSealer(new Keyring(2, Map.of(2, key(2)), new byte[32]));
        assertThatThrownBy(() -> other.open(PLACE, bytes("r"), bytes("f"), sealed, 0, sealed.length))
                .extracting(e -> ((SealBroken) e).kind())
                .isEqualTo(SealBroken.Kind.UnknownKey);
        FieldSealer wrong = new FieldSealer(new Keyring(1, Map.of(1, key(2)), new byte[32]));
        assertThatThrownBy(() -> wrong.open(PLACE, bytes("r"), bytes("f"), sealed, 0, sealed.length))
                .extracting(e -> ((SealBroken) e).kind())
                .isEqualTo(SealBroken.Kind.NotAuthentic);
    }
}
