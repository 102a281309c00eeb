package net.shoal.tracker;

/** What an announce tells. Anything else a client says counts as {@link #NONE}. */
enum Event {
    NONE,
    COMPLETED,
    STARTED,
    STOPPED,
    /** BEP 21: it wants nothing more, though it may lack something. */
    PAUSED;

    /** BEP 3. */
    static Event of(String text) {
        return switch (text) {
            case "completed" -> COMPLETED;
            case "started" -> STARTED;
            case "stopped" -> STOPPED;
            case "paused" -> PAUSED;
            default -> NONE;
        };
    }

    /** BEP 15, and libtorrent for what that lacks. */
    static Event of(int number) {
        return switch (number) {
            case 1 -> COMPLETED;
            case 2 -> STARTED;
            case 3 -> STOPPED;
            case 4 -> PAUSED;
            default -> NONE;
        };
    }
}
