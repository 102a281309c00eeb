package net.shoal.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DnsMessageTest {
    private static final DnsName INSTANCE = OwnService.SERVICE.child("Anna's PC. Ü");
    private static final DnsName HOST = DnsName.of("shoal-1.local");

    @Test
    void readsWhatItWrites() throws Exception {
        var message = DnsMessage.response(List.of(
                new DnsRecord.Ptr(OwnService.SERVICE, 4_500, INSTANCE),
                new DnsRecord.Srv(INSTANCE, 120, 7_716, HOST),
                new DnsRecord.Txt(INSTANCE, 4_500, List.of("txtvers=1", "version=0.1.0")),
                new DnsRecord.Address(HOST, 120, InetAddress.getByName("10.0.0.1")),
                new DnsRecord.Address(HOST, 120, InetAddress.getByName("fd00::1"))));
        assertThat(DnsReader.read(DnsWriter.write(message))).contains(message);
        var probe = DnsMessage.query(
                List.of(new DnsMessage.Question(INSTANCE, DnsRecord.TYPE_ANY)),
                List.of(),
                List.of(new DnsRecord.Srv(INSTANCE, 120, 7_716, HOST)));
        assertThat(DnsReader.read(DnsWriter.write(probe))).contains(probe);
    }

    /** As Avahi 0.8 sends it, with pointers. */
    @Test
    void readsNamesThatAreCompressed() {
        var packet = "000084000000000100000000" + hex("\6_shoal\4_tcp\5local\0") + "000c00010000119400" + "07"
                + hex("\4anna") + "c00c";
        var read =
                DnsReader.read(ByteBuffer.wrap(HexFormat.of().parseHex(packet))).orElseThrow();
        assertThat(read.answers())
                .containsExactly(new DnsRecord.Ptr(OwnService.SERVICE, 4_500, OwnService.SERVICE.child("anna")));
    }

    @Test
    void namesAreTheSameInUpperCase() {
        assertThat(DnsName.of("_SHOAL._tcp.Local"))
                .isEqualTo(OwnService.SERVICE)
                .hasSameHashCodeAs(OwnService.SERVICE);
        assertThat(OwnService.SERVICE.isParentOf(DnsName.of("_SHOAL._TCP.LOCAL").child("x")))
                .isTrue();
        assertThat(OwnService.SERVICE.isParentOf(OwnService.SERVICE)).isFalse();
    }

    @Test
    void pointersThatLeadInACircleOrForwardAreRefused() {
        for (var name : List.of("c00c", "c00d", "c0ff", "01" + "61" + "c00c", "ffff")) {
            var packet = "000000000001000000000000" + name + "000c0001";
            assertThat(DnsReader.read(ByteBuffer.wrap(HexFormat.of().parseHex(packet))))
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void whatIsCutOffOrTooLongIsNone() {
        var whole = DnsWriter.write(DnsMessage.response(List.of(new DnsRecord.Ptr(OwnService.SERVICE, 1, INSTANCE))));
        for (int length = 0; length < whole.limit(); length++) {
            assertThat(DnsReader.read(whole.duplicate().limit(length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        var longName = new DnsName(Collections.nCopies(60, "label"));
        assertThat(DnsReader.read(DnsWriter.write(DnsMessage.query(
                        List.of(new DnsMessage.Question(longName, DnsRecord.TYPE_PTR)), List.of(), List.of()))))
                .isEmpty();
        var many = "00000000ffff000000000000";
        assertThat(DnsReader.read(ByteBuffer.wrap(HexFormat.of().parseHex(many))))
                .isEmpty();
    }

    @Test
    void whatHasNoRoomIsLeftOut() {
        var record = new DnsRecord.Txt(INSTANCE, 1, List.of("x".repeat(200)));
        var packet = DnsWriter.write(DnsMessage.response(Collections.nCopies(20, record)));
        assertThat(packet.remaining()).isLessThanOrEqualTo(DnsWriter.USUAL_LENGTH);
        assertThat(DnsReader.read(packet).orElseThrow().answers()).hasSize(5);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
