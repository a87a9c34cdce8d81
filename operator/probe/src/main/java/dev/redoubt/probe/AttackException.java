package dev.redoubt.probe;

/** Why an attack could not go on. Messages never hold a key, nor anything that came back. */
@SuppressWarnings("serial")
abstract sealed class AttackException extends Exception {
    private AttackException(String message) {
        super(message);
    }

    /** Nobody answers there. */
    static final class Unreachable extends AttackException {
        Unreachable(String endpoint) {
            super("nobody answers at " + endpoint);
        }
    }

    /** The test's own queries or seconds are used up. */
    static final class BudgetSpent extends AttackException {
        BudgetSpent(String what) {
            super(what);
        }
    }

    /** The guard or the store said no. */
    static final class Refused extends AttackException {
        private final int status;

        Refused(String request, int status) {
            super(request + " was answered with status " + status);
            this.status = status;
        }

        int status() {
            return status;
        }

        /** The identity is known and has no right to do this: a complete answer. */
        boolean forbidden() {
            return status == 403;
        }

        /** The guard does not know the identity: the rights of nobody were tested. */
        boolean unauthenticated() {
            return status == 401;
        }

        /** The request itself was not accepted: another form of it may be. */
        boolean malformed() {
            return status == 400 || status == 413 || status == 415 || status == 422;
        }
    }

    /** What came back is no answer of this API. */
    static final class Unreadable extends AttackException {
        Unreadable(String request) {
            super(request + " was answered with something that cannot be read");
        }
    }
}
