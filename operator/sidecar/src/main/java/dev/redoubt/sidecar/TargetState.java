package dev.redoubt.sidecar;

/** What a target says of itself when it is asked whether it is ready. */
enum TargetState {
    Ready(null),
    NotReady("the target is not ready"),
    /** It asks for a credential, or for another one. */
    Unauthenticated("the target does not accept the guard's credential");

    private final String obstacle;

    TargetState(String obstacle) {
        this.obstacle = obstacle;
    }

    static TargetState of(boolean ready) {
        return ready ? Ready : NotReady;
    }

    /** What stands in the way of requests; {@code null} for nothing. */
    String obstacle() {
        return obstacle;
    }
}
