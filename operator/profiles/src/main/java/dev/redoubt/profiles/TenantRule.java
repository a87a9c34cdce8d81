package dev.redoubt.profiles;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a client that is confined to a tenant is kept to that tenant's records on one route. Without any part the route
 * shows and changes no record.
 *
 * <p>Templates are JSON in which the strings (or names) {@code {field}}, {@code {tenant}}, {@code {filter}} and {@code
 * {ids}} stand for the field that holds the tenant, the client's tenant, its own filter and the ids it chose. What is
 * put in is one JSON value, whatever it holds; text behind a place in its string is put behind the text of the value. In
 * a call of gRPC they describe the message that the filter is; a filter that is a text has a text, in which the client's
 * own is put in brackets.
 *
 * @param filters where its filter is merged
 * @param stamps where records are marked as its tenant's
 * @param settings members that have one value, whatever the client sends
 * @param selections where a client says which fields come back
 * @param refused values that it must not send, such as another collection to look into
 * @param parameters what becomes of query parameters
 * @param check where answers are checked; {@code null} where they hold no record
 * @param columns where records that are written are columns; {@code null} where they are none
 */
public record TenantRule(
        List<Filter> filters,
        List<Stamp> stamps,
        List<Setting> settings,
        List<Selection> selections,
        List<String> refused,
        Parameters parameters,
        Check check,
        Columns columns) {
    /** Of a route that shows and changes no record. */
    public static final TenantRule NONE = new TenantRule(null, null, null, null, null, null, null, null);

    public TenantRule {
        filters = filters == null ? List.of() : List.copyOf(filters);
        stamps = stamps == null ? List.of() : List.copyOf(stamps);
        settings = settings == null ? List.of() : List.copyOf(settings);
        selections = selections == null ? List.of() : List.copyOf(selections);
        refused = refused == null ? List.of() : List.copyOf(refused);
        parameters = parameters == null ? Parameters.NONE : parameters;
    }

    /** What may stand where a filter stands. */
    public enum Form {
        /** One filter, an object. */
        One,
        /** One, or a list of which all hold; the template takes either. */
        All,
        /** A list, each item of which is confined as a filter of its own. */
        Each
    }

    /**
     * A filter of the request.
     *
     * @param at objects that may have it, as paths; the empty one is the body itself
     * @param member its name
     * @param form what may stand there
     * @param having a member beside it without which the object has no filter; {@code null} for none
     * @param instead members beside it that confine the request in its place where they are there and not empty
     * @param except name of a member: a filter that has it alone stays as it is, for what is in it is confined
     * @param alone template for a request without a filter; {@code null} where there must be one, or ids
     * @param both template for a request with one: matches a record only where the client's filter and the tenant do
     * @param ids a member beside it that chooses records by id; the filter takes its place; {@code null} for none
     * @param chosen template for chosen ids; {@code null} without {@code ids}
     */
    public record Filter(
            List<String> at,
            String member,
            Form form,
            String having,
            List<String> instead,
            String except,
            @JsonDeserialize(using = CompactJson.class) String alone,
            @JsonDeserialize(using = CompactJson.class) String both,
            String ids,
            @JsonDeserialize(using = CompactJson.class) String chosen) {
        public Filter {
            at = List.copyOf(at);
            Objects.requireNonNull(member, "member");
            form = form == null ? Form.One : form;
            instead = instead == null ? List.of() : List.copyOf(instead);
            Objects.requireNonNull(both, "both");
            if ((ids == null) != (chosen == null)) {
                throw new IllegalArgumentException("ids and their template go together");
            }
            if (form == Form.Each && alone != null) {
                throw new IllegalArgumentException("a list of filters is not made");
            }
        }
    }

    /**
     * Fields of records that are written.
     *
     * @param at objects that hold them, as paths
     * @param member name of the object of fields, or of an array of such objects; {@code null} where the objects
     *     themselves are the fields
     * @param each name of the array beside it that has an item for each object of fields; {@code null} where the member
     *     is one object
     */
    public record Stamp(List<String> at, String member, String each) {
        public Stamp {
            at = List.copyOf(at);
            if (member == null && each != null) {
                throw new IllegalArgumentException("an object has no other beside it");
            }
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
     * A member that is set, and replaced where it is there.
     *
     * @param at objects that have it, as paths
     * @param member its name, or {@code {field}} for that of the tenant's field
     * @param value template of its value
     */
    public record Setting(List<String> at, String member, @JsonDeserialize(using = CompactJson.class) String value) {
        public Setting {
            at = List.copyOf(at);
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * Which fields come back: a boolean, a name, a list of names, or an object with such a list. The tenant's field is
     * added. In a call of gRPC a message with such a list and a number that tells whether any come back. Where nothing is
     * said, all of them must come back, or hits cannot be checked and are dropped.
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
     * Query parameters.
     *
     * @param refused those that must not be there
     * @param selections those that say which fields come back, as names with commas between them or as a boolean; the
     *     tenant's field is added
     * @param set those that have one value, whatever the client sends
     */
    public record Parameters(List<String> refused, List<String> selections, Map<String, String> set) {
        static final Parameters NONE = new Parameters(null, null, null);

        public Parameters {
            refused = refused == null ? List.of() : List.copyOf(refused);
            selections = selections == null ? List.of() : List.copyOf(selections);
            set = set == null ? Map.of() : Map.copyOf(set);
        }
    }

    /**
     * Which hits are of the tenant: those in whose fields it stands as a string.
     *
     * @param path the object of a record's fields
     * @param required whether a hit without that object is dropped: always where no filter confined the request
     * @param of path of the hits; {@code null} where they are those of the answer's role
     *     {@link Role#Record}, or with {@code absent} the answer itself
     * @param absent template of what a hit becomes that is not the tenant's, as if it were not there; its places are
     *     members of the hit. {@code null} where such a hit is taken out
     * @param status HTTP status of the answer where that is the answer itself; {@code null} where it is not
     */
    public record Check(
            String path,
            boolean required,
            String of,
            @JsonDeserialize(using = CompactJson.class) String absent,
            Integer status) {
        public Check {
            Objects.requireNonNull(path, "path");
            if ((status != null) != (absent != null && of == null)) {
                throw new IllegalArgumentException("an answer that becomes another one has a status");
            }
        }
    }
}
