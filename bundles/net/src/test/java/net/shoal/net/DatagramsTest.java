package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEventLoopGroup;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.Datagram;
import net.shoal.api.net.DatagramHandler;
import net.shoal.api.net.Datagrams;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.NetworkScope;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(NoLeaks.class)
class DatagramsTest {
    private static final InetAddress LOCAL = Fakes.address("127.0.0.1");

    private final IoEventLoopGroup loops = loops();
    private final DatagramsComponent component =
            new DatagramsComponent(new Fakes.ScopedNetwork(NetworkScope.LOOPBACK, loops));
    private final Heard heard = new Heard();
    private DatagramSocket remote;

    /** As good as this machine has them; {@link DatagramsByNioTest} has those that are everywhere. */
    IoEventLoopGroup loops() {
        return EventLoops.open(1);
    }

    @BeforeEach
    void open() throws IOException {
        remote = new DatagramSocket(0, LOCAL);
    }

    @AfterEach
    void close() throws InterruptedException {
        remote.close();
        component.deactivate();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    @Test
    void tellsProtocolsApartByTheirFirstBytes() throws Exception {
        var socket = listen("127.0.0.1");
        var others = new Heard();
        component.claim(first -> first.getByte(0) == 'd', heard);
        component.claim(first -> true, others);
        say(socket, "d1:q4:ping");
        say(socket, "");
        say(socket, "utp");
        assertThat(heard.next()).isEqualTo("d1:q4:ping");
        assertThat(others.next()).isEqualTo("utp");
        assertThat(heard.senders).containsExactly((InetSocketAddress) remote.getLocalSocketAddress());
        assertThat(heard.locals).containsExactly(socket);
    }

    @Test
    void sendsAndAnswersFromTheSocketThatListens() throws Exception {
        var socket = listen("127.0.0.1");
        var to = (InetSocketAddress) remote.getLocalSocketAddress();
        assertThat(component.send(to, text("question"))).isTrue();
        assertThat(component.sendFrom(socket, to, text("answer"))).isTrue();
        for (var expected : List.of("question", "answer")) {
            var packet = hear();
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .isEqualTo(expected);
            assertThat(packet.getSocketAddress()).isEqualTo(socket);
        }
    }

    @Test
    void sendsNothingBeyondTheScopeAndNothingThatCannotGetThere() {
        var socket = listen("127.0.0.1");
        for (var nowhere : List.of("10.0.0.1", "203.0.113.1", "239.192.152.143", "::1", "fe80::1", "255.255.255.255")) {
            assertThat(component.send(new InetSocketAddress(Fakes.address(nowhere), 6881), text("x")))
                    .as(nowhere)
                    .isFalse();
        }
        assertThat(component.sendFrom(socket, new InetSocketAddress(Fakes.address("10.0.0.1"), 6881), text("x")))
                .isFalse();
        assertThat(component.send(new InetSocketAddress(LOCAL, 0), text("x"))).isFalse();
        assertThat(component.send(InetSocketAddress.createUnresolved("localhost", 1), text("x")))
                .isFalse();
        assertThat(component.sendFrom(
                        new InetSocketAddress(LOCAL, 1),
                        new InetSocketAddress(LOCAL, remote.getLocalPort()),
                        text("x")))
                .as("from a socket that is not ours")
                .isFalse();
    }

    @Test
    void dropsWhatIsTooLong() throws Exception {
        var socket = listen("127.0.0.1");
        component.claim(first -> true, heard);
        for (int length : new int[] {Datagrams.MAX_LENGTH + 1, 9_000, 60_000, Datagrams.MAX_LENGTH}) {
            say(socket, "x".repeat(length));
        }
        assertThat(heard.next()).hasSize(Datagrams.MAX_LENGTH);
        var to = (InetSocketAddress) remote.getLocalSocketAddress();
        assertThat(component.send(to, Unpooled.buffer().writeZero(Datagrams.MAX_LENGTH + 1)))
                .isFalse();
        assertThat(component.send(to, Unpooled.buffer().writeZero(Datagrams.MAX_LENGTH)))
                .isTrue();
        assertThat(hear().getLength()).isEqualTo(Datagrams.MAX_LENGTH);
    }

    @Test
    void whoThrowsLosesOneDatagram() throws Exception {
        var socket = listen("127.0.0.1");
        component.claim(first -> true, new Heard() {
            @Override
            public void received(Datagram datagram) {
                heard.received(datagram);
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void addressesChanged(List<InetSocketAddress> open) {
                throw new IllegalStateException("on purpose");
            }
        });
        say(socket, "one");
        say(socket, "two");
        assertThat(heard.next()).isEqualTo("one");
        assertThat(heard.next()).isEqualTo("two");
    }

    @Test
    void aClosedClaimHearsNothing() throws Exception {
        var socket = listen("127.0.0.1");
        var early = new Heard();
        component.claim(first -> true, early).close();
        component.claim(first -> true, heard);
        say(socket, "one");
        assertThat(heard.next()).isEqualTo("one");
        assertThat(early.texts).isEmpty();
    }

    @Test
    void hearsABurst() throws Exception {
        var socket = listen("127.0.0.1");
        component.claim(first -> true, heard);
        for (int i = 0; i < 100; i++) {
            say(socket, "number " + i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(heard.next()).isEqualTo("number " + i);
        }
    }

    @Test
    void movesWithTheFrontDoorAndTellsSo() throws Exception {
        component.claim(first -> true, heard);
        var first = door("127.0.0.1", 0);
        component.setDoor(first);
        awaitAddresses(1);
        var socket = component.addresses().get(0);
        var second = door("127.0.0.2", socket.getPort());
        component.setDoor(second);
        component.unsetDoor(first);
        Awaitility.await()
                .until(() -> component.addresses().equals(second.addresses()) && heard.open.equals(second.addresses()));
        try (var free = new DatagramSocket(socket)) {
            assertThat(free.isBound()).as("the old one is closed").isTrue();
        }
        say(second.addresses().get(0), "here");
        assertThat(heard.next()).isEqualTo("here");
        component.unsetDoor(second);
        Awaitility.await().until(() -> component.addresses().isEmpty() && heard.open.isEmpty());
        assertThat(component.send((InetSocketAddress) remote.getLocalSocketAddress(), text("x")))
                .isFalse();
    }

    @Test
    void goesOnWithoutAPortThatIsTaken() {
        var taken = (InetSocketAddress) remote.getLocalSocketAddress();
        component.setDoor(door(List.of(taken, new InetSocketAddress(Fakes.address("127.0.0.2"), 0))));
        awaitAddresses(1);
        Awaitility.await().until(() -> !component.failures().isEmpty());
        assertThat(component.failures())
                .singleElement()
                .asString()
                .startsWith("UDP cannot be had at 127.0.0.1:" + taken.getPort())
                .contains("give another [HOST:]PORT");
        assertThat(component.addresses().get(0).getAddress()).isEqualTo(Fakes.address("127.0.0.2"));
    }

    @Test
    void aPortThatIsTakenIsHadOnceItIsFree() throws Exception {
        var taken = (InetSocketAddress) remote.getLocalSocketAddress();
        var patient = new DatagramsComponent(new Fakes.ScopedNetwork(NetworkScope.LOOPBACK, loops), 50);
        patient.setDoor(door(List.of(taken)));
        Awaitility.await().until(() -> !patient.failures().isEmpty());
        assertThat(patient.addresses()).isEmpty();
        remote.close();

        Awaitility.await().until(() -> patient.addresses().equals(List.of(taken)));
        assertThat(patient.failures()).isEmpty();
        patient.deactivate();
    }

    @Test
    void servesBothFamilies() throws Exception {
        assumeTrue(OwnAddresses.loopback().size() == 2, "this machine has no IPv6 loopback address");
        component.setDoor(door(List.of(
                new InetSocketAddress(LOCAL, 0),
                new InetSocketAddress(OwnAddresses.loopback().get(1), 0))));
        awaitAddresses(2);
        component.claim(first -> true, heard);
        try (var six = new DatagramSocket(0, OwnAddresses.loopback().get(1))) {
            assertThat(component.send((InetSocketAddress) six.getLocalSocketAddress(), text("six")))
                    .isTrue();
            six.setSoTimeout(30_000);
            var packet = new DatagramPacket(new byte[100], 100);
            six.receive(packet);
            six.send(new DatagramPacket(packet.getData(), packet.getLength(), packet.getSocketAddress()));
            assertThat(heard.next()).isEqualTo("six");
            assertThat(heard.senders).containsExactly((InetSocketAddress) six.getLocalSocketAddress());
        }
    }

    private InetSocketAddress listen(String host) {
        component.setDoor(door(host, 0));
        awaitAddresses(1);
        return component.addresses().get(0);
    }

    private void awaitAddresses(int count) {
        Awaitility.await().until(() -> component.addresses().size() == count);
    }

    private static FrontDoor door(String host, int port) {
        return door(List.of(new InetSocketAddress(Fakes.address(host), port)));
    }

    private static FrontDoor door(List<InetSocketAddress> addresses) {
        return new FrontDoor() {
            @Override
            public List<InetSocketAddress> addresses() {
                return addresses;
            }

            @Override
            public int port() {
                return addresses.get(0).getPort();
            }
        };
    }

    private void say(InetSocketAddress to, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        remote.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private DatagramPacket hear() throws IOException {
        remote.setSoTimeout(30_000);
        var packet = new DatagramPacket(new byte[65_000], 65_000);
        remote.receive(packet);
        return packet;
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static class Heard implements DatagramHandler {
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        final BlockingQueue<InetSocketAddress> senders = new LinkedBlockingQueue<>();
        final BlockingQueue<InetSocketAddress> locals = new LinkedBlockingQueue<>();
        volatile List<InetSocketAddress> open = List.of();

        @Override
        public void received(Datagram datagram) {
            senders.add(datagram.sender());
            locals.add(datagram.local());
            texts.add(datagram.content().toString(StandardCharsets.UTF_8));
        }

        @Override
        public void addressesChanged(List<InetSocketAddress> now) {
            open = now;
        }

        String next() throws InterruptedException {
            var next = texts.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("a datagram").isNotNull();
            return next;
        }
    }
}
