package net.shoal.discovery.tracker;

import java.util.Locale;

/** What an announce tells. */
enum Event {
    NONE(0),
    COMPLETED(1),
    STARTED(2),
    STOPPED(3),
    /** BEP 21: we want nothing more and do not have everything; said whenever there is nothing else to say. */
    PAUSED(4);

    private final int number;

    Event(int number) {
        this.number = number;
    }

    /** As UDP trackers read it (BEP 15, which has none for {@link #PAUSED}: libtorrent's). */
    int number() {
        return number;
    }

    /** As HTTP trackers read it (BEP 3). */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
