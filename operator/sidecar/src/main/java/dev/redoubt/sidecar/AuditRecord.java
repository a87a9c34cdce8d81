package dev.redoubt.sidecar;

import java.time.Instant;

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

    /** What a guard guards. */
    record Place(String namespace, String pipeline, String target) {}

    /** The record as one line of JSON, without a line feed. */
    byte[] json() {
        JsonLine line = new JsonLine().begin('{');
        line.name("time").time(time);
        line.name("namespace").text(place.namespace());
        line.name("pipeline").text(place.pipeline());
        line.name("target").text(place.target());
        line.name("client").text(client);
        line.name("leakageTest").bool(leakageTest);
        line.name("route").text(route);
        line.name("operation").text(operation);
        line.name("decision").text(decision.name());
        line.name("reason").text(reason);
        line.name("status").number(status);
        writeFindings(line);
        line.name("keyVersion");
        if (keyVersion == null) {
            line.nothing();
        } else {
            line.number(keyVersion);
        }
        line.name("revision").text(revision);
        line.name("traceId").text(traceId);
        line.name("bytesIn").number(bytesIn);
        line.name("bytesOut").number(bytesOut);
        line.name("durationMs").number(milliseconds);
        return line.end('}').bytes();
    }

    private void writeFindings(JsonLine line) {
        line.name("rules").begin('[');
        findings.rules().forEach(line::text);
        line.end(']').name("entities").begin('{');
        findings.entities().forEach((action, entities) -> {
            line.name(action).begin('{');
            entities.forEach((entity, count) -> line.name(entity).number(count));
            line.end('}');
        });
        line.end('}').name("records").begin('[');
        for (String id : findings.records()) {
            line.text(id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID));
        }
        line.end(']').name("recordCount").number(findings.recordCount());
        for (Findings.Count what : Findings.Count.all()) {
            line.name(what.label()).number(findings.count(what));
        }
    }
}
