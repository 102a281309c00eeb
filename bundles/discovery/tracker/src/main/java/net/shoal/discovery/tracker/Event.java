package net.shoal.discovery.tracker;

import java.util.Locale;

/** What an announce tells. */
enum Event {
    NONE(0),
    COMPLETED(1),
    STARTED(2),
    STOPPED(3);

    private final int number;

    Event(int number) {
        this.number = number;
    }

    /** As UDP trackers read it (BEP 15). */
    int number() {
        return number;
    }

    /** As HTTP trackers read it (BEP 3). */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
