package dev.redoubt.sidecar;

/**
 * Every reason outside of bodies for which the guard refuses, or a request ends otherwise than it should: what audit,
 * metrics and errors call it. What is wrong with a body has reasons of wire's. The set is closed.
 */
enum Reason {
    /** Framing or target that two parsers may read differently: request smuggling and its relatives. */
    MalformedRequest(400, "The request is malformed"),
    UnsupportedVersion(505, "The version of HTTP is not spoken here"),
    TargetTooLong(414, "The request target is too long"),
    HeaderTooLarge(431, "The request header is too large"),
    UnsupportedExpectation(417, "The expectation is not supported"),
    UnsupportedMediaType(415, "The content type of the request is not supported"),
    UnsupportedEncoding(415, "The content encoding of the request is not supported"),
    RequestTooLarge(413, "The request body is too large"),
    RequestTimeout(408, "The request body did not arrive in time"),
    UnknownRoute(403, "The request is not one that this target may be asked"),
    Unauthenticated(401, "The client is not known"),
    Forbidden(403, "The client may not do this"),
    RateLimited(429, "The client's rate limit is exceeded"),
    /** A body where the route takes none. */
    UnexpectedBody(400, "The request must not have a body"),
    NotConfigured(503, "The guard has no configuration"),
    AuditUnavailable(503, "The guard cannot write its audit"),
    /** Bodies take all the memory there is for them, or too many requests wait for the application. */
    Overloaded(503, "More is asked at once than the guard can take"),
    Draining(503, "The guard is shutting down"),
    /** A recogniser outside of the guard did not judge the texts of the message, and the policy asks for its judgement. */
    RecognizerFailed(503, "A recogniser of the policy did not judge the message"),
    /** There is more text in the message than a recogniser outside of the guard is asked to judge. */
    RecognizerLimit(413, "A recogniser of the policy does not judge that much text"),
    /** A message of a database session that is not one that this target may be sent. */
    UnknownMessage(403, "The message is not one that this target may be sent"),
    /** A first message without TLS, where an API key would be readable on its way. */
    TlsRequired(403, "TLS is required"),
    /** An earlier statement of the same batch failed, so this one was not looked at (RFC 4918, 424). */
    Skipped(424, "An earlier statement of the batch failed"),
    /** Another configuration came into force during a database session; the client connects again. */
    ConfigurationChanged(503, "The configuration of the guard changed"),
    UpstreamUnavailable(503, "The target cannot be reached"),
    /** The target asks for a credential that the guard does not have, or has not in the form that it takes. */
    UpstreamUnauthenticated(502, "The target does not accept the guard's credential"),
    UpstreamFailed(502, "The target broke off its answer"),
    UpstreamTimeout(504, "The target did not answer in time"),
    ResponseTooLarge(502, "The target's answer is too large"),
    /** The answer is in an encoding or a type that the guard does not read. */
    ResponseUnsupported(502, "The target's answer is not in a form that can be checked"),
    /** An error of the target whose body cannot be checked was replaced. */
    ErrorReplaced(502, "The target reported an error"),
    /** The client went away before it had its answer. Nobody reads the status; it is nginx's, for the audit. */
    ClientGone(499, "The client went away"),
    InternalError(500, "The guard failed");

    private final int status;
    private final String title;

    Reason(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status where no check knows a better one. */
    int status() {
        return status;
    }

    /** One sentence for people, the same for every occurrence (RFC 9457). */
    String title() {
        return title;
    }
}
