package net.shoal.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.FoundNode;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.GroupAddress;
import net.shoal.api.net.Multicast;
import net.shoal.api.net.MulticastGroup;
import net.shoal.api.net.MulticastHandler;
import net.shoal.api.net.MulticastPlace;
import net.shoal.api.transfer.DiscoverySession.Progress;
import net.shoal.api.transfer.Visibility;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The component in a network where a test listens. Time passes ten times as fast. */
@Timeout(60)
class MdnsDiscoveryTest implements Multicast {
    private static final MulticastPlace ETH =
            new MulticastPlace("eth0", 2, false, List.of(new MulticastPlace.Subnet(Lan.address("10.0.0.1"), 24)));
    private static final FrontDoor DOOR = new FrontDoor() {
        @Override
        public List<InetSocketAddress> addresses() {
            return List.of(new InetSocketAddress(Lan.address("10.0.0.1"), 7_716));
        }

        @Override
        public int port() {
            return 7_716;
        }
    };

    private final EventLoop loop = new DefaultEventLoop();
    private final Queue<DnsMessage> said = new ConcurrentLinkedQueue<>();
    private final List<MulticastPlace> places = new ArrayList<>(List.of(ETH));
    private volatile MulticastHandler handler;
    private final MdnsDiscovery discovery = discovery(true);

    private MdnsDiscovery discovery(boolean enabled) {
        return new MdnsDiscovery(
                this, enabled, "anna", "1.2.3", () -> 10 * TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    @AfterEach
    void close() throws InterruptedException {
        discovery.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void publishesTheNodeAndSaysGoodbye() throws InterruptedException {
        open();
        Awaitility.await().until(() -> said.stream().anyMatch(DnsMessage::isResponse));
        var answers = said.stream()
                .filter(DnsMessage::isResponse)
                .findFirst()
                .orElseThrow()
                .answers();
        var instance = OwnService.SERVICE.child("anna");
        assertThat(answers)
                .contains(
                        new DnsRecord.Ptr(OwnService.SERVICE, OwnService.OTHER_TTL, instance),
                        new DnsRecord.Ptr(OwnService.ALL, OwnService.OTHER_TTL, OwnService.SERVICE),
                        new DnsRecord.Txt(instance, OwnService.OTHER_TTL, List.of("txtvers=1", "version=1.2.3")))
                .anySatisfy(record -> assertThat(record)
                        .isInstanceOfSatisfying(DnsRecord.Srv.class, srv -> assertThat(srv.port())
                                .isEqualTo(7_716)))
                .anySatisfy(record -> assertThat(record)
                        .isInstanceOfSatisfying(DnsRecord.Address.class, address -> assertThat(address.address())
                                .isEqualTo(Lan.address("10.0.0.1"))));
        assertThat(check(discovery)).contains("know this one as 'anna' (mDNS) at eth0 (IPv4)", "0 other nodes");
        said.clear();
        discovery.close();
        assertThat(said).anySatisfy(message -> assertThat(message.answers())
                .contains(new DnsRecord.Ptr(OwnService.SERVICE, 0, instance)));
        assertThat(handler).as("the group is left").isNull();
    }

    @Test
    void givesTheNodesItFindsToTransfersButNotToPrivateOnes() {
        open();
        var bert = new OwnService(OwnService.SERVICE.child("bert"), DnsName.of("bert.local"), 9_000, List.of());
        var there =
                new MulticastPlace("eth0", 2, false, List.of(new MulticastPlace.Subnet(Lan.address("10.0.0.2"), 24)));
        hear("10.0.0.2", 5_353, bert, there);
        var peer = PeerAddress.ip(Lan.address("10.0.0.2"), 9_000);
        Awaitility.await().until(() -> discovery.nodes().equals(List.of(new FoundNode("bert", List.of(peer)))));
        assertThat(found(false)).containsExactly(peer);
        assertThat(found(true)).isEmpty();
        assertThat(check(discovery)).contains("1 other node is there.", "'bert' at 10.0.0.2:9000.");
    }

    @Test
    void doesNotBelieveStrangers() {
        open();
        var evil = new OwnService(OwnService.SERVICE.child("evil"), DnsName.of("evil.local"), 9_000, List.of());
        var there =
                new MulticastPlace("eth0", 2, false, List.of(new MulticastPlace.Subnet(Lan.address("10.0.0.2"), 24)));
        hear("10.0.7.2", 5_353, evil, there);
        hear("10.0.0.2", 40_000, evil, there);
        loop.submit(() -> {}).syncUninterruptibly();
        assertThat(discovery.nodes()).isEmpty();
    }

    @Test
    void isSilentWhereThereIsNobodyAndWhereItIsSwitchedOff() throws InterruptedException {
        places.clear();
        open();
        loop.submit(() -> {}).syncUninterruptibly();
        assertThat(check(discovery)).contains("listens at no address of a local network");
        var off = discovery(false);
        off.open();
        off.setDoor(DOOR);
        assertThat(check(off)).contains("net.shoal.discovery.mdns:enabled");
        off.close();
        assertThat(said).isEmpty();
    }

    @Test
    void aNodeIsCalledAsItsMachineUnlessSomebodySaysOtherwise() {
        assertThat(NodeName.of(" Anna's \u202Enode ", Map.of())).isEqualTo("Anna's \uFFFDnode");
        assertThat(NodeName.of("", Map.of("HOSTNAME", "pc.example.org")))
                .isNotEmpty()
                .doesNotContain(".");
    }

    private void open() {
        discovery.open();
        discovery.setDoor(DOOR);
    }

    private List<PeerAddress> found(boolean isPrivate) {
        var found = new ArrayList<PeerAddress>();
        var hash = new Sha1Hash(1, 2, 3);
        var wanted = new Wanted(
                InfoHashes.of(new InfoHash.V1(hash)),
                List.of(),
                isPrivate,
                true,
                Visibility.LINK,
                new PeerId(hash),
                7_716);
        discovery.discover(wanted, found::addAll).update(new Progress(0, 0, 1, 1, false, 9));
        return found;
    }

    private void hear(String sender, int port, OwnService service, MulticastPlace from) {
        var datagram = DnsWriter.write(DnsMessage.response(service.records(from)));
        loop.execute(() -> handler.received(ETH, new InetSocketAddress(Lan.address(sender), port), datagram));
    }

    private static String check(MdnsDiscovery of) {
        return new MdnsCheck(of).execute().toString();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public MulticastGroup join(GroupAddress address, MulticastHandler joining) {
        handler = joining;
        loop.execute(() -> joining.placesChanged(List.copyOf(places)));
        return new MulticastGroup() {
            @Override
            public List<MulticastPlace> places() {
                return List.copyOf(places);
            }

            @Override
            public void send(MulticastPlace from, ByteBuffer datagram) {
                said.add(DnsReader.read(datagram).orElseThrow());
            }

            @Override
            public void close() {
                handler = null;
            }
        };
    }
}
