package dev.redoubt.wire;

/** Why a message is refused. The set is closed; audit and metrics count by it. */
public enum RefusalReason {
    /** No route of the profile is met. */
    UnknownRoute(403, "The request is not one that this target may be asked"),
    /** The request target may be read differently by two parsers, or has an unknown query parameter. */
    MalformedTarget(400, "The request target is not accepted"),
    /** A body where the route has none. */
    UnexpectedBody(400, "The request must not have a body"),
    /** Not one value of its encoding, strictly. */
    MalformedBody(400, "The request body is not valid"),
    /** Compressed, and cut off, damaged or followed by something. */
    MalformedEncoding(400, "The request body is not what its content encoding says"),
    BodyTooLarge(413, "The request body is too large"),
    /** A value that the profile does not know. */
    UnknownField(400, "The request has a field that is not known"),
    /** A value that the profile names as one that nobody may ask for. */
    RefusedField(403, "The request asks for what this guard gives to nobody"),
    /** A value of a type or range that its field does not have. */
    WrongType(400, "A field of the request has a value that it cannot have"),
    /** A filter in a language of its own that cannot be taken apart without doubt. */
    MalformedExpression(400, "The filter expression is not one that can be checked"),
    /** The name of a member holds what the policy redacts; names cannot be redacted without loss. */
    EntityInName(400, "The name of a field holds text that the policy does not allow"),
    /** The policy blocks texts that hold this entity. */
    EntityBlocked(403, "The message holds text that the policy blocks"),
    /** The text of a SQL statement, or a parameter that is not plainly text, holds what the policy redacts. */
    EntityInStatement(
            400, "The statement holds text that the policy does not allow there; send it as a text parameter"),
    /** A SQL statement or one of its parameters is no text. */
    MalformedStatement(400, "The statement is not valid UTF-8"),
    /** A filter on a field that is encrypted, which could never match. */
    SealedFilter(400, "A field that is encrypted cannot be searched"),
    /** A filter on a searchable field that asks for more than whether values are equal. */
    InequalityFilter(400, "A searchable field can be compared for equality only"),
    /** A sealed field of a record without an id cannot be bound to it. */
    MissingRecordId(400, "A record with encrypted fields has no id"),
    /** Neither the target nor the message says which collection it is about: it would be all of them. */
    MissingCollection(400, "The request does not say which collection it is about"),
    /** A list of ids or of queries is longer than the most results of one answer. */
    TooMany(400, "The request asks for more at once than allowed"),
    BulkExport(403, "Records may not be read in bulk"),
    QueryByVector(403, "Searching with a vector of one's own is not allowed"),
    ChosenCandidates(403, "Searching among chosen records is not allowed where scores are dropped"),
    WeighedScores(403, "Weighing or bounding scores is not allowed where they are not exact"),
    ScoreOracle(403, "The request would tell scores, which are dropped"),
    /** A client that has no tenant, at a store where every record belongs to one. */
    NoTenant(403, "The client has no tenant, and the records of the store belong to tenants"),
    /** What a client that is confined to a tenant must not do, for it reaches records of others. */
    OtherTenant(403, "The request may reach records of another tenant"),
    /** A vector in a form that the protection of vectors does not change, such as a sparse one. */
    UnprotectedVector(400, "A vector is in a form that cannot be protected"),
    LogitBias(403, "Biasing logits is not allowed"),
    TooManyChoices(400, "The request asks for more alternatives than allowed"),
    /** The target answered with something that cannot be checked, so it is not passed. */
    MalformedResponse(502, "The answer of the target cannot be checked"),
    ResponseTooLarge(502, "The answer of the target is too large");

    private final int status;
    private final String title;

    RefusalReason(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** HTTP status of the refusal. */
    public int status() {
        return status;
    }

    /** One sentence for people, the same every time. */
    public String title() {
        return title;
    }
}
