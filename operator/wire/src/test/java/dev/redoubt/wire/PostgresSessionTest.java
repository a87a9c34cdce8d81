package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.pgVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Client;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.policy.VectorProtection.Method;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Stage;
import dev.redoubt.wire.postgres.BinaryArray;
import dev.redoubt.wire.postgres.Column;
import dev.redoubt.wire.postgres.FieldReader;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.ProtocolFault;
import dev.redoubt.wire.postgres.VectorValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values, statements and errors of a session with PostgreSQL, as the real server sends them. */
class PostgresSessionTest {
    private static final int VECTOR = 16_385;
    private static final int TEXT = 25;
    private static final int TEXT_ARRAY = 1009;
    private static final int INT8 = 20;
    private static final int FLOAT8 = 701;
    private static final int NUMERIC = 1700;
    private static final int BYTEA = 17;
    private static final int JSONB = 3802;
    private static final int INET = 869;

    private static SessionGuard session(Guarded guarded, Operation... operations) {
        Client client = new Client("ann", List.of(), List.of(operations), false, null, null, List.of(), false);
        return guarded.guard().session(client);
    }

    private static byte[] value(Guarded guarded, Column column, byte[] value) throws ProtocolFault {
        SessionGuard session = session(guarded, Operation.Query);
        RowGuard rows = guarded.guard().rows(session, Set.of(VECTOR));
        Message row = new FieldWriter().int16(1).value(value).message('D');
        FieldReader edited = rows.edit(List.of(column), row).orElseThrow().fields();
        edited.int16();
        return edited.value();
    }

    private static byte[] text(int type, String value) throws ProtocolFault {
        return value(pgVector(), new Column(7, type, false), bytes(value));
    }

    private static byte[] binary(int type, byte[] value) throws ProtocolFault {
        return value(pgVector(), new Column(7, type, true), value);
    }

    @Test
    void textsAreRedactedInBothFormatsAndTheirLengthsAreRight() throws ProtocolFault {
        assertThat(text(TEXT, "by ann@example.com")).asString().isEqualTo("by <EMAIL_ADDRESS>");
        assertThat(binary(TEXT, bytes("by ann@example.com"))).asString().isEqualTo("by <EMAIL_ADDRESS>");
        assertThat(text(JSONB, "{\"a\": \"ann@example.com\"}")).asString().isEqualTo("{\"a\": \"<EMAIL_ADDRESS>\"}");
        assertThat(binary(JSONB, bytes("\1{\"a\": \"ann@example.com\"}")))
                .asString()
                .isEqualTo("\1{\"a\": \"<EMAIL_ADDRESS>\"}");
        assertThat(text(TEXT_ARRAY, "{ann@example.com,b}")).asString().isEqualTo("{<EMAIL_ADDRESS>,b}");
        assertThat(text(INET, "plain")).asString().isEqualTo("plain");
    }

    @Test
    void elementsOfABinaryArrayAreRedactedOneByOne() throws ProtocolFault {
        BinaryArray array =
                new BinaryArray(TEXT, List.of(3, 1), Arrays.asList(bytes("ann@example.com"), null, bytes("b")));
        BinaryArray edited =
                BinaryArray.read(binary(TEXT_ARRAY, array.encode())).orElseThrow();
        assertThat(edited.elements().get(0)).asString().isEqualTo("<EMAIL_ADDRESS>");
        assertThat(edited.elements().get(1)).isNull();
        assertThat(edited.elements().get(2)).asString().isEqualTo("b");
        assertThat(binary(TEXT_ARRAY, bytes("no array"))).isNull();
    }

    @Test
    void whatCannotBeCheckedIsNotTold() throws ProtocolFault {
        assertThat(binary(INET, new byte[] {2, 32, 0, 4, 127, 0, 0, 1})).isNull();
        assertThat(binary(TEXT, new byte[] {'a', (byte) 0xff})).isNull();
        assertThat(text(BYTEA, "\\x00ff")).isNull();
        assertThat(binary(BYTEA, bytes("ann@example.com"))).isNull();
        assertThat(text(BYTEA, "\\x" + HexFormat.of().formatHex(bytes("plain"))))
                .isNotNull();
        Guarded open = pgVector().withoutRedaction().vectors(Retrieval.Vectors.Return);
        assertThat(value(open, new Column(7, BYTEA, false), bytes("\\x00ff")))
                .asString()
                .isEqualTo("\\x00ff");
    }

    @Test
    void vectorsAreStrippedUnlessThePolicyReturnsThem() throws ProtocolFault {
        byte[] vector = bytes("[1,2,3]");
        assertThat(text(VECTOR, "[1,2,3]")).isNull();
        assertThat(binary(VECTOR, new byte[12])).isNull();
        Guarded open = pgVector().vectors(Retrieval.Vectors.Return);
        assertThat(value(open, new Column(7, VECTOR, false), vector)).isEqualTo(vector);
    }

    @Test
    void aNumberThatIsSomebodysBecomesNullInEveryFormat() throws ProtocolFault {
        String card = "4111111111111111";
        assertThat(text(INT8, card)).isNull();
        assertThat(binary(
                        INT8,
                        ByteBuffer.allocate(8).putLong(Long.parseLong(card)).array()))
                .isNull();
        byte[] numeric = new FieldWriter()
                .int16(4)
                .int16(3)
                .int16(0)
                .int16(0)
                .int16(4111)
                .int16(1111)
                .int16(1111)
                .int16(1111)
                .body();
        assertThat(text(NUMERIC, card)).isNull();
        assertThat(binary(NUMERIC, numeric)).isNull();
        assertThat(text(INT8, "4711")).asString().isEqualTo("4711");
        assertThat(binary(INT8, ByteBuffer.allocate(8).putLong(4711).array())).hasSize(8);
    }

    @Test
    void computedFloatsAreRoundedAndThoseOfTablesAreNot() throws ProtocolFault {
        Column computed = new Column(0, FLOAT8, false);
        assertThat(value(pgVector(), computed, bytes("0.123"))).asString().isEqualTo("0.10");
        assertThat(value(pgVector(), computed, bytes("NaN"))).isNull();
        assertThat(value(pgVector(), new Column(7, FLOAT8, false), bytes("0.123")))
                .asString()
                .isEqualTo("0.123");
        byte[] binary = value(
                pgVector(),
                new Column(0, FLOAT8, true),
                ByteBuffer.allocate(8).putDouble(0.123).array());
        assertThat(ByteBuffer.wrap(binary).getDouble()).isEqualTo(0.1);
        assertThat(value(pgVector().scores(Retrieval.Scores.Drop), computed, bytes("0.123")))
                .isNull();
        assertThat(value(pgVector().scores(Retrieval.Scores.Exact), computed, bytes("0.123")))
                .asString()
                .isEqualTo("0.123");
    }

    @Test
    void aRowThatHoldsWhatIsBlockedIsLeftOut() throws ProtocolFault {
        Guarded guarded = pgVector().doing(Action.Block);
        RowGuard rows = guarded.guard().rows(session(guarded, Operation.Query), Set.of());
        Message row = new FieldWriter().int16(1).value(bytes("ann@example.com")).message('D');
        assertThat(rows.edit(List.of(new Column(7, TEXT, false)), row)).isEmpty();
    }

    @Test
    void aRowOfOtherColumnsThanWereDescribedIsRefused() {
        Guarded guarded = pgVector();
        RowGuard rows = guarded.guard().rows(session(guarded, Operation.Query), Set.of());
        Message row =
                new FieldWriter().int16(2).value(bytes("a")).value(bytes("b")).message('D');
        assertThatThrownBy(() -> rows.edit(List.of(new Column(7, TEXT, false)), row))
                .isInstanceOf(ProtocolFault.class);
        Message cut = new FieldWriter().int16(1).int32(99).message('D');
        assertThatThrownBy(() -> rows.edit(List.of(new Column(7, TEXT, false)), cut))
                .isInstanceOf(ProtocolFault.class);
    }

    private static Message bind(int format, byte[] value) {
        FieldWriter fields = new FieldWriter()
                .terminated("portal")
                .terminated("statement")
                .int16(1)
                .int16(format);
        return fields.int16(1).value(value).int16(1).int16(1).message('B');
    }

    private static byte[] bound(Outcome outcome) throws ProtocolFault {
        FieldReader fields = new FieldReader(((Outcome.Forward) outcome).body());
        assertThat(fields.name()).isEqualTo("portal");
        assertThat(fields.name()).isEqualTo("statement");
        fields.bytes(6);
        byte[] value = fields.value();
        assertThat(fields.rest()).containsExactly(0, 1, 0, 1);
        return value;
    }

    @Test
    void parametersAreRedactedAtTheStagesOfWhatTheClientMayDo() throws ProtocolFault {
        Guarded ingest = pgVector().doing(Action.Replace, Stage.Ingest);
        Message bind = bind(0, bytes("by ann@example.com"));
        assertThat(bound(session(ingest, Operation.Query, Operation.Ingest).bind(bind)))
                .asString()
                .isEqualTo("by <EMAIL_ADDRESS>");
        assertThat(bound(session(ingest, Operation.Query).bind(bind)))
                .asString()
                .isEqualTo("by ann@example.com");
        Guarded query = pgVector().doing(Action.Replace, Stage.Query);
        assertThat(bound(session(query, Operation.Query).bind(bind))).asString().isEqualTo("by <EMAIL_ADDRESS>");
    }

    @Test
    void parametersInTheBinaryFormatAreTexts() throws ProtocolFault {
        SessionGuard session = session(pgVector(), Operation.Query, Operation.Ingest);
        assertThat(bound(session.bind(bind(1, bytes("ann@example.com")))))
                .asString()
                .isEqualTo("<EMAIL_ADDRESS>");
        byte[] array = new BinaryArray(TEXT, List.of(1, 1), List.of(bytes("ann@example.com"))).encode();
        assertThat(BinaryArray.read(bound(session.bind(bind(1, array))))
                        .orElseThrow()
                        .elements()
                        .get(0))
                .asString()
                .isEqualTo("<EMAIL_ADDRESS>");
        byte[] floats = ByteBuffer.allocate(8).putFloat(0.5f).putFloat(-1e30f).array();
        assertThat(bound(session.bind(bind(1, floats)))).isEqualTo(floats);
        Outcome record = session.bind(bind(1, bytes("\0\0\0\17ann@example.com")));
        assertThat(Guarded.refused(record)).isEqualTo(RefusalReason.EntityInStatement);
    }

    @Test
    void vectorsArePassedAsTheyAre() throws ProtocolFault {
        byte[] vector = bytes("[0.4111111111111111,0.4111111111111111]");
        assertThat(bound(session(pgVector(), Operation.Query).bind(bind(0, vector))))
                .isEqualTo(vector);
    }

    private static final byte[] BINARY_VECTOR = VectorValue.binary(new float[] {1, 0.5f, -0.25f});

    private static Outcome bound(byte[] value, int format) throws ProtocolFault {
        Message bind = new FieldWriter()
                .terminated(bytes(""))
                .terminated(bytes(""))
                .int16(1)
                .int16(format)
                .int16(1)
                .value(value)
                .int16(0)
                .message('B');
        return session(pgVector().protecting(Method.ScaleAndPerturb), Operation.Ingest)
                .bind(bind);
    }

    private static byte[] sent(byte[] value, int format) throws ProtocolFault {
        FieldReader fields = new Message('B', ((Outcome.Forward) bound(value, format)).body()).fields();
        fields.terminated();
        fields.terminated();
        fields.int16();
        fields.int16();
        fields.int16();
        return fields.value();
    }

    @Test
    void aProtectedVectorIsTheSameInTheTextAndInTheBinaryFormat() throws ProtocolFault {
        float[] text = VectorValue.ofText(sent(bytes(" [1, 0.5,-2.5e-1] "), 0)).orElseThrow();
        float[] binary = VectorValue.ofBinary(sent(BINARY_VECTOR, 1)).orElseThrow();
        assertThat(text).isEqualTo(binary).isNotEqualTo(new float[] {1, 0.5f, -0.25f});
        assertThat(sent(bytes("{\"a\":[0.5,0.25]}"), 0)).asString().isEqualTo("{\"a\":[0.5,0.25]}");
        assertThat(sent(bytes("{1,2,3}"), 0)).asString().isEqualTo("{1,2,3}");
        assertThat(sent(new byte[] {0, 0, 0, 7, 0, 0, 0, 0}, 1)).containsExactly(0, 0, 0, 7, 0, 0, 0, 0);
    }

    @Test
    void aVectorThatCannotBeProtectedIsRefused() throws ProtocolFault {
        for (String value : List.of("{1:0.5,3:0.25}/5", "{0.5,0.25}", "[1,2,3]", "[1e39,0.5]")) {
            assertThat(Guarded.refused(bound(bytes(value), 0))).as(value).isEqualTo(RefusalReason.UnprotectedVector);
        }
        byte[] halves = {0, 2, 0, 0, 60, 0, 60, 0};
        byte[] sparse = ByteBuffer.allocate(28)
                .putInt(5)
                .putInt(2)
                .putInt(0)
                .putInt(0)
                .putInt(3)
                .putFloat(0.5f)
                .putFloat(0.25f)
                .array();
        byte[] floats = new BinaryArray(700, List.of(1, 1), List.of(new byte[] {63, 0, 0, 0})).encode();
        for (byte[] value : List.of(halves, sparse, floats)) {
            assertThat(Guarded.refused(bound(value, 1))).isEqualTo(RefusalReason.UnprotectedVector);
        }
    }

    @Test
    void aStatementWithAVectorInItsTextIsRefusedWhereVectorsAreProtected() {
        SessionGuard session = session(pgVector().protecting(Method.Gaussian), Operation.Ingest);
        for (String sql : List.of(
                "INSERT INTO d VALUES ('[0.5, 1,-2e-3]')",
                "SELECT ARRAY[0.5,1]::vector",
                "VALUES (" + "1.5,".repeat(15) + "1.5)")) {
            assertThat(session.statement(bytes(sql)))
                    .get()
                    .extracting(Refusal::reason)
                    .isEqualTo(RefusalReason.UnprotectedVector);
            assertThat(session(pgVector(), Operation.Ingest).statement(bytes(sql)))
                    .isEmpty();
        }
        assertThat(session.statement(bytes("SELECT * FROM redoubt.get_documents(ARRAY[1, 2]) WHERE a[1] = 0.5")))
                .isEmpty();
    }

    @Test
    void aBindThatDoesNotAddUpIsRefused() {
        SessionGuard session = session(pgVector(), Operation.Query);
        Message cut = new FieldWriter()
                .terminated("")
                .terminated("")
                .int16(0)
                .int16(2)
                .value(bytes("a"))
                .message('B');
        assertThatThrownBy(() -> session.bind(cut)).isInstanceOf(ProtocolFault.class);
        Message formats = new FieldWriter()
                .terminated("")
                .terminated("")
                .int16(2)
                .int32(0)
                .int16(1)
                .value(bytes("a"))
                .message('B');
        assertThatThrownBy(() -> session.bind(formats)).isInstanceOf(ProtocolFault.class);
    }

    @Test
    void aStatementThatHoldsAnEntityIsRefusedAndNeverChanged() {
        SessionGuard session = session(pgVector(), Operation.Query);
        assertThat(session.statement(bytes("SELECT 1"))).isEmpty();
        assertThat(session.statement(bytes("SELECT 'ann@example.com'"))
                        .orElseThrow()
                        .reason())
                .isEqualTo(RefusalReason.EntityInStatement);
        assertThat(session(pgVector().doing(Action.Block), Operation.Query)
                        .statement(bytes("SELECT 'ann@example.com'"))
                        .orElseThrow()
                        .reason())
                .isEqualTo(RefusalReason.EntityBlocked);
        assertThat(session.statement(new byte[] {'S', (byte) 0xff})
                        .orElseThrow()
                        .reason())
                .isEqualTo(RefusalReason.MalformedStatement);
        assertThat(session(pgVector().observing(), Operation.Query).statement(bytes("SELECT 'ann@example.com'")))
                .isEmpty();
    }

    @Test
    void errorsKeepTheirCodesAndLoseWhatTheyEcho() throws ProtocolFault {
        FieldWriter fields =
                new FieldWriter().int8('S').terminated("ERROR").int8('C').terminated("23505");
        fields.int8('M').terminated("duplicate").int8('D').terminated("Key (author)=(ann@example.com) already exists.");
        fields.int8('W').terminated("at [0.5,0.25,0.125]").int8(0);
        Message error = session(pgVector(), Operation.Query).error(fields.message('E'));
        assertThat(new String(error.body(), StandardCharsets.UTF_8))
                .contains("23505", "duplicate", "Key (author)=(<EMAIL_ADDRESS>)", "withheld by policy")
                .doesNotContain("ann@", "0.25");
    }

    @Test
    void notificationsAndReportedSettingsAreRedacted() throws ProtocolFault {
        SessionGuard session = session(pgVector(), Operation.Query);
        Message notification = new FieldWriter()
                .int32(1)
                .terminated("c")
                .terminated("ann@example.com")
                .message('A');
        FieldReader told = session.notification(notification).fields();
        told.int32();
        told.name();
        assertThat(told.name()).isEqualTo("<EMAIL_ADDRESS>");
        Message setting = new FieldWriter()
                .terminated("application_name")
                .terminated("ann@example.com")
                .message('S');
        FieldReader reported = session.setting(setting).fields();
        reported.name();
        assertThat(reported.name()).isEqualTo("<EMAIL_ADDRESS>");
    }

    @Test
    void aPolicyThatNobodyCouldKeepForSqlIsRefused() {
        for (Guarded each : List.of(
                pgVector().sealing("content"),
                pgVector().dropping("content"),
                pgVector().judged(),
                pgVector().byVector(Permission.Deny))) {
            assertThatThrownBy(each::guard).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
