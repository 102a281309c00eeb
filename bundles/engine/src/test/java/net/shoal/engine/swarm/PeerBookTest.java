package net.shoal.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.swarm.PeerBook.Origin;
import org.junit.jupiter.api.Test;

class PeerBookTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PeerBook book = new PeerBook(address -> 0);

    private static PeerAddress address(int number) {
        return address(10, number, 6881);
    }

    /** In network 10 or on this machine (127). */
    private static PeerAddress address(int network, int number, int port) {
        try {
            byte[] bytes = {(byte) network, 0, (byte) (number / 250), (byte) (number % 250)};
            return PeerAddress.ip(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAddressIsDialledByOneAttemptAtATime() {
        assertThat(book.add(address(1), Origin.DISCOVERY)).isTrue();
        assertThat(book.add(address(1), Origin.DISCOVERY)).isFalse();
        assertThat(book.next(0)).contains(address(1));
        assertThat(book.add(address(1), Origin.DISCOVERY)).isFalse();
        book.addFirst(address(1));
        assertThat(book.next(0)).isEmpty();
    }

    @Test
    void failuresAreTriedAgainEverMoreSeldom() {
        book.add(address(1), Origin.DISCOVERY);
        long now = 0;
        long lastWait = 0;
        for (int failure = 1; failure < 8; failure++) {
            assertThat(book.next(now)).isPresent();
            book.failed(address(1), now);
            assertThat(book.next(now + lastWait)).isEmpty();
            long wait = SECOND << (failure - 1);
            assertThat(wait).isGreaterThan(lastWait);
            lastWait = wait;
            now += wait;
        }
    }

    @Test
    void whoWasThereOnceIsTriedMoreOften() {
        book.add(address(1), Origin.DISCOVERY);
        long now = 0;
        book.next(now);
        book.reached(address(1));
        book.closed(address(1), now, 0, false);
        for (int failure = 1; failure < 20; failure++) {
            assertThat(book.next(now)).as("failure %s", failure).isPresent();
            book.failed(address(1), now);
            now += 10 * SECOND;
        }
    }

    @Test
    void whatFailedIsTriedAtOnceWhenTheNetworkHasChanged() {
        book.add(address(1), Origin.DISCOVERY);
        book.add(address(2), Origin.DISCOVERY);
        book.add(address(3), Origin.DISCOVERY);
        for (int i = 0; i < 3; i++) {
            book.next(0);
        }
        book.failed(address(1), 0);
        book.closed(address(2), 0, 600 * SECOND, true);
        book.wakeAll(1);
        assertThat(book.next(1)).contains(address(1));
        assertThat(book.next(1)).as("of no use, or connected").isEmpty();
    }

    @Test
    void whoNeverAnswersIsForgotten() {
        book.add(address(1), Origin.DISCOVERY);
        long now = 0;
        while (book.size() > 0) {
            book.next(now);
            book.failed(address(1), now);
            now += 3600 * SECOND;
        }
        assertThat(now).isLessThan(24 * 3600 * SECOND);
    }

    @Test
    void aLostPeerIsDialledAgainAfterAWhile() {
        book.add(address(1), Origin.DISCOVERY);
        book.next(0);
        book.closed(address(1), 0, 5 * SECOND, false);
        assertThat(book.next(4 * SECOND)).isEmpty();
        assertThat(book.next(5 * SECOND)).contains(address(1));
    }

    @Test
    void whatAUserNamesComesFirstAndWithoutDelay() {
        book.add(address(1), Origin.DISCOVERY);
        book.add(address(2), Origin.DISCOVERY);
        book.next(0);
        book.failed(address(1), 0);
        book.addFirst(address(1));
        assertThat(book.next(0)).contains(address(1));
    }

    @Test
    void itIsBoundedAndMakesRoomFromThoseThatFailed() {
        for (int i = 0; i < PeerBook.MAX_ADDRESSES; i++) {
            assertThat(book.add(address(i), Origin.DISCOVERY)).isTrue();
        }
        assertThat(book.add(address(PeerBook.MAX_ADDRESSES), Origin.DISCOVERY)).isFalse();
        var failed = book.next(0).orElseThrow();
        book.failed(failed, 0);
        assertThat(book.add(address(PeerBook.MAX_ADDRESSES), Origin.DISCOVERY)).isTrue();
        assertThat(book.size()).isEqualTo(PeerBook.MAX_ADDRESSES);
    }

    @Test
    void onePeerFillsOnlySoMuchOfTheBook() {
        for (int i = 0; i < 1_000; i++) {
            book.addHearsay(address(i), "liar");
        }
        assertThat(book.size()).isEqualTo(Hearsay.MAX_OF_ONE);
        assertThat(book.addHearsay(address(2_000), "another")).isTrue();
        assertThat(book.addHearsay(address(10, 2_000, 7), "another"))
                .as("another port of a host")
                .isFalse();
    }

    @Test
    void allPeersTogetherFillOnlySoMuchOfTheBook() {
        for (int i = 0; i < 2_900; i++) {
            book.addHearsay(address(i), "peer " + i / 50);
        }
        assertThat(book.size()).isEqualTo(Hearsay.MAX);
        assertThat(book.add(address(2_999), Origin.TRACKER)).isTrue();
    }

    /** Whatever a crowd of peers says: each second dial is for what the trackers say, and each peer has its turn. */
    @Test
    void thePeersThatNamedThemTakeTurnsAndTrackersWithThem() {
        for (int i = 0; i < 100; i++) {
            book.addHearsay(address(i), "liar");
        }
        book.addHearsay(address(500), "honest");
        book.add(address(600), Origin.TRACKER);
        book.add(address(601), Origin.DISCOVERY);
        var dialled =
                IntStream.range(0, 5).mapToObj(i -> book.next(0).orElseThrow()).toList();
        assertThat(dialled).contains(address(500), address(600), address(601));
    }

    @Test
    void aPeerWhoseAddressesLeadNowhereIsNotBelievedAnyMore() {
        for (int i = 0; i < 100; i++) {
            book.addHearsay(address(i), "liar");
        }
        for (int i = 0; i < Hearsay.DEAD_ENDS; i++) {
            book.failed(book.next(0).orElseThrow(), 0);
        }
        giveUp(Hearsay.DEAD_ENDS);
        assertThat(book.addHearsay(address(900), "liar")).isFalse();
        assertThat(book.addHearsay(address(900), "honest")).isTrue();
    }

    private void giveUp(int count) {
        long now = 0;
        for (int i = 0; i < 20 * count; i++) {
            now += 600 * SECOND;
            for (var next = book.next(now); next.isPresent(); next = book.next(now)) {
                book.failed(next.get(), now);
            }
        }
        assertThat(book.size()).isZero();
    }

    @Test
    void whereAPeerWasRightItMayBeWrongAtTimes() {
        for (int i = 0; i < 100; i++) {
            book.addHearsay(address(i), "peer");
        }
        book.reached(book.next(0).orElseThrow());
        for (int i = 1; i < 100; i++) {
            book.failed(book.next(0).orElseThrow(), 0);
        }
        assertThat(book.addHearsay(address(900), "peer"))
                .as("it has room for one more, since one was right")
                .isTrue();
    }

    @Test
    void thoseWeWereConnectedToComeBeforeNewOnes() {
        book.add(address(1), Origin.TRACKER);
        book.next(0);
        book.reached(address(1));
        book.closed(address(1), 0, 5 * SECOND, false);
        book.addHearsay(address(2), "peer");
        book.add(address(3), Origin.TRACKER);
        assertThat(book.next(5 * SECOND)).contains(address(1));
    }

    @Test
    void ofHighPriorityComesFirst() {
        var ordered = new PeerBook(
                address -> address.inet().orElseThrow().getAddress().getAddress()[3]);
        for (int i : new int[] {3, 9, 1, 7}) {
            ordered.add(address(i), Origin.TRACKER);
        }
        assertThat(ordered.next(0)).contains(address(9));
        assertThat(ordered.next(0)).contains(address(7));
    }

    @Test
    void aPrivateTorrentKeepsWhatTrackersSay() {
        book.addHearsay(address(1), "peer");
        book.addHearsay(address(2), "peer");
        book.add(address(2), Origin.TRACKER);
        book.add(address(3), Origin.DISCOVERY);
        book.addFirst(address(4));
        book.keepOnly(Origin.TRACKER);
        assertThat(book.size()).isEqualTo(1);
        assertThat(book.next(0)).contains(address(2));
    }

    @Test
    void whoWasOfNoUseIsAskedAgainWhenThatChanges() {
        book.add(address(1), Origin.TRACKER);
        book.next(0);
        book.reached(address(1));
        book.closed(address(1), 0, 600 * SECOND, true);
        assertThat(book.next(10 * SECOND)).isEmpty();
        book.wakeRedundant(10 * SECOND);
        assertThat(book.next(10 * SECOND)).contains(address(1));
    }

    @Test
    void whoDialledUsIsNotDialledWhileItIsConnected() {
        book.connectedFrom(address(1));
        assertThat(book.next(3_600 * SECOND)).isEmpty();
        book.closed(address(1), 3_600 * SECOND, 60 * SECOND, false);
        assertThat(book.next(3_660 * SECOND)).contains(address(1));
    }

    @Test
    void theBannedAreNotTakenFromAnyPort() {
        book.ban(address(1));
        assertThat(book.add(address(10, 1, 7000), Origin.DISCOVERY)).isFalse();
        book.ban(address(127, 1, 1));
        assertThat(book.add(address(127, 1, 2), Origin.DISCOVERY)).isTrue();
    }
}
