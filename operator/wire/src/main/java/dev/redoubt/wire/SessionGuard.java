package dev.redoubt.wire;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Client;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.RedactedText;
import dev.redoubt.redact.text.MalformedTextException;
import dev.redoubt.wire.MessageEditor.Tools;
import dev.redoubt.wire.path.FloatBytes;
import dev.redoubt.wire.path.UnfitVectorException;
import dev.redoubt.wire.postgres.BinaryArray;
import dev.redoubt.wire.postgres.FieldReader;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.NumberRun;
import dev.redoubt.wire.postgres.ProtocolFault;
import dev.redoubt.wire.postgres.VectorValue;
import dev.redoubt.wire.text.Judgements;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done to texts in one session with PostgreSQL: statements, their parameters, errors and notifications. Rows are
 * edited by {@link RowGuard}. No SQL is parsed. For one thread.
 *
 * <p>A parameter is redacted at the stage Query and, where the client may write, before that at the stage Ingest: whether
 * it is part of a record or of a filter only the statement knows. The text of a statement is only scanned: replacing
 * something inside of SQL could change what it means, so a statement that holds what a rule is about is refused. Where
 * vectors are protected, a parameter that has the form of one is changed, and a statement with one in its text refused.
 */
public final class SessionGuard {
    private static final byte[] WITHHELD = "withheld by policy".getBytes(StandardCharsets.US_ASCII);

    /** Fields of an error that hold no text of anybody: severity, code, positions, place in the server's source. */
    private static final String PLAIN_FIELDS = "SVCPpFLR";

    /** Settings whose values the server has a word in: a list of it, or a syntax. Drivers read them. */
    private static final Set<String> SERVER_SETTINGS = Set.of(
            "server_version",
            "server_encoding",
            "client_encoding",
            "is_superuser",
            "session_authorization",
            "DateStyle",
            "IntervalStyle",
            "TimeZone",
            "integer_datetimes",
            "standard_conforming_strings",
            "default_transaction_read_only",
            "in_hot_standby",
            "scram_iterations");

    private final Tools tools;
    private final List<Stage> incoming;
    private final boolean strips;
    private Tally tally = new Tally();

    SessionGuard(Tools tools, Client client, Retrieval retrieval) {
        this.tools = tools;
        incoming = client.operations().contains(Operation.Ingest)
                ? List.of(Stage.Ingest, Stage.Query)
                : List.of(Stage.Query);
        strips = retrieval.vectors() == Retrieval.Vectors.Strip;
    }

    /** What was found since this was asked last. */
    public Report report() {
        Report report = tally.report();
        tally = new Tally();
        return report;
    }

    Tally tally() {
        return tally;
    }

    Tools tools() {
        return tools;
    }

    boolean strips() {
        return strips;
    }

    /** Whether texts on their way out are looked at. */
    public boolean actsOnRetrieve() {
        return tools.redactor().acts(Stage.Retrieve);
    }

    /** Whether texts on their way in are looked at. */
    public boolean actsOnIngest() {
        return tools.redactor().acts(Stage.Ingest);
    }

    /** Whether vectors are changed on their way in. */
    public boolean protectsVectors() {
        return tools.protection() != null;
    }

    /** What is wrong with the text of a statement; empty where nothing is, or the policy is only observed. */
    public Optional<Refusal> statement(byte[] sql) {
        try {
            if (protectsVectors() && VectorValue.isInStatement(sql)) {
                refuse(RefusalReason.UnprotectedVector, "statement");
            }
            for (Stage stage : incoming) {
                byte[] redacted = redact(stage, sql);
                if (redacted != null) {
                    refuse(RefusalReason.EntityInStatement, "statement");
                }
            }
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.refusal());
        } catch (MalformedTextException e) {
            return Optional.of(new Refusal(RefusalReason.MalformedStatement, "encoding"));
        }
    }

    /**
     * Redacts the parameters of a statement.
     *
     * @param bind a Bind message
     * @return {@link Outcome.Forward} with its new body
     */
    public Outcome bind(Message bind) throws ProtocolFault {
        FieldReader in = bind.fields();
        FieldWriter out = new FieldWriter().terminated(in.terminated()).terminated(in.terminated());
        int count = in.int16();
        out.int16(count);
        int[] formats = new int[count];
        for (int i = 0; i < count; i++) {
            formats[i] = in.int16();
            out.int16(formats[i]);
        }
        int values = in.int16();
        if (count > 1 && count != values) {
            throw new ProtocolFault("formats of other parameters than there are");
        }
        out.int16(values);
        try {
            for (int i = 0; i < values; i++) {
                int format = count == 0 ? 0 : formats[count == 1 ? 0 : i];
                byte[] value = in.value();
                out.value(value == null ? null : format == 0 ? text(value) : binary(value));
            }
        } catch (RefusedException e) {
            return new Outcome.Refused(e.refusal(), report());
        } catch (MalformedTextException e) {
            return new Outcome.Refused(new Refusal(RefusalReason.MalformedStatement, "encoding"), report());
        }
        out.bytes(in.rest());
        return new Outcome.Forward(tools.observes() ? bind.body() : out.body(), report());
    }

    private byte[] text(byte[] value) throws RefusedException {
        if (protectsVectors()) {
            Optional<float[]> vector = VectorValue.ofText(value);
            if (vector.isPresent()) {
                return VectorValue.text(changed(vector.get()));
            }
            if (VectorValue.isOtherText(value)) {
                refuse(RefusalReason.UnprotectedVector, "parameter");
            }
        }
        if (NumberRun.isAll(value)) {
            return value;
        }
        byte[] text = value;
        for (Stage stage : incoming) {
            byte[] redacted = redact(stage, text);
            text = redacted == null ? text : redacted;
        }
        return text;
    }

    /**
     * Nobody says what a parameter in the binary format is. So it is taken for an array where it is one, and for text
     * where it is UTF-8; what is found in bytes that are not plainly text refuses the statement.
     */
    private byte[] binary(byte[] value) throws RefusedException {
        Optional<BinaryArray> array = BinaryArray.read(value);
        if (protectsVectors()) {
            Optional<float[]> vector = VectorValue.ofBinary(value);
            if (vector.isPresent()) {
                return VectorValue.binary(changed(vector.get()));
            }
            if (VectorValue.isOtherBinary(value)
                    || array.filter(VectorValue::isFloats).isPresent()) {
                refuse(RefusalReason.UnprotectedVector, "parameter");
            }
        }
        if (array.isPresent()) {
            List<byte[]> elements = new ArrayList<>();
            for (byte[] element : array.get().elements()) {
                elements.add(element == null ? null : element(element));
            }
            return array.get().with(elements).encode();
        }
        return element(value);
    }

    private float[] changed(float[] vector) throws RefusedException {
        try {
            float[] changed = FloatBytes.changed(vector, tools.protection()::protect);
            tally.vectors++;
            return changed;
        } catch (UnfitVectorException e) {
            refuse(RefusalReason.UnprotectedVector, "parameter");
            return vector;
        }
    }

    private byte[] element(byte[] value) throws RefusedException {
        byte[] redacted;
        try {
            redacted = text(value);
        } catch (MalformedTextException e) {
            // no text, so there is none to find
            return value;
        }
        if (redacted != value && !isPlain(value)) {
            refuse(RefusalReason.EntityInStatement, "binary parameter");
        }
        return redacted;
    }

    /** Whether bytes are text, or JSON behind the version of {@code jsonb}, and no part of them is a length. */
    private static boolean isPlain(byte[] value) {
        for (int i = 0; i < value.length; i++) {
            boolean version = i == 0 && value[i] == 1;
            boolean control = value[i] >= 0 && value[i] < ' ';
            if (control && !version && value[i] != '\t' && value[i] != '\r' && value[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    /** An error or notice without what it echoes. */
    public Message error(Message error) throws ProtocolFault {
        FieldReader in = error.fields();
        FieldWriter out = new FieldWriter();
        for (int code = in.int8(); code != 0; code = in.int8()) {
            byte[] text = in.terminated();
            out.int8(code).terminated(PLAIN_FIELDS.indexOf(code) >= 0 ? text : told(text));
        }
        in.end();
        return tools.observes() ? error : out.int8(0).message(error.type());
    }

    /** A notification of another session; the channel and the payload are texts of whoever sent it. */
    public Message notification(Message notification) throws ProtocolFault {
        FieldReader in = notification.fields();
        FieldWriter out = new FieldWriter().int32(in.int32());
        out.terminated(told(in.terminated())).terminated(told(in.terminated()));
        in.end();
        return tools.observes() ? notification : out.message(notification.type());
    }

    /** A setting that the server reports; clients can put texts into those that are not of its own. */
    public Message setting(Message setting) throws ProtocolFault {
        FieldReader in = setting.fields();
        byte[] name = in.terminated();
        byte[] value = in.terminated();
        in.end();
        if (tools.observes() || SERVER_SETTINGS.contains(new String(name, StandardCharsets.US_ASCII))) {
            return setting;
        }
        return new FieldWriter().terminated(name).terminated(told(value)).message(setting.type());
    }

    /** A text that the server tells outside of rows. What must not be told is withheld as a whole. */
    private byte[] told(byte[] text) {
        if (strips && NumberRun.isIn(text, NumberRun.BEGINNING)) {
            tally.vectors++;
            return WITHHELD;
        }
        try {
            byte[] redacted = redact(Stage.Retrieve, text);
            return redacted == null ? text : redacted;
        } catch (RefusedException | MalformedTextException e) {
            return WITHHELD;
        }
    }

    /** The redacted text; {@code null} where nothing was found. */
    byte[] redact(Stage stage, byte[] text) throws RefusedException {
        if (!tools.redactor().acts(stage)) {
            return null;
        }
        Judgements judgements = Judgements.at(stage, tools.redactor(), null);
        TextScan scan = new TextScan(tools.redactor(), stage, judgements, redacted -> found(stage, redacted));
        return scan.text(text, 0, text.length);
    }

    private void found(Stage stage, RedactedText redacted) throws RefusedException {
        tally.found(stage, redacted.findings());
        if (redacted.blocked()) {
            refuse(
                    RefusalReason.EntityBlocked,
                    redacted.findings().stream()
                            .filter(finding -> finding.action() == Action.Block)
                            .map(finding -> finding.entity().name())
                            .findFirst()
                            .orElseThrow());
        }
    }

    private void refuse(RefusalReason reason, String rule) throws RefusedException {
        Refusal refusal = new Refusal(reason, rule);
        if (!tools.observes()) {
            throw new RefusedException(refusal);
        }
        tally.observe(refusal);
    }
}
