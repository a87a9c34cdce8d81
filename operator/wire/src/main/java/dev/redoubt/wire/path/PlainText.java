package dev.redoubt.wire.path;

import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.path.Hits.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Messages that are one text in UTF-8 and nothing else.
 *
 * @param isText whether that text is looked at
 */
public record PlainText(boolean isText) implements Form {
    /** A message is no text. */
    private static final class Fault extends MessageFault {
        private Fault() {
            super(Problem.Encoding, 0);
        }

        private enum Problem {
            Encoding
        }

        @Override
        public String rule() {
            return "text Encoding";
        }
    }

    @Override
    public Draft read(byte[] message, Hits into) throws MessageFault {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
        } catch (CharacterCodingException e) {
            throw new Fault();
        }
        into.clear();
        if (isText) {
            into.add(null, Kind.String, 0, message.length, 0, 0, 0, 0);
        }
        return new PlainTextDraft(message, into);
    }
}
