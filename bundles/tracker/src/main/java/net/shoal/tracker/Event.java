package net.shoal.tracker;

/** What an announce tells. Anything else a client says counts as {@link #NONE}. */
enum Event {
    NONE,
    COMPLETED,
    STARTED,
    STOPPED;

    /** BEP 3. */
    static Event of(String text) {
        return switch (text) {
            case "completed" -> COMPLETED;
            case "started" -> STARTED;
            case "stopped" -> STOPPED;
            default -> NONE;
        };
    }

    /** BEP 15. */
    static Event of(int number) {
        return switch (number) {
            case 1 -> COMPLETED;
            case 2 -> STARTED;
            case 3 -> STOPPED;
            default -> NONE;
        };
    }
}
