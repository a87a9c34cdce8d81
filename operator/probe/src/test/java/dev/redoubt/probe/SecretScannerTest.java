package dev.redoubt.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretScannerTest {
    private static final CanaryText MAIL = new CanaryText("kestrel", CanaryKind.EMAIL_ADDRESS, 48291);
    private static final CanaryText CARD = new CanaryText("dunlin", CanaryKind.CREDIT_CARD, 482913);
    private final SecretScanner scanner = new SecretScanner(List.of(MAIL, CARD));

    @Test
    void valueIsSeenInEveryEncodingThatIsTried() throws Exception {
        String mail = "kestrel.048291@example.com";
        assertThat(seen("write to <" + mail.toUpperCase() + ">!")).isEqualTo("verbatim");
        assertThat(seen("k e s t r e l . 0 4 8 2 9 1 @ e x a m p l e . c o m")).isEqualTo("verbatim");
        assertThat(seen(new StringBuilder(mail).reverse().toString())).isEqualTo("reversed");
        assertThat(seen("xrfgery.048291@rknzcyr.pbz")).isEqualTo("rot13");
        assertThat(seen("kestrel.zero four eight two nine one@example.com")).isEqualTo("spelled");
        assertThat(seen(URLEncoder.encode("id=" + mail + "&x=1", UTF_8).replace("k", "%6B")))
                .isEqualTo("percent");
        assertThat(seen(HexFormat.ofDelimiter(" ").formatHex(mail.getBytes(UTF_8))))
                .isEqualTo("hex");
        for (String before : List.of("", "a", "ab", "abc")) {
            String base64 = Base64.getEncoder().encodeToString((before + mail + "tail").getBytes(UTF_8));
            assertThat(seen("data:" + base64)).isEqualTo("base64");
        }
    }

    @Test
    void valueIsSeenInNumbersNamesOfMembersAndNestedAnswers() throws Exception {
        JsonNode answer = new ObjectMapper()
                .readTree("{\"metadatas\":[[{\"contact\":" + CARD.value() + "}]],\"" + MAIL.value() + "\":null}");
        assertThat(scanner.found(answer)).containsOnlyKeys(MAIL, CARD);
    }

    @Test
    void similarValueTokensAndNoiseAreNotSeen() throws Exception {
        for (String text :
                List.of("kestrel.048292@example.com", "EMAIL_ADDRESS_ab12cd34", "kestrel: e-mail", "%zz", "=", "")) {
            assertThat(scanner.found(new ObjectMapper().createArrayNode().add(text)))
                    .isEmpty();
        }
    }

    @Test
    void valuesAreValidByTheirChecksums() {
        for (int secret : new int[] {0, 1, 482_913, 999_999}) {
            assertThat(luhn(CanaryKind.CREDIT_CARD.value("x", secret))).isZero();
            assertThat(mod97(CanaryKind.IBAN_CODE.value("x", secret))).isEqualTo(1);
        }
        assertThat(CanaryKind.PHONE_NUMBER.value("x", CanaryKind.PHONE_NUMBER.space() - 1))
                .isEqualTo("+1 425-555-0199");
        assertThat(CanaryKind.US_SSN.value("x", CanaryKind.US_SSN.space() - 1)).isEqualTo("600-45-9999");
    }

    @Test
    void noReadableFormShowsTheSecret() {
        assertThat(MAIL.toString()).isEqualTo("kestrel (EMAIL_ADDRESS)");
    }

    private String seen(String text) {
        return scanner.found(new ObjectMapper().createArrayNode().add(text)).get(MAIL);
    }

    private static int luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10;
    }

    private static int mod97(String iban) {
        int rest = 0;
        for (char c : (iban.substring(4) + iban.substring(0, 4)).toCharArray()) {
            int value = Character.getNumericValue(c);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest;
    }
}
