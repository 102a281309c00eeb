package net.shoal.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
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
    void theBannedAreNotTakenFromAnyPort() {
        book.ban(address(1));
        assertThat(book.add(address(10, 1, 7000), Origin.DISCOVERY)).isFalse();
        book.ban(address(127, 1, 1));
        assertThat(book.add(address(127, 1, 2), Origin.DISCOVERY)).isTrue();
    }
}
