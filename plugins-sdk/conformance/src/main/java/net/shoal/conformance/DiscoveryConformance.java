package net.shoal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.api.transfer.Visibility;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Discovery} must do. The test plays the world in which it looks: a tracker, a node of a DHT, a multicast group, whatever
 * it asks; in memory or on loopback.
 */
public abstract class DiscoveryConformance {
    private static final int SEED = 9;
    /** Generous: for a machine that is busy with something else. */
    private static final Duration SOON = Duration.ofSeconds(30);

    /** What "must not block" means here: no answer of anybody is waited for that long. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static final Progress BEGINNING = new Progress(0, 0, 1_000, 1_000, false, 50);
    private static final int MANY = 50;

    private final Random random = new Random(SEED);
    private @Nullable Discovery made;

    /** Makes one that looks in the world of this test. */
    protected abstract Discovery discovery() throws Exception;

    /** The test is over: puts it away, and its world. */
    protected abstract void end(Discovery discovery) throws Exception;

    /** From now on the world knows this peer of every swarm. */
    protected abstract void putPeer(PeerAddress peer) throws Exception;

    /** How often the world was asked about this swarm so far, or told of it. */
    protected abstract int questionsAbout(InfoHashes swarm);

    /** From now on the world does not answer at all. */
    protected abstract void fallSilent() throws Exception;

    /** The trackers that a swarm must name for this discovery to look for it; none where it needs none. */
    protected List<List<URI>> trackers() {
        return List.of();
    }

    @BeforeEach
    final void make() throws Exception {
        made = discovery();
    }

    @AfterEach
    final void putAway() throws Exception {
        end(there());
    }

    private Discovery there() {
        var discovery = made;
        if (discovery == null) {
            throw new IllegalStateException("no test runs");
        }
        return discovery;
    }

    private Wanted swarm(boolean isPrivate, List<List<URI>> trackers) {
        var hash = new byte[20];
        random.nextBytes(hash);
        var hashes = InfoHashes.of(new InfoHash.V1(Sha1Hash.of(hash)));
        return new Wanted(hashes, trackers, isPrivate, true, Visibility.LINK, PeerId.random("-XX0000-", random), 6881);
    }

    private Wanted swarm() {
        return swarm(false, trackers());
    }

    private static PeerAddress peer(int last) {
        try {
            return PeerAddress.ip(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 6_000 + last);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A session with what it has found. */
    private final class Looking implements AutoCloseable {
        private final Queue<PeerAddress> found = new ConcurrentLinkedQueue<>();
        private final DiscoverySession session;

        Looking(Wanted wanted) {
            session = assertTimeoutPreemptively(AT_ONCE, () -> there().discover(wanted, found::addAll));
        }

        void update() {
            assertTimeoutPreemptively(AT_ONCE, () -> session.update(BEGINNING));
        }

        /** Does what the engine does, until it comes true. */
        void updateUntil(String what, BooleanSupplier condition) {
            long end = System.nanoTime() + SOON.toNanos();
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime() - end).as(what).isNegative();
                update();
                LockSupport.parkNanos(20_000_000);
            }
        }

        @Override
        public void close() {
            assertTimeoutPreemptively(AT_ONCE, session::close);
        }
    }

    @Test
    void hasAName() {
        assertThat(there().name()).isNotBlank().isEqualTo(there().name());
    }

    @Test
    void findsWhoIsThere() throws Exception {
        putPeer(peer(1));
        try (var looking = new Looking(swarm())) {
            looking.updateUntil("the peer is found", () -> looking.found.contains(peer(1)));
        }
    }

    @Test
    void tellsHowItGoes() throws Exception {
        putPeer(peer(1));
        try (var looking = new Looking(swarm())) {
            looking.updateUntil("the peer is found", () -> looking.found.contains(peer(1)));
            assertThat(looking.session.status()).isNotEmpty().allSatisfy(status -> assertThat(status.discovery())
                    .isEqualTo(there().name()));
        }
    }

    @Test
    void keepsSwarmsApart() throws Exception {
        putPeer(peer(1));
        var one = swarm();
        var other = swarm();
        try (var looking = new Looking(one)) {
            looking.updateUntil("the peer is found", () -> looking.found.contains(peer(1)));
            assertThat(questionsAbout(one.hashes())).isPositive();
            assertThat(questionsAbout(other.hashes())).isZero();
        }
    }

    @Test
    void looksForManySwarmsAtOnce() throws Exception {
        putPeer(peer(1));
        var all = new ArrayList<Looking>();
        for (int i = 0; i < MANY; i++) {
            all.add(new Looking(swarm()));
        }
        for (var looking : all) {
            looking.updateUntil("the peer is found", () -> looking.found.contains(peer(1)));
        }
        all.forEach(Looking::close);
    }

    /** BEP 27: only the trackers that it names may learn of a private swarm, and this one names none. */
    @Test
    void asksNobodyAboutASwarmThatIsPrivate() throws Exception {
        putPeer(peer(1));
        var hidden = swarm(true, List.of());
        try (var looking = new Looking(hidden);
                var beside = new Looking(swarm())) {
            looking.update();
            beside.updateUntil("the peer is found", () -> beside.found.contains(peer(1)));
            looking.update();
            assertThat(looking.session.status()).isNotNull();
            assertThat(questionsAbout(hidden.hashes())).isZero();
            assertThat(looking.found).isEmpty();
        }
    }

    @Test
    void waitsForNobody() throws Exception {
        fallSilent();
        try (var looking = new Looking(swarm())) {
            looking.update();
            assertTimeoutPreemptively(AT_ONCE, () -> looking.session.status());
        }
    }

    @Test
    void findsNobodyOnceItIsClosed() throws Exception {
        var closed = new Looking(swarm());
        closed.update();
        closed.close();
        closed.close();
        closed.update();
        assertThat(closed.session.status()).isNotNull();
        putPeer(peer(2));
        try (var looking = new Looking(swarm())) {
            looking.updateUntil("the peer is found", () -> looking.found.contains(peer(2)));
        }
        assertThat(closed.found).doesNotContain(peer(2));
    }

    @Test
    void oneWhoCannotTakeWhatIsFoundCostsTheOthersNothing() throws Exception {
        putPeer(peer(1));
        var bad = there().discover(swarm(), peers -> {
            throw new IllegalStateException("this is part of the test");
        });
        bad.update(BEGINNING);
        try (var looking = new Looking(swarm())) {
            looking.updateUntil("the peer is found", () -> {
                bad.update(BEGINNING);
                return looking.found.contains(peer(1));
            });
        }
        bad.close();
    }
}
