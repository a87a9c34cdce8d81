package dev.redoubt.sidecar;

import dev.redoubt.wire.postgres.ServerError;

/** Problems as PostgreSQL's clients know them: by SQLSTATE (PostgreSQL documentation, Appendix A). */
final class SqlErrors {
    private static final String STATEMENT = "ERROR";
    private static final String SESSION = "FATAL";

    private SqlErrors() {}

    /** A problem that ends one statement. */
    static ServerError ofStatement(Problem problem) {
        return of(STATEMENT, problem);
    }

    /** A problem that ends the session. */
    static ServerError ofSession(Problem problem) {
        return of(SESSION, problem);
    }

    private static ServerError of(String severity, Problem problem) {
        String hint = problem.retryAfter() > 0 ? "Try again in " + problem.retryAfter() + " s." : null;
        return new ServerError(severity, sqlState(problem), problem.message(), hint);
    }

    private static String sqlState(Problem problem) {
        if (problem.is(Reason.TlsRequired)) {
            return "28000";
        }
        if (problem.is(Reason.Overloaded)) {
            return "53300";
        }
        if (problem.is(Reason.ConfigurationChanged) || problem.is(Reason.Draining)) {
            return "57P01";
        }
        if (problem.is(Reason.MalformedRequest)) {
            return "08P01";
        }
        return switch (problem.status()) {
            case 401 -> "28P01";
            case 403 -> "42501";
            case 413 -> "54000";
            case 429 -> "53400";
            case 503 -> "57P03";
            case 502, 504 -> "08006";
            default -> problem.status() < 500 ? "22023" : "XX000";
        };
    }
}
