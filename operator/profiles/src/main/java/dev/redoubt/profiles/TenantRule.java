package dev.redoubt.profiles;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Objects;

/**
 * How a client that is confined to a tenant is kept to that tenant's records on one route. Without any part the route
 * shows and changes no record.
 *
 * <p>Templates are JSON in which the strings (or names) {@code {field}}, {@code {tenant}}, {@code {filter}} and {@code
 * {ids}} stand for the field that holds the tenant, the client's tenant, its own filter and the ids it chose. What is
 * put in is one JSON value, whatever it holds. In a call of gRPC they describe the message that the filter is; a filter
 * that is a text has a text, in which the client's own is put in brackets.
 *
 * @param filters where its filter is merged
 * @param stamps where records are marked as its tenant's
 * @param selections where a client says which fields come back
 * @param refused values that it must not send, such as another collection to look into
 * @param check where answers are checked; {@code null} where they hold no record
 * @param columns where records that are written are columns; {@code null} where they are none
 */
public record TenantRule(
        List<Filter> filters,
        List<Stamp> stamps,
        List<Selection> selections,
        List<String> refused,
        Check check,
        Columns columns) {
    /** Of a route that shows and changes no record. */
    public static final TenantRule NONE = new TenantRule(null, null, null, null, null, null);

    public TenantRule {
        filters = filters == null ? List.of() : List.copyOf(filters);
        stamps = stamps == null ? List.of() : List.copyOf(stamps);
        selections = selections == null ? List.of() : List.copyOf(selections);
        refused = refused == null ? List.of() : List.copyOf(refused);
    }

    /**
     * A filter of the request.
     *
     * @param at objects that may have it, as paths; the empty one is the body itself
     * @param member its name
     * @param alone template for a request without a filter; {@code null} where there must be one, or ids
     * @param both template for a request with one: matches a record only where the client's filter and the tenant do
     * @param ids a member beside it that chooses records by id; the filter takes its place; {@code null} for none
     * @param chosen template for chosen ids; {@code null} without {@code ids}
     */
    public record Filter(
            List<String> at,
            String member,
            @JsonDeserialize(using = CompactJson.class) String alone,
            @JsonDeserialize(using = CompactJson.class) String both,
            String ids,
            @JsonDeserialize(using = CompactJson.class) String chosen) {
        public Filter {
            at = List.copyOf(at);
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(both, "both");
            if ((ids == null) != (chosen == null)) {
                throw new IllegalArgumentException("ids and their template go together");
            }
        }
    }

    /**
     * Fields of records that are written.
     *
     * @param at objects that hold them, as paths
     * @param member name of the object of fields, or of an array of such objects
     * @param each name of the array beside it that has an item for each object of fields; {@code null} where the member
     *     is one object
     */
    public record Stamp(List<String> at, String member, String each) {
        public Stamp {
            at = List.copyOf(at);
            Objects.requireNonNull(member, "member");
        }
    }

    /**
     * Records of a call that are written as columns. One is added with the tenant of each, unless it is there, or the
     * documents of fields that are not declared say it.
     *
     * @param at the list of columns
     * @param rows member that tells how many records there are
     * @param name member of a column with its name
     * @param texts list in a column of its texts, as a path
     * @param documents list in a column of its JSON documents, as a path
     * @param presence list in a column that tells which records have a value
     * @param column template of the column, with {@code {field}} for its name and {@code {tenants}} for the content of
     *     what holds the texts
     */
    public record Columns(
            String at,
            String rows,
            String name,
            String texts,
            String documents,
            String presence,
            @JsonDeserialize(using = CompactJson.class) String column) {
        public Columns {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(rows, "rows");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(texts, "texts");
            Objects.requireNonNull(documents, "documents");
            Objects.requireNonNull(presence, "presence");
            Objects.requireNonNull(column, "column");
        }
    }

    /**
     * Which fields come back: a boolean, a list of names, or an object with such a list. The tenant's field is added to
     * lists. In a call of gRPC a message with such a list and a number that tells whether any come back. Where nothing is said, all of them must come back, or hits cannot be checked and are dropped.
     *
     * @param at objects that hold it, as paths
     * @param member its name
     * @param include the list's name in the form of an object; its path in the message of a call
     * @param always whether the field must come back even where the client asks for none
     */
    public record Selection(List<String> at, String member, String include, boolean always) {
        public Selection {
            at = List.copyOf(at);
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(include, "include");
        }
    }

    /**
     * Which hits are of the tenant: those in whose fields it stands as a string.
     *
     * @param path the object of a record's fields
     * @param required whether a hit without that object is dropped: always where no filter confined the request
     */
    public record Check(String path, boolean required) {
        public Check {
            Objects.requireNonNull(path, "path");
        }
    }
}
