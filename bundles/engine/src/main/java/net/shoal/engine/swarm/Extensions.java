package net.shoal.engine.swarm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.shoal.api.transfer.WireExtension;

/** The extensions of the wire protocol there are now, and the ids we give them (BEP 10). Safe for use from any thread. */
public final class Extensions {
    /** Those below are of {@link StateMessages}. */
    private static final int FIRST_ID = 8;

    private static final int LAST_ID = 255;

    private final CopyOnWriteArrayList<Entry> entries = new CopyOnWriteArrayList<>();
    private int nextId = FIRST_ID;

    /** @param id what peers are to send it under */
    public record Entry(int id, WireExtension extension) {}

    /** An id is not used twice, so that a message that is late for one extension never reaches another, until all were used. */
    public synchronized void add(WireExtension extension) {
        entries.add(new Entry(nextId, extension));
        do {
            nextId = nextId == LAST_ID ? FIRST_ID : nextId + 1;
        } while (isUsed(nextId));
    }

    private boolean isUsed(int id) {
        return entries.stream().anyMatch(entry -> entry.id == id);
    }

    public synchronized void remove(WireExtension extension) {
        entries.removeIf(entry -> entry.extension == extension);
    }

    public List<WireExtension> all() {
        return entries.stream().map(Entry::extension).toList();
    }

    List<Entry> now() {
        return entries;
    }
}
