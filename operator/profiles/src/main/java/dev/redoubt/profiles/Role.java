package dev.redoubt.profiles;

/** What a value in a message is, and with that what the guard does to it. */
public enum Role {
    /** Text of people: redacted at the message's stage, sealed where its field is encrypted. Numbers are scanned too. */
    Text,
    /**
     * As {@link #Text}, but anything other than a string refuses the request: arrays of token ids would carry text
     * past the scanner.
     */
    StringText,
    /**
     * A string that holds a JSON document, such as the arguments of a tool: its names, strings and numbers are redacted
     * by what their escapes mean, and it stays JSON. Where it is no JSON after all it is redacted as text, also by what
     * its escapes would mean.
     */
    JsonText,
    /**
     * A string or bytes that hold a JSON document: edited as a part of the message. Where nothing is said of what is
     * inside, it is content of a record: its members are fields, unless the document is a field of its own, to which then
     * all of it belongs.
     */
    Embedded,
    /**
     * A filter in the language of Milvus: what its literals say is redacted at the message's stage. Refused where it
     * does not lex, or where a replacement could be read as more than a literal.
     */
    Expression,
    /**
     * The name of a field in a filter that tells in no known way how it is compared: text, but refused where it names a field
     * that is encrypted.
     */
    FilteredField,
    /**
     * A column: an object that holds one field of many records. Taken out whole, of a request where the policy drops its
     * field, of an answer where it is one of vectors and those are not returned.
     */
    Column,
    /** Name of a {@link #Column} of the same answer; taken out with it. Text otherwise. */
    ColumnName,
    /** The record's id, bound into the seal of its fields. Never changed. */
    RecordId,
    /**
     * The name of the collection that the records beside it, or of the next line, belong to; goes before that of the
     * path. Never changed.
     */
    Collection,
    /**
     * Any of the values of a record's free content: redacted and sealed as {@link #Text}, names too, but an array of at
     * least 16 numbers, or a string that is the base64 of as many, is a vector.
     */
    Document,
    /**
     * One hit of an answer as a whole; where records are columns, its item in one column. It is taken out where it must
     * not be seen, from every column. Other specs say what it holds.
     */
    Record,
    /**
     * How many hits there are: of several lists one after the other in columns, or in the hit around it. Follows what is
     * taken out.
     */
    RecordCount,
    /** Whether the hit at that index has a value in the {@link #Column} around it; a part of the hit. */
    RecordPresence,
    /**
     * A stored vector: removed from responses unless the policy allows vectors; in a request changed as the policy's
     * protection of vectors says.
     */
    Vector,
    /**
     * A stored vector of a form that no protection changes, such as one of bits: as {@link #Vector}, but refused in a
     * request where vectors are protected.
     */
    OpaqueVector,
    /** A vector that a client searches with: refused where the policy denies query by vector, else changed like stored ones. */
    QueryVector,
    /**
     * What a search begins with: a list is a vector of the client, as {@link #QueryVector}. Anything else but an object is
     * the id of a stored record: refused for a client that is confined to a tenant, for the neighbours of another
     * tenant's record tell what it is.
     */
    Example,
    /**
     * Ids to which a search is confined: refused where the policy drops scores, for the order among records of one's
     * own choice tells as much as their scores.
     */
    Candidates,
    /**
     * What weighs scores or is a bound to them: refused unless the policy leaves scores exact, for it would undo their
     * rounding.
     */
    Scoring,
    /** A similarity or distance: rounded, removed or passed as the policy says. */
    Score,
    /**
     * The least score of a result: refused where the policy drops scores, for whether a record reaches it tells its
     * score; moved to the border between two scores where they are rounded.
     */
    Threshold,
    /** How many results a client asks for: lowered to the policy's maximum. */
    Limit,
    /** Ids of records to read: no more than the policy's maximum of results, or one that stands alone, redacted as text. */
    Ids,
    /** How many results are skipped before the first: beyond the bound the request is an export. */
    Offset,
    /** How many candidates a search looks at: lowered to the bound. */
    Breadth,
    /** How many tokens a model may produce: lowered to, or set to, the policy's maximum. */
    MaxTokens,
    /** How many alternatives a model may produce: above the policy's maximum the request is refused. */
    Choices,
    /** Log-probabilities, asked for or returned: removed unless the policy allows them. They carry text. */
    Logprobs,
    /**
     * Text in a spelling that nobody here can read, such as ids of tokens or an encrypted state, given or returned:
     * always removed.
     */
    Opaque,
    /** A bias on tokens' logits: refused unless the policy allows it. */
    LogitBias,
    /**
     * An object of a request in which a member may have to be set, such as a limit that stands in it. Anything else in
     * its place refuses the request.
     */
    Object,
    /** Whether the answer to a request is to be a stream. Copied. */
    Stream,
    /** Whether a stream is to tell how many tokens were used: set to true where the request asks for a stream. */
    Usage,
    /**
     * Tells which of several texts a streamed event continues, such as the index of a choice. Copied. Of several keys
     * in one object the later specs tell parts of what the earlier ones tell.
     */
    StreamKey,
    /**
     * Where neither null nor false, the texts around it have ended and no later event continues them, such as a finish
     * reason; where {@link ValueSpec#ends} are given, where it is one of them. A string is redacted as a text of its own.
     */
    StreamEnd,
    /** What nobody may ask for: refused unless it is null or false. */
    Refused,
    /** Neither text nor number of interest: copied as it is. */
    Pass;

    /** Whether it says where hits stand, beside what other specs say of the same places. */
    public boolean isOfRecords() {
        return this == Record || this == RecordCount || this == RecordPresence;
    }
}
