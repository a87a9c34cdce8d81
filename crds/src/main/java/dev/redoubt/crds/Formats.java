package dev.redoubt.crds;

/** The patterns of strings in the API, as RE2 and Java both read them. */
public final class Formats {
    /** Kubernetes API group of all kinds. */
    public static final String GROUP = "redoubt.dev";

    /** Version of the API. */
    public static final String VERSION = "v1alpha1";

    /** A DNS label (RFC 1123): what may become part of an object's name. */
    public static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** A DNS subdomain (RFC 1123): the name of an object that is only referred to. */
    public static final String DNS_SUBDOMAIN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** The name of a record field that every store takes for a name and not for a path or an operator. */
    public static final String FIELD = "^[A-Za-z0-9_-]+$";

    /** A non-negative decimal number; the API has no floats. */
    public static final String DECIMAL = "^[0-9]{1,6}(\\.[0-9]{1,6})?$";

    /** A decimal number of a status, which may be negative. */
    public static final String SIGNED_DECIMAL = "^-?[0-9]{1,9}(\\.[0-9]{1,9})?$";

    /** Hours, minutes and seconds in this order, for example 720h or 1h30m. */
    public static final String DURATION = "^([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?$";

    /** A point of time (RFC 3339). */
    public static final String TIME =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$";

    /** Name of an entity, as Presidio writes them. */
    public static final String ENTITY = "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$";

    /** Name of an entity, or * for every one. */
    public static final String ENTITY_OR_ALL = "^(\\*|[A-Z][A-Z0-9]*(_[A-Z0-9]+)*)$";

    /** A word that is looked for beside a match. */
    public static final String CONTEXT_WORD = "^[A-Za-z][A-Za-z0-9]*$";

    /** A decimal number from 0 to 1. */
    public static final String SHARE = "^(0(\\.[0-9]{1,6})?|1(\\.0{1,6})?)$";

    /** Name of a key in a Secret. */
    public static final String SECRET_KEY = "^[-._a-zA-Z0-9]+$";

    /** Name of a time zone of the IANA database. */
    public static final String TIME_ZONE = "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9][A-Za-z0-9_+-]*){0,2}$";

    /** A number of chunks, or a share of the collection in percent. */
    public static final String COUNT_OR_PERCENT = "^([0-9]{1,9}|[0-9]{1,2}(\\.[0-9]{1,3})?%|100%)$";

    private Formats() {}
}
