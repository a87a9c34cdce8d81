package dev.redoubt.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

class JsonTextProperties {
    @Property
    void textThatWasEscapedIsReadBackByJacksonAndByUs(
            @ForAll
                    @CharRange(from = 0, to = 0x7f)
                    @CharRange(from = 0xe0, to = 0xff)
                    @CharRange(from = '\u2000', to = '\u20ff')
                    String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] json = JsonText.encode(utf8);
        assertThat(JsonDocuments.tree(json).orElseThrow().textValue()).isEqualTo(text);
        assertThat(JsonText.decode(json, 1, json.length - 1)).isEqualTo(utf8);
    }

    @Property
    void everyEscapeMeansWhatItMeansToJackson(@ForAll char high, @ForAll char low, @ForAll boolean upper) {
        String format = upper ? "\"\\u%04X\\u%04X\\b\\f\\n\\r\\t\\/\\\\\\\"\"" : "\"\\u%04x\\u%04x\"";
        byte[] json = format.formatted((int) high, (int) low).getBytes(StandardCharsets.US_ASCII);
        JsonDocuments.tree(json).ifPresent(tree -> assertThat(JsonText.decode(json, 1, json.length - 1))
                .isEqualTo(tree.textValue().getBytes(StandardCharsets.UTF_8)));
    }
}
