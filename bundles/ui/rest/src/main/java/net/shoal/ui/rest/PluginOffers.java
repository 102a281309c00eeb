package net.shoal.ui.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import net.shoal.api.node.PluginException;
import net.shoal.api.node.PluginJars;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jars that somebody may install, once they have seen what is in them. Each is a copy of our own, so that what is installed is what was looked
 * at; who says nothing for a while has it forgotten. Bounded. Safe for use from any thread.
 */
final class PluginOffers {
    static final long LARGEST = 100L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(PluginOffers.class);
    private static final int MOST = 4;
    private static final long FORGOTTEN_MILLIS = 900_000;

    private final LongSupplier clock;
    private final Map<String, Offer> all = new LinkedHashMap<>();
    private int coming;
    private long next = 1;
    private boolean closed;

    /** @param clock in milliseconds */
    PluginOffers(LongSupplier clock) {
        this.clock = clock;
    }

    /** @param from where the jar comes from, for people */
    record Offer(String id, Path jar, String from, PluginJars.Seen seen, long made) {}

    /** Writes the jar to a file of ours. */
    @FunctionalInterface
    interface Source {
        void writeTo(OutputStream out) throws ApiException, IOException, InterruptedException;
    }

    Offer take(String from, Source source, PluginJars jars)
            throws ApiException, IOException, InterruptedException, PluginException {
        begin();
        try {
            return receive(from, source, jars);
        } finally {
            end();
        }
    }

    private Offer receive(String from, Source source, PluginJars jars)
            throws ApiException, IOException, InterruptedException, PluginException {
        var copy = Files.createTempFile("shoal-plugin", ".jar"); // nobody else can read or replace it
        boolean kept = false;
        try {
            try (var out = new AtMost(Files.newOutputStream(copy), LARGEST)) {
                source.writeTo(out);
            }
            var offer = keep(copy, from, jars.look(copy));
            kept = true;
            return offer;
        } finally {
            if (!kept) {
                Files.deleteIfExists(copy);
            }
        }
    }

    private void begin() throws ApiException {
        forgetOld();
        synchronized (this) {
            if (coming >= MOST) {
                throw ApiException.tooMany(429, MOST + " plugins are on their way already");
            }
            coming++;
        }
    }

    private synchronized void end() {
        coming--;
    }

    /** The one nobody decided on for longest makes room. */
    private synchronized Offer keep(Path jar, String from, PluginJars.Seen seen) throws ApiException {
        if (closed) {
            throw ApiException.of(503, "stops", "the node stops", "");
        }
        while (all.size() >= MOST) {
            remove(all.remove(all.keySet().iterator().next()));
        }
        var offer = new Offer("p" + next++, jar, from, seen, clock.getAsLong());
        all.put(offer.id(), offer);
        return offer;
    }

    /** Whoever takes it has to end it with {@link #done}. */
    Offer take(String id) throws ApiException {
        forgetOld();
        synchronized (this) {
            var offer = all.remove(id);
            if (offer == null) {
                throw ApiException.unknown("there is no such offer, or it was made too long ago", "begin anew");
            }
            return offer;
        }
    }

    void done(Offer offer) {
        remove(offer);
    }

    private static void remove(Offer offer) {
        try {
            Files.deleteIfExists(offer.jar());
        } catch (IOException e) {
            LOG.warn("{} is left over: {}", offer.jar(), e.getMessage());
        }
    }

    private synchronized void forgetOld() {
        long now = clock.getAsLong();
        var old = all.values().stream()
                .filter(offer -> now - offer.made() > FORGOTTEN_MILLIS)
                .toList();
        old.forEach(offer -> remove(all.remove(offer.id())));
    }

    synchronized void close() {
        closed = true;
        List.copyOf(all.values()).forEach(PluginOffers::remove);
        all.clear();
    }

    /** Takes so many bytes and no more. */
    private static final class AtMost extends java.io.FilterOutputStream {
        private long left;

        AtMost(OutputStream out, long most) {
            super(out);
            this.left = most;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new TooLargeException();
            }
            out.write(bytes, offset, length);
        }
    }

    /** It is larger than plugins are. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("a plugin has at most " + LARGEST + " bytes");
        }
    }
}
