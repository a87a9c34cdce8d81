package dev.redoubt.wire.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a client sends first, the only packets without a type (PostgreSQL documentation, 53.7). */
public sealed interface StartupPacket {
    /** Asks for TLS; answered with one byte. */
    record TlsRequest() implements StartupPacket {}

    /** Asks for GSSAPI encryption; answered with one byte. */
    record GssRequest() implements StartupPacket {}

    /**
     * Asks that the statement of another connection be cancelled. Never answered.
     *
     * @param process what the other connection was told as its process
     * @param secret what it was told as its key
     */
    record Cancel(int process, byte[] secret) implements StartupPacket {}

    /**
     * Begins a session.
     *
     * @param minor minor version of the protocol, whose major one is 3
     * @param parameters settings by name, in the client's order
     */
    record Start(int minor, Map<String, String> parameters) implements StartupPacket {}

    /** The largest packet: PostgreSQL's own bound. */
    int MOST_BYTES = 10_000;

    /**
     * Reads a packet.
     *
     * @param body what follows the length
     * @throws ProtocolFault where it is none, or names a setting twice
     */
    static StartupPacket read(byte[] body) throws ProtocolFault {
        FieldReader fields = new FieldReader(body);
        int major = fields.int16();
        int minor = fields.int16();
        if (major == 1234) {
            return request(minor, fields);
        }
        if (major != 3) {
            throw new ProtocolFault("a version of the protocol that is not spoken here");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name = fields.name(); !name.isEmpty(); name = fields.name()) {
            if (parameters.put(name, fields.name()) != null) {
                throw new ProtocolFault("a setting that is given twice");
            }
        }
        fields.end();
        return new Start(minor, parameters);
    }

    private static StartupPacket request(int code, FieldReader fields) throws ProtocolFault {
        StartupPacket packet =
                switch (code) {
                    case 5678 -> {
                        int process = fields.int32();
                        yield new Cancel(process, fields.rest());
                    }
                    case 5679 -> new TlsRequest();
                    case 5680 -> new GssRequest();
                    default -> throw new ProtocolFault("a request that is not known");
                };
        fields.end();
        return packet;
    }
}
