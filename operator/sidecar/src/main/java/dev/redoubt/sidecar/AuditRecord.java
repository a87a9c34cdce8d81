package dev.redoubt.sidecar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One decision, as the audit tells it. Holds names, counts and record ids; no text, no key, nothing of a body.
 *
 * @param time when the request head was there
 * @param place where: namespace, pipeline, target
 * @param client name of the client; {@code null} where it is not known
 * @param leakageTest whether the client is a leakage test
 * @param route name of the route, or what a session did; {@code null} where none matched
 * @param operation what was asked for; {@code null} where no route matched
 * @param decision what became of it
 * @param reason why it was refused, would have been, or ended early; {@code null} for none
 * @param status HTTP status that the client was given, 0 for none
 * @param findings what was found in the bodies
 * @param keyVersion version of the key that new values are sealed with; {@code null} without a key ring
 * @param revision revision of the configuration that decided
 * @param traceId trace id of a valid {@code traceparent}; {@code null} without one
 * @param bytesIn size of the request body as the client sent it
 * @param bytesOut size of the response body as the client was sent it
 * @param milliseconds from the request head to the end of the response
 */
record AuditRecord(
        Instant time,
        Place place,
        String client,
        boolean leakageTest,
        String route,
        String operation,
        Decision decision,
        String reason,
        int status,
        Findings findings,
        Integer keyVersion,
        String revision,
        String traceId,
        long bytesIn,
        long bytesOut,
        long milliseconds) {
    private static final int LONGEST_ID = 128;
    private static final JsonFactory FACTORY = new JsonFactory();

    /** What a guard guards. */
    record Place(String namespace, String pipeline, String target) {}

    /** The record as one line of JSON, without a line feed. */
    byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("time", time.toString());
            json.writeStringField("namespace", place.namespace());
            json.writeStringField("pipeline", place.pipeline());
            json.writeStringField("target", place.target());
            json.writeStringField("client", client);
            json.writeBooleanField("leakageTest", leakageTest);
            json.writeStringField("route", route);
            json.writeStringField("operation", operation);
            json.writeStringField("decision", decision.name());
            json.writeStringField("reason", reason);
            json.writeNumberField("status", status);
            writeFindings(json);
            json.writeObjectField("keyVersion", keyVersion);
            json.writeStringField("revision", revision);
            json.writeStringField("traceId", traceId);
            json.writeNumberField("bytesIn", bytesIn);
            json.writeNumberField("bytesOut", bytesOut);
            json.writeNumberField("durationMs", milliseconds);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void writeFindings(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rules");
        for (String rule : findings.rules()) {
            json.writeString(rule);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("entities");
        for (Map.Entry<String, Map<String, Integer>> action :
                findings.entities().entrySet()) {
            json.writeObjectFieldStart(action.getKey());
            for (Map.Entry<String, Integer> entity : action.getValue().entrySet()) {
                json.writeNumberField(entity.getKey(), entity.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        List<String> records = findings.records();
        json.writeArrayFieldStart("records");
        for (String id : records) {
            json.writeString(id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID));
        }
        json.writeEndArray();
        json.writeNumberField("recordCount", findings.recordCount());
        for (Map.Entry<String, Integer> count : findings.counts().entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
    }
}
