package net.shoal.discovery.tracker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import net.shoal.base.model.Sha1Hash;

/**
 * Questions to UDP trackers and what became of them (BEP 15). No I/O and no clock; confined to one thread.
 *
 * <p>An exchange: (connection id cached? no) CONNECT → (yes) REQUEST → done. A datagram may get lost, so each phase asks again after
 * {@link #TIMEOUTS}; the long waits of BEP 15, 15 · 2ⁿ s, come between announces ({@link Pace#retry}), where they hold up nothing. An answer counts
 * only from the address that was asked, with the transaction id that was drawn for it.
 */
final class UdpExchanges {
    /** Milliseconds until a question is repeated; after the last one the tracker counts as silent. */
    private static final long[] TIMEOUTS = {2_000, 5_000, 15_000};

    /** BEP 15: a client may use a connection id for one minute. */
    private static final long CONNECTION_LIFE = 60_000;

    private static final int MAX_CONNECTIONS = 1_000;

    private final IntSupplier transactions;
    private final Out out;
    private final Map<Integer, Exchange<?>> exchanges = new HashMap<>();
    private final Map<InetSocketAddress, Connection> connections = new LinkedHashMap<>();

    /** @param transactions unpredictable numbers: they are all that tells an answer from a forged one */
    UdpExchanges(IntSupplier transactions, Out out) {
        this.transactions = transactions;
        this.out = out;
    }

    /** Where datagrams go. */
    interface Out {
        void send(InetSocketAddress to, ByteBuffer datagram);
    }

    CompletionStage<AnnounceReply> announce(
            InetSocketAddress tracker, TrackerUrl url, AnnounceRequest request, long now) {
        return begin(tracker, new Question<>(UdpMessages.ANNOUNCE, now) {
            @Override
            ByteBuffer datagram(long connection, int transaction) {
                return UdpMessages.announce(connection, transaction, url, request);
            }

            @Override
            AnnounceReply read(ByteBuffer body) throws TrackerFailure {
                return UdpMessages.announceReply(body, Family.of(tracker.getAddress()));
            }
        });
    }

    CompletionStage<ScrapeReply> scrape(InetSocketAddress tracker, Sha1Hash infoHash, long now) {
        return begin(tracker, new Question<>(UdpMessages.SCRAPE, now) {
            @Override
            ByteBuffer datagram(long connection, int transaction) {
                return UdpMessages.scrape(connection, transaction, infoHash);
            }

            @Override
            ScrapeReply read(ByteBuffer body) throws TrackerFailure {
                return UdpMessages.scrapeReply(body);
            }
        });
    }

    private <T> CompletionStage<T> begin(InetSocketAddress tracker, Question<T> question) {
        var exchange = new Exchange<>(tracker, question);
        exchange.advance(question.askedAt);
        return exchange.result;
    }

    /** Repeats what was not answered in time; call it a few times a second while there are exchanges. */
    void tick(long now) {
        for (var exchange : new ArrayList<>(exchanges.values())) {
            if (now >= exchange.deadline) {
                exchange.timedOut(now);
            }
        }
    }

    boolean isIdle() {
        return exchanges.isEmpty();
    }

    /** The socket said that nothing can be sent there. */
    void unreachable(InetSocketAddress tracker, String why) {
        for (var exchange : new ArrayList<>(exchanges.values())) {
            if (exchange.tracker.equals(tracker)) {
                exchange.fail(TrackerFailure.unreachable(why));
            }
        }
    }

    void abandon() {
        new ArrayList<>(exchanges.values()).forEach(each -> each.fail(TrackerFailure.unreachable("the node stops")));
    }

    /** Anything may come here; what answers no question of ours is dropped. */
    void received(InetSocketAddress from, ByteBuffer datagram, long now) {
        if (datagram.remaining() < 8) {
            return;
        }
        int action = datagram.getInt();
        var exchange = exchanges.get(datagram.getInt());
        if (exchange != null && exchange.tracker.equals(from)) {
            exchange.answered(action, datagram, now);
        }
    }

    private Optional<Connection> connection(InetSocketAddress tracker, long now) {
        return Optional.ofNullable(connections.get(tracker)).filter(connection -> now < connection.expires);
    }

    private void connected(InetSocketAddress tracker, long id, long now) {
        connections.remove(tracker);
        connections.put(tracker, new Connection(id, now + CONNECTION_LIFE));
        if (connections.size() > MAX_CONNECTIONS) {
            var oldest = connections.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private record Connection(long id, long expires) {}

    private abstract static class Question<T> {
        final int action;
        final long askedAt;

        Question(int action, long askedAt) {
            this.action = action;
            this.askedAt = askedAt;
        }

        abstract ByteBuffer datagram(long connection, int transaction);

        abstract T read(ByteBuffer body) throws TrackerFailure;
    }

    private final class Exchange<T> {
        final InetSocketAddress tracker;
        final CompletableFuture<T> result = new CompletableFuture<>();
        private final Question<T> question;
        private int transaction;
        private int expects;
        private int attempt;
        private boolean hasReconnected;
        private long deadline;

        Exchange(InetSocketAddress tracker, Question<T> question) {
            this.tracker = tracker;
            this.question = question;
        }

        /** Into the phase that is possible now. */
        void advance(long now) {
            exchanges.remove(transaction, this);
            do {
                transaction = transactions.getAsInt();
            } while (exchanges.containsKey(transaction));
            exchanges.put(transaction, this);
            ask(now);
        }

        private void ask(long now) {
            deadline = now + TIMEOUTS[attempt];
            var connection = connection(tracker, now);
            expects = connection.isPresent() ? question.action : UdpMessages.CONNECT;
            out.send(
                    tracker,
                    connection
                            .map(present -> question.datagram(present.id, transaction))
                            .orElseGet(() -> UdpMessages.connect(transaction)));
        }

        void timedOut(long now) {
            attempt++;
            if (attempt == TIMEOUTS.length) {
                fail(TrackerFailure.unreachable("did not answer"));
            } else {
                ask(now);
            }
        }

        void answered(int action, ByteBuffer body, long now) {
            if (action == UdpMessages.ERROR) {
                refused(body, now);
            } else if (action == expects && action == UdpMessages.CONNECT) {
                if (body.remaining() >= Long.BYTES) {
                    connected(tracker, body.getLong(), now);
                    attempt = 0;
                    advance(now);
                }
            } else if (action == expects) {
                read(body);
            }
        }

        /** A tracker that was restarted no longer knows the connection: once, a new one is asked for. */
        private void refused(ByteBuffer body, long now) {
            if (expects != UdpMessages.CONNECT && !hasReconnected) {
                hasReconnected = true;
                connections.remove(tracker);
                attempt = 0;
                advance(now);
            } else {
                fail(UdpMessages.error(body));
            }
        }

        private void read(ByteBuffer body) {
            try {
                var value = question.read(body);
                exchanges.remove(transaction, this);
                result.complete(value);
            } catch (TrackerFailure failure) {
                fail(failure);
            }
        }

        void fail(TrackerFailure failure) {
            exchanges.remove(transaction, this);
            result.completeExceptionally(failure);
        }
    }
}
