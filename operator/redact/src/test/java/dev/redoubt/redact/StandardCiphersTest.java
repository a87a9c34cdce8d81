package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ciphers are used as their standards have them. */
class StandardCiphersTest {
    private static byte[] hex(String text) {
        return text == null ? new byte[0] : HexFormat.of().parseHex(text);
    }

    /** The samples of NIST for FF1, radix 10, with AES-128, AES-192 and AES-256. */
    @ParameterizedTest
    @CsvSource({
        "2B7E151628AED2A6ABF7158809CF4F3C, , 0123456789, 2433477484",
        "2B7E151628AED2A6ABF7158809CF4F3C, 39383736353433323130, 0123456789, 6124200773",
        "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F, , 0123456789, 2830668132",
        "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F, 39383736353433323130, 0123456789, 2496655549",
        "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94, , 0123456789, 6657667009",
        "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94, 39383736353433323130, 0123456789, 1001623463",
    })
    void digitsAreEncryptedAsTheSamplesOfNist(String key, String tweak, String plain, String encrypted) {
        KeyParameter parameter = new KeyParameter(hex(key));
        assertThat(Encryption.ff1(true, parameter, hex(tweak), plain)).isEqualTo(encrypted);
        assertThat(Encryption.ff1(false, parameter, hex(tweak), encrypted)).isEqualTo(plain);
    }

    /** RFC 8452, appendix C.2 (AES-256) and C.1 (AES-128): key, nonce, associated data, plain text, result. */
    @ParameterizedTest
    @CsvSource({
        "0100000000000000000000000000000000000000000000000000000000000000, 030000000000000000000000, , ,"
                + " 07f5f4169bbf55a8400cd47ea6fd400f",
        "0100000000000000000000000000000000000000000000000000000000000000, 030000000000000000000000, ,"
                + " 0100000000000000, c2ef328e5c71c83b843122130f7364b761e0b97427e3df28",
        "0100000000000000000000000000000000000000000000000000000000000000, 030000000000000000000000, 01,"
                + " 0200000000000000, 1de22967237a813291213f267e3b452f02d01ae33e4ec854",
        "01000000000000000000000000000000, 030000000000000000000000, , 0100000000000000,"
                + " b5d839330ac7b786578782fff6013b815b287c22493a364c",
    })
    void textsAreEncryptedAsTheVectorsOfTheRfc(String key, String nonce, String associated, String plain, String sealed)
            throws Exception {
        KeyParameter parameter = new KeyParameter(hex(key));
        assertThat(Encryption.gcmSiv(true, parameter, hex(nonce), hex(associated), hex(plain)))
                .isEqualTo(hex(sealed));
        assertThat(Encryption.gcmSiv(false, parameter, hex(nonce), hex(associated), hex(sealed)))
                .isEqualTo(hex(plain));
    }
}
