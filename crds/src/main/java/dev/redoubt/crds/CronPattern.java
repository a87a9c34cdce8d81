package dev.redoubt.crds;

/** The five fields of cron as one pattern, as RE2 and Java both read it. */
final class CronPattern {
    private static final String STEP = "(/[1-9][0-9]?)?";

    private static final String MINUTE = "[0-5]?[0-9]";
    private static final String MINUTE_ENTRY = "(\\*|" + MINUTE + "(-" + MINUTE + ")?)" + STEP;
    private static final String MINUTE_FIELD = MINUTE_ENTRY + "(," + MINUTE_ENTRY + ")*";

    private static final String HOUR = "([01]?[0-9]|2[0-3])";
    private static final String HOUR_ENTRY = "(\\*|" + HOUR + "(-" + HOUR + ")?)" + STEP;
    private static final String HOUR_FIELD = HOUR_ENTRY + "(," + HOUR_ENTRY + ")*";

    private static final String DAY = "(0?[1-9]|[12][0-9]|3[01])";
    private static final String DAY_ENTRY = "(\\*|" + DAY + "(-" + DAY + ")?)" + STEP;
    private static final String DAY_FIELD = DAY_ENTRY + "(," + DAY_ENTRY + ")*";

    private static final String MONTH = "(0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";
    private static final String MONTH_ENTRY = "(\\*|" + MONTH + "(-" + MONTH + ")?)" + STEP;
    private static final String MONTH_FIELD = MONTH_ENTRY + "(," + MONTH_ENTRY + ")*";

    private static final String WEEKDAY = "([0-6]|SUN|MON|TUE|WED|THU|FRI|SAT)";
    private static final String WEEKDAY_ENTRY = "(\\*|" + WEEKDAY + "(-" + WEEKDAY + ")?)" + STEP;
    private static final String WEEKDAY_FIELD = WEEKDAY_ENTRY + "(," + WEEKDAY_ENTRY + ")*";

    /** Minute, hour, day of month, month, day of week; in each a list of values, ranges and steps. */
    static final String FIVE_FIELDS =
            "^" + MINUTE_FIELD + " " + HOUR_FIELD + " " + DAY_FIELD + " " + MONTH_FIELD + " " + WEEKDAY_FIELD + "$";

    private CronPattern() {}
}
