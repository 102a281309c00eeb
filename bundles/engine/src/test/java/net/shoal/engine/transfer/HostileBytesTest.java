package net.shoal.engine.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes that are no messages, behind a good handshake: the connection ends, or nothing comes of them, and others are served all the while. */
@Timeout(120)
class HostileBytesTest extends EnginesTest {
    private static final int SIZE = 6_000_000;
    private static final int PATIENCE_MILLIS = 30_000;

    /** @param bytes in Latin-1 */
    private record Row(String bytes, boolean cut) {}

    private static Map<String, Row> rows() {
        var rows = new LinkedHashMap<String, Row>();
        cut(rows, "4 GiB", "ffffffff 14");
        cut(rows, "2 GiB", "7fffffff 14");
        cut(rows, "a byte over 1 MiB", "00100001 63");
        cut(rows, "choke with a body", "00000002 00 00");
        cut(rows, "unchoke with a body", "00000003 01 0000");
        cut(rows, "have of three bytes", "00000004 04 000000");
        cut(rows, "have of five bytes", "00000006 04 0000000000");
        cut(rows, "an empty bitfield", "00000001 05");
        cut(rows, "half a request", "00000007 06 000000000000");
        cut(rows, "a request and more", "0000000e 06 00000000 00000000 00004000 00");
        cut(rows, "a block without bytes", "00000009 07 00000000 00000000");
        cut(rows, "a block over 128 KiB", "0002000a 07 00000000 00000000");
        cut(rows, "a port of three bytes", "00000004 09 000000");
        cut(rows, "have all of something", "00000002 0e 00");
        cut(rows, "reject of nothing", "00000001 10");
        cut(rows, "an extension message without an id", "00000001 14");
        cut(rows, "an extension message over 256 KiB", "00040002 14 00");
        cut(rows, "an extended handshake of zeros", "00000003 14 00 00");
        cut(rows, "half a hash request", "00000020 15" + "00".repeat(31));
        cut(rows, "hashes that are no whole number", "00000032 16" + "00".repeat(49));
        cut(rows, "keep-alives without end", "00000000".repeat(10_000));
        rows.put("HTTP", new Row("GET /announce HTTP/1.1\r\nHost: x\r\n\r\n", true));
        rows.put("the handshake again", new Row("\23BitTorrent protocol", true));
        rows.put("TLS", new Row(hex("160301020001000001fc0303"), true));
        for (int seed = 1; seed <= 4; seed++) {
            var noise = new byte[1 << 20];
            new Random(seed).nextBytes(noise);
            rows.put("noise " + seed, new Row(new String(noise, ISO_8859_1), true));
        }
        ignored(rows, "a megabyte of an unknown kind", "00100000 63" + "00".repeat((1 << 20) - 1));
        ignored(rows, "an unknown kind without a body", "00000001 ff");
        ignored(rows, "the beginning of a length", "0000");
        ignored(rows, "the beginning of a message", "00003fff 14 01 64");
        ignored(rows, "the beginning of a block", "00004009 07 00000000 00000000 00");
        return rows;
    }

    private static void cut(Map<String, Row> rows, String name, String hex) {
        rows.put(name, new Row(hex(hex), true));
    }

    private static void ignored(Map<String, Row> rows, String name, String hex) {
        rows.put(name, new Row(hex(hex), false));
    }

    private static String hex(String digits) {
        return new String(HexFormat.of().parseHex(digits.replace(" ", "")), ISO_8859_1);
    }

    @Test
    void theirSenderIsCutOffOrIgnoredAndOthersAreServed() throws Exception {
        var seeder = engine("a");
        var file = file("in/file.bin", SIZE);
        var metainfo = share(seeder, file, Format.V1, 16_384);
        var sockets = new LinkedHashMap<String, Socket>();
        int number = 0;
        try {
            for (var row : rows().entrySet()) {
                var socket =
                        connect(seeder, metainfo.info().hashes().wireForms().get(0), number++);
                sockets.put(row.getKey(), socket);
                say(socket, row.getValue().bytes.getBytes(ISO_8859_1));
            }
            var leecher = engine("b");
            var transfer = leecher.add(
                    new Source.Torrent(metainfo), dir("out"), Existing.KEEP_VERIFIED, seeder.network.address());
            awaitState(transfer, "seeding");
            assertThat(folder.resolve("out/file.bin")).hasSameBinaryContentAs(file);
            for (var row : rows().entrySet()) {
                assertThat(isCut(sockets.get(row.getKey()), row.getValue().cut))
                        .as("%s ends the connection", row.getKey())
                        .isEqualTo(row.getValue().cut);
            }
        } finally {
            for (var socket : sockets.values()) {
                socket.close();
            }
        }
    }

    @Test
    void whoAsksAndDoesNotReadIsCutOff() throws Exception {
        var seeder = engine("a");
        var metainfo = share(seeder, file("in/file.bin", SIZE), Format.V1, 16_384);
        // each is answered with as much, and the extension is under the first id there is
        var request = hex("0000001b 14 08").getBytes(ISO_8859_1);
        var dict = "d8:msg_typei0e5:piecei9ee".getBytes(ISO_8859_1);
        var flood = ByteBuffer.allocate((request.length + dict.length) * 1_000);
        while (flood.hasRemaining()) {
            flood.put(request).put(dict);
        }
        try (var socket = connect(seeder, metainfo.info().hashes().wireForms().get(0), 0)) {
            say(socket, hex("0000001a 14 00").getBytes(ISO_8859_1));
            say(socket, "d1:md11:ut_metadatai1eee".getBytes(ISO_8859_1));
            long sent = 0;
            boolean cut = false;
            while (!cut && sent < 200L << 20) {
                cut = !say(socket, flood.array());
                sent += flood.capacity();
            }
            assertThat(cut).as("cut off after %s bytes", sent).isTrue();
        }
    }

    private static Socket connect(TestEngine to, Sha1Hash infoHash, int number) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), to.network.port());
        var id = PeerId.random("-XX0000-", new Random(number));
        var hello = ByteBuffer.allocate(Handshake.LENGTH);
        new Handshake(Handshake.EXTENSION_PROTOCOL | Handshake.FAST, infoHash, id).write(hello);
        socket.getOutputStream().write(hello.array());
        assertThat(socket.getInputStream().readNBytes(Handshake.LENGTH)).hasSize(Handshake.LENGTH);
        return socket;
    }

    /** @return false if the connection is over */
    private static boolean say(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isCut(Socket socket, boolean expected) throws IOException {
        socket.setSoTimeout(expected ? PATIENCE_MILLIS : 200);
        try {
            while (socket.getInputStream().read() >= 0) {}
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
