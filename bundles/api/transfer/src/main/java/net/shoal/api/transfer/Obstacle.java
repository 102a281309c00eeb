package net.shoal.api.transfer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Why a transfer stands still, or is slower than it could be: a fact with its figures, which whoever shows it puts into words. Of several that hold at
 * once the one to look at first comes first.
 */
public sealed interface Obstacle {
    /** What a program goes by, the same for ever: lower case, words joined by hyphens. */
    String code();

    /** For programs and views: {@code code}, and its own figures by their names, those of a closed set as lower-case words. */
    default Map<String, Object> figures() {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("code", code());
        for (var component : getClass().getRecordComponents()) {
            try {
                var value = component.getAccessor().invoke(this);
                figures.put(
                        component.getName(),
                        value instanceof Enum<?> word
                                ? word.name().toLowerCase(Locale.ROOT).replace('_', '-')
                                : value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return figures;
    }

    // ---- it stands still, and somebody or something made it

    /** It is stopped, by {@code why}. */
    record Paused(TransferState.Paused.Why why) implements Obstacle {
        @Override
        public String code() {
            return "paused";
        }
    }

    /** It cannot go on, and tries again by itself; the sentences for it are those of {@link TransferState.Failed}. */
    record Failed(StorageException.Trouble trouble, String reason, String hint) implements Obstacle {
        @Override
        public String code() {
            return "failed";
        }
    }

    /**
     * As many transfers as may be at work are.
     *
     * @param position its own in the queue, from 0, over all transfers of the node
     */
    record Queued(int position) implements Obstacle {
        @Override
        public String code() {
            return "queued";
        }
    }

    // ---- something of this node holds it back

    /**
     * Peers could send or take more than a limit of rates lets through.
     *
     * @param upload of what is sent, else of what is received
     * @param rate payload bytes a second
     * @param by whose limit it is
     */
    record RateLimit(boolean upload, long rate, By by) implements Obstacle {
        /** Whose limit it is. */
        public enum By {
            /** Set for this transfer. */
            TRANSFER,
            /** Of all transfers together. */
            NODE,
            /** Of all transfers together, at this hour. */
            SCHEDULE;

            /** Lower case. */
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        @Override
        public String code() {
            return "rate-limit";
        }
    }

    /**
     * Peers send faster than the disk writes, so they are asked for no more until it has caught up.
     *
     * @param waiting bytes that wait in memory to be written, of this transfer
     */
    record SlowDisk(long waiting) implements Obstacle {
        @Override
        public String code() {
            return "slow-disk";
        }
    }

    /**
     * It has few peers and looks for more, and since this node began nobody has been able to connect to it: only those can be its peers who accept a
     * connection themselves.
     *
     * @param peers connected
     */
    record Unreachable(int peers) implements Obstacle {
        @Override
        public String code() {
            return "unreachable";
        }
    }

    // ---- there is nobody, or they do not have it

    /** Nobody else who has it, or wants it, has been found yet. */
    record NoPeers() implements Obstacle {
        @Override
        public String code() {
            return "no-peers";
        }
    }

    /**
     * Others have been named, and none of them is connected: they are gone, refuse, or have not answered yet.
     *
     * @param known addresses heard of
     */
    record NobodyAnswers(int known) implements Obstacle {
        @Override
        public String code() {
            return "nobody-answers";
        }
    }

    /**
     * A link alone is known, and none of the peers has given the names and hashes of the content yet.
     *
     * @param peers connected
     */
    record NoMetadata(int peers) implements Obstacle {
        @Override
        public String code() {
            return "no-metadata";
        }
    }

    /**
     * Some of what is wanted nobody has who is connected: it cannot be complete until somebody comes who has that.
     *
     * @param pieces wanted, missing, and had by nobody
     * @param missing all pieces that are wanted and missing, those among them
     * @param availability of all pieces of the content, the share that the peers and we have together; less than 1
     */
    record MissingPieces(int pieces, int missing, double availability) implements Obstacle {
        @Override
        public String code() {
            return "missing-pieces";
        }
    }

    /**
     * Peers are connected, and none of them has anything that is missing here: all wait for the same.
     *
     * @param peers connected
     * @param missing pieces that are wanted and had by nobody
     * @param availability as of {@link MissingPieces}
     */
    record NothingNew(int peers, int missing, double availability) implements Obstacle {
        @Override
        public String code() {
            return "nothing-new";
        }
    }

    // ---- they have it, and give little

    /**
     * Those who have something for us all serve others first: each gives only so many of its peers something at a time.
     *
     * @param peers that have something we lack
     */
    record Choked(int peers) implements Obstacle {
        @Override
        public String code() {
            return "choked";
        }
    }

    /**
     * Nothing here holds it back: this is what its peers give.
     *
     * @param peers that let us have something now
     * @param rate bytes a second of all of them together
     */
    record SlowPeers(int peers, long rate) implements Obstacle {
        @Override
        public String code() {
            return "slow-peers";
        }
    }
}
