package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.GroupAddress;
import net.shoal.api.net.MulticastHandler;
import net.shoal.api.net.MulticastPlace;
import net.shoal.api.net.NetworkScope;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of the loopback interface, which no node joins: with no hops nothing leaves this machine. */
@Timeout(60)
class MulticastTest {
    private static final String THREAD = "shoal-multicast";

    private final NodeNetwork network = new NodeNetwork(NetworkScope.LAN, 1, List.of());
    private final GroupAddress address = new GroupAddress(
            (Inet4Address) Fakes.address("239.192.152.144"),
            (Inet6Address) Fakes.address("ff11::efc0:988f"),
            ThreadLocalRandom.current().nextInt(20_000, 30_000),
            0,
            100);
    private volatile List<MulticastPlace> places = List.of(loopback(false));
    private final LocalMulticast multicast = new LocalMulticast(network, () -> places);

    @AfterEach
    void close() {
        multicast.close();
        network.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals(THREAD));
    }

    @Test
    void whoHasJoinedHearsWhatIsSaidToTheGroup() throws Exception {
        var one = new Heard();
        var two = new Heard();
        var group = multicast.join(address, one);
        multicast.join(address, two);
        Awaitility.await().until(() -> one.places.equals(places) && two.places.equals(places));
        group.send(places.get(0), text("x".repeat(101)));
        group.send(places.get(0), text("hello"));
        assertThat(two.next()).isEqualTo("hello");
        assertThat(one.next()).as("what comes back").isEqualTo("hello");
    }

    @Test
    void joinsAGroupOnceItsPortIsFree() throws Exception {
        var heard = new Heard();
        try (var impatient = new LocalMulticast(network, () -> places, 50)) {
            try (var other = new DatagramSocket(null)) {
                other.setReuseAddress(false);
                other.bind(new InetSocketAddress(address.v4(), address.port()));
                var group = impatient.join(address, heard);
                impatient.look();
                assertThat(group.places()).isEmpty();
            }
            Awaitility.await().until(() -> heard.places.equals(places));
        }
    }

    @Test
    void followsInterfacesThatComeAndGo() throws Exception {
        var heard = new Heard();
        places = List.of();
        var group = multicast.join(address, heard);
        var place = loopback(false);
        places = List.of(place);
        multicast.look();
        Awaitility.await().until(() -> heard.places.equals(List.of(place)));
        group.send(place, text("here"));
        assertThat(heard.next()).isEqualTo("here");
        places = List.of();
        multicast.look();
        Awaitility.await().until(() -> heard.places.isEmpty() && group.places().isEmpty());
        group.send(place, text("nowhere"));
        places = List.of(new MulticastPlace("gone0", 77, false, place.addresses()));
        multicast.look();
        places = List.of(place);
        multicast.look();
        Awaitility.await().until(() -> group.places().equals(places));
        group.send(place, text("again"));
        assertThat(heard.next()).isEqualTo("again");
    }

    @Test
    void whoHasLeftHearsNothingAndWhoThrowsHearsOn() throws Exception {
        var heard = new Heard();
        var left = new Heard();
        var group = multicast.join(address, heard);
        multicast.join(address, (place, sender, datagram) -> {
            throw new IllegalStateException("on purpose");
        });
        multicast.join(address, left).close();
        Awaitility.await().until(() -> !heard.places.isEmpty());
        for (var word : List.of("one", "two")) {
            group.send(places.get(0), text(word));
            assertThat(heard.next()).isEqualTo(word);
        }
        assertThat(left.texts).isEmpty();
    }

    @Test
    void onLoopbackThereIsNone() {
        try (var inside = new NodeNetwork(NetworkScope.LOOPBACK, 1, List.of())) {
            var silent = new LocalMulticast(inside, () -> places);
            var heard = new Heard();
            var group = silent.join(address, heard);
            Awaitility.await().until(() -> heard.told > 0);
            assertThat(group.places()).isEmpty();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals(THREAD));
            group.close();
            silent.close();
            assertThat(LocalPlaces.now(NetworkScope.LOOPBACK, List.of(new InetSocketAddress(7716))))
                    .isEmpty();
            assertThat(LocalPlaces.now(NetworkScope.LAN, List.of(new InetSocketAddress(Fakes.address("127.0.0.1"), 1))))
                    .as("a node that others cannot reach has nothing to say")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 24, 10.1.2.200, true",
        "10.1.2.3, 24, 10.1.3.3, false",
        "10.1.2.3, 31, 10.1.2.2, true",
        "10.1.2.3, 31, 10.1.2.1, false",
        "10.1.2.3, 0, 192.168.0.1, true",
        "fd00::1, 64, fd00::2:1, true",
        "fd00::1, 64, fd00:0:0:1::2, false",
        "fd00::1, 64, fe80::7, true",
        "fd00::1, 64, 10.1.2.3, false",
    })
    void knowsWhatIsOnTheLink(String own, int prefix, String other, boolean expected) {
        var place = new MulticastPlace("eth0", 2, true, List.of(new MulticastPlace.Subnet(Fakes.address(own), prefix)));
        assertThat(place.isOnLink(Fakes.address(other))).isEqualTo(expected);
    }

    private static MulticastPlace loopback(boolean v6) {
        try {
            var at = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
            return new MulticastPlace(
                    at.getName(),
                    at.getIndex(),
                    v6,
                    List.of(new MulticastPlace.Subnet(InetAddress.getLoopbackAddress(), 8)));
        } catch (java.net.SocketException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteBuffer text(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    private static final class Heard implements MulticastHandler {
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        volatile List<MulticastPlace> places = List.of();
        volatile int told;

        @Override
        public void received(MulticastPlace place, InetSocketAddress sender, ByteBuffer datagram) {
            texts.add(StandardCharsets.UTF_8.decode(datagram).toString());
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // on the loop alone
        public void placesChanged(List<MulticastPlace> now) {
            places = now;
            told++;
        }

        String next() throws InterruptedException {
            var next = texts.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("a datagram").isNotNull();
            return next;
        }
    }
}
