package dev.redoubt.wire.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * A column of a result, as the server describes it.
 *
 * @param table OID of the table that it is a column of; 0 where it is computed
 * @param type OID of its type; of a domain, that of the type below
 * @param binary whether its values come in the binary format
 */
public record Column(int table, int type, boolean binary) {
    /** The type of the message that describes columns. */
    public static final char DESCRIPTION = 'T';

    /** Reads a RowDescription. */
    public static List<Column> read(Message description) throws ProtocolFault {
        FieldReader fields = description.fields();
        int count = fields.int16();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.terminated();
            int table = fields.int32();
            fields.int16();
            int type = fields.int32();
            fields.int16();
            fields.int32();
            int format = fields.int16();
            if (format > 1) {
                throw new ProtocolFault("a format that is not known");
            }
            columns.add(new Column(table, type, format == 1));
        }
        fields.end();
        return columns;
    }
}
