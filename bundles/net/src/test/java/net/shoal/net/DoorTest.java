package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.shoal.api.net.DialOptions;
import net.shoal.api.net.Listener;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.net.Transport;
import net.shoal.base.model.PeerAddress;
import org.junit.jupiter.api.Test;

class DoorTest {
    private final Fakes.ScopedNetwork network = new Fakes.ScopedNetwork(NetworkScope.LOOPBACK, null);
    private final Reception reception = new Reception(network, SecurityPolicy.PREFER);
    private final Shown shown = new Shown();
    private final Door door = new Door(reception, NetworkScope.LOOPBACK, shown);
    private final FakeTransport tcp = new FakeTransport("tcp");

    @Test
    void showsWhereItListens() {
        door.add(tcp);
        assertThat(shown.last).isEqualTo("closed");
        door.moveTo(List.of(ListenAddress.parse("127.0.0.1:7000")));
        assertThat(shown.last).isEqualTo("listening 127.0.0.1:7000");
        door.close();
        assertThat(shown.last).isEqualTo("closed");
        assertThat(tcp.bound).isEmpty();
    }

    @Test
    void takesAnotherPortIfTheDefaultIsTaken() {
        tcp.taken.add(7716);
        door.add(tcp);
        door.moveTo(ListenAddress.parse(new String[0], NetworkScope.LOOPBACK));
        assertThat(shown.last).startsWith("listening 127.0.0.1:40000");
    }

    @Test
    void failsIfAPortThatWasAskedForIsTaken() {
        tcp.taken.add(7001);
        door.add(tcp);
        door.moveTo(List.of(ListenAddress.parse("127.0.0.1:7000"), ListenAddress.parse("127.0.0.1:7001")));
        assertThat(shown.last)
                .isEqualTo("failed cannot listen on 127.0.0.1:7001: Address already in use;"
                        + " give another [HOST:]PORT to listen on, or port 0 for any");
        assertThat(tcp.bound).as("not half a door").isEmpty();
    }

    @Test
    void isToldThatThereIsNoTellingWhereToListen() {
        door.refuse("cannot listen on 'x'");
        door.add(tcp);
        assertThat(shown.last).isEqualTo("failed cannot listen on 'x'");
        door.remove(tcp);
        assertThat(shown.last).isEqualTo("failed cannot listen on 'x'");
        door.add(tcp);
        door.moveTo(List.of(ListenAddress.parse("127.0.0.1:7000")));
        assertThat(shown.last).isEqualTo("listening 127.0.0.1:7000");
    }

    @Test
    void isPutRightByAnotherAddress() {
        tcp.taken.add(7000);
        door.add(tcp);
        door.moveTo(List.of(ListenAddress.parse("127.0.0.1:7000")));
        door.moveTo(List.of(ListenAddress.parse("127.0.0.1:7002")));
        assertThat(shown.last).isEqualTo("listening 127.0.0.1:7002");
    }

    @Test
    void givesAllTransportsTheSamePort() {
        var utp = new FakeTransport("utp");
        door.add(tcp);
        door.moveTo(List.of(ListenAddress.parse("127.0.0.1:0")));
        door.add(utp);
        assertThat(utp.bound).isEqualTo(tcp.bound).hasSize(1);
        assertThat(shown.last).isEqualTo("listening 127.0.0.1:40000");
    }

    @Test
    void keepsItsPortWhenATransportGoesAndComesBack() {
        door.add(tcp);
        door.moveTo(List.of(ListenAddress.parse("127.0.0.1:0")));
        door.remove(tcp);
        assertThat(shown.last).isEqualTo("closed");
        var again = new FakeTransport("tcp");
        again.next = 50_000;
        door.add(again);
        assertThat(shown.last).isEqualTo("listening 127.0.0.1:40000");
    }

    @Test
    void listensOnBothLoopbackAddressesWithOnePort() {
        door.add(tcp);
        door.moveTo(List.of(ListenAddress.parse("0")));
        assertThat(tcp.bound).hasSize(OwnAddresses.loopback().size());
        assertThat(tcp.bound.stream().map(InetSocketAddress::getPort).distinct())
                .hasSize(1);
    }

    private static final class Shown implements Door.Sign {
        String last = "nothing";

        @Override
        public void listening(List<InetSocketAddress> addresses) {
            last = "listening " + PeerAddress.ip(addresses.get(0));
        }

        @Override
        public void closed() {
            last = "closed";
        }

        @Override
        public void failed(String message) {
            last = "failed " + message;
        }
    }

    private static final class FakeTransport implements Transport {
        private final String scheme;
        final Set<Integer> taken = new HashSet<>();
        final List<InetSocketAddress> bound = new ArrayList<>();
        int next = 40_000;

        FakeTransport(String scheme) {
            this.scheme = scheme;
        }

        @Override
        public String scheme() {
            return scheme;
        }

        @Override
        public boolean canDial(PeerAddress address) {
            return false;
        }

        @Override
        public CompletionStage<Channel> dial(PeerAddress address, DialOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Listener> listen(InetSocketAddress local, Consumer<Channel> inbound) {
            if (taken.contains(local.getPort())) {
                return CompletableFuture.failedStage(
                        new IOException("cannot listen on " + PeerAddress.ip(local) + ": Address already in use"));
            }
            var real = new InetSocketAddress(local.getAddress(), local.getPort() == 0 ? next++ : local.getPort());
            bound.add(real);
            return CompletableFuture.completedStage(new Listener() {
                @Override
                public InetSocketAddress local() {
                    return real;
                }

                @Override
                public CompletionStage<Void> close() {
                    bound.remove(real);
                    return CompletableFuture.completedStage(null);
                }
            });
        }
    }
}
