package dev.redoubt.sidecar;

import dev.redoubt.sidecar.AuditRecord.Place;
import dev.redoubt.sidecar.recognizer.Recognizers;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;

/** What all exchanges share. */
record Services(
        Vertx vertx,
        Place place,
        Configurations configurations,
        Limits limits,
        Recognizers recognizers,
        AuditLog audit,
        Metrics metrics,
        Budget budget,
        Timeouts timeouts,
        AtomicBoolean draining) {}
