package net.shoal.ui.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferStatus;
import org.jspecify.annotations.Nullable;

/**
 * What changes, told to all who listen: each change is found, and written, once for all of them. A listener first gets how things stand, then
 * what differs; one who was away for a moment gets what it has missed. Whoever calls {@link #tick} sets the pace. Safe for use from any thread.
 */
final class Feed {
    static final int MOST_LISTENERS = 24;
    /** Messages that one listener may be behind before it has to begin anew. */
    private static final int BACKLOG = 64;

    private static final int KEPT_MESSAGES = 120;
    private static final long KEPT_BYTES = 4L << 20;
    private static final int MOST_NOTICES = 500;

    private final Sources sources;
    private final String epoch;
    private final Set<Listener> listeners = new CopyOnWriteArraySet<>();
    private final Deque<Message> kept = new ArrayDeque<>();
    private final Queue<Object> notices = new ArrayBlockingQueue<>(MOST_NOTICES);
    private long keptBytes;
    private long sequence;
    private Map<String, Row> rows = new LinkedHashMap<>();
    private Map<String, @Nullable Object> totals = Map.of();
    private List<Object> preparing = List.of();
    private List<Object> contributions = List.of();

    /**
     * Where it is seen how things stand.
     *
     * @param toldElsewhere whether a listener was told of this transfer by other means since it was last asked: then the whole row is told again
     */
    record Sources(
            Supplier<List<Transfer>> transfers,
            java.util.function.BiFunction<Transfer, TransferStatus, Row> row,
            Supplier<List<Object>> preparing,
            Supplier<List<Object>> contributions,
            Predicate<String> toldElsewhere) {}

    /** One event as it is sent (HTML, 9.2.6). */
    record Message(long number, Sent sent) {
        /** Its bytes. */
        static final class Sent {
            private final byte[] bytes;

            Sent(byte[] bytes) {
                this.bytes = bytes;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        int length() {
            return sent.bytes().length;
        }
    }

    /** @param epoch differs from run to run, so that numbers of another are not taken for ours */
    Feed(Sources sources, String epoch) {
        this.sources = sources;
        this.epoch = epoch;
    }

    /** Somebody who listens. */
    final class Listener implements AutoCloseable {
        private final ArrayBlockingQueue<Message> queue = new ArrayBlockingQueue<>(BACKLOG);
        private volatile boolean lost;

        /** What comes first; then there is {@link #next}. */
        private final List<Message> first;

        private Listener(List<Message> first) {
            this.first = first;
        }

        List<Message> first() {
            return first;
        }

        /** The next one, if there is one within that time. */
        Optional<Message> next(long millis) throws InterruptedException {
            return Optional.ofNullable(queue.poll(millis, java.util.concurrent.TimeUnit.MILLISECONDS));
        }

        /** It is too far behind, or the node stops: it is to come again. */
        boolean isLost() {
            return lost;
        }

        private void offer(Message message) {
            if (!queue.offer(message)) {
                lost = true;
            }
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }

    /** @param lastId of the last event that it has seen; nothing if it is new */
    synchronized Listener listen(Optional<String> lastId) throws ApiException {
        if (listeners.size() >= MOST_LISTENERS) {
            throw ApiException.tooMany(503, "too many listen already");
        }
        tick(); // so that all are equal
        var listener = new Listener(missed(lastId).orElseGet(() -> List.of(snapshot())));
        listeners.add(listener);
        return listener;
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Something that a user may want to be told. */
    void notice(Object notice) {
        if (hasListeners()) {
            notices.offer(notice);
        }
    }

    /** Looks what differs, and tells it. */
    synchronized void tick() {
        var delta = delta();
        if (!delta.isEmpty()) {
            send("delta", delta);
        }
        for (var notice = notices.poll(); notice != null; notice = notices.poll()) {
            send("notice", notice);
        }
        listeners.removeIf(Listener::isLost);
    }

    private Map<String, @Nullable Object> delta() {
        var delta = new LinkedHashMap<String, @Nullable Object>();
        var transfers = sources.transfers().get();
        var statuses = new ArrayList<TransferStatus>(transfers.size());
        var now = new LinkedHashMap<String, Row>(transfers.size() * 2);
        var changed = new ArrayList<Json.Writable>();
        for (var transfer : transfers) {
            boolean again = sources.toldElsewhere().test(transfer.hashes().hex());
            var status = transfer.status();
            statuses.add(status);
            var row = sources.row().apply(transfer, status);
            now.put(row.id(), row);
            var before = rows.get(row.id());
            if (before == null || again) {
                changed.add(row);
            } else if (!row.isSame(before)) {
                changed.add(row.since(before));
            }
        }
        var totalsNow = Totals.of(statuses).toJson();
        put(delta, "totals", totals, totalsNow);
        totals = totalsNow;
        if (!changed.isEmpty()) {
            delta.put("changed", changed);
        }
        var removed = rows.keySet().stream().filter(id -> !now.containsKey(id)).toList();
        if (!removed.isEmpty()) {
            delta.put("removed", removed);
        }
        rows = now;
        var preparingNow = sources.preparing().get();
        put(delta, "preparing", preparing, preparingNow);
        preparing = preparingNow;
        var contributionsNow = sources.contributions().get();
        put(delta, "contributions", contributions, contributionsNow);
        contributions = contributionsNow;
        return delta;
    }

    private static void put(Map<String, @Nullable Object> delta, String name, Object before, Object now) {
        if (!now.equals(before)) {
            delta.put(name, now);
        }
    }

    private Message snapshot() {
        return message(
                "snapshot",
                Json.object(
                        "totals", totals,
                        "transfers", rows.values(),
                        "preparing", preparing,
                        "contributions", contributions));
    }

    private void send(String event, Object data) {
        sequence++;
        var message = message(event, data);
        kept.addLast(message);
        keptBytes += message.length();
        while (kept.size() > KEPT_MESSAGES || keptBytes > KEPT_BYTES) {
            keptBytes -= kept.removeFirst().length();
        }
        listeners.forEach(listener -> listener.offer(message));
    }

    private Message message(String event, Object data) {
        var out = new ByteArrayOutputStream(512);
        try {
            out.write(("id: " + epoch + "-" + sequence + "\nevent: " + event + "\ndata: ")
                    .getBytes(StandardCharsets.UTF_8));
            Json.write(data, out);
            out.write('\n');
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes everything
        }
        return new Message(sequence, new Message.Sent(out.toByteArray()));
    }

    /** Nothing if it is not known any more what was missed. */
    private Optional<List<Message>> missed(Optional<String> lastId) {
        var prefix = epoch + "-";
        var number = lastId.filter(id -> id.startsWith(prefix)).map(id -> id.substring(prefix.length()));
        if (number.isEmpty() || !number.get().matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        long last = Long.parseLong(number.get());
        long oldest = kept.isEmpty() ? sequence + 1 : kept.getFirst().number();
        if (last > sequence || last + 1 < oldest) {
            return Optional.empty();
        }
        return Optional.of(
                kept.stream().filter(message -> message.number() > last).toList());
    }

    /** Everybody is to come again, should there be somebody to come to. */
    void close() {
        listeners.forEach(listener -> listener.lost = true);
        listeners.clear();
    }
}
