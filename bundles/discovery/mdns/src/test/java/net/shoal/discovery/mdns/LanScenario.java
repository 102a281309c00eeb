package net.shoal.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes on one segment, on virtual time. */
class LanScenario {
    private final Lan lan = new Lan(7, 0);

    @Test
    void twoNodesKnowOfEachOtherWithinTwoSeconds() {
        var anna = lan.join("anna");
        var bert = lan.join("bert");
        lan.pass(2_000);
        assertThat(anna.knows()).containsExactly("bert");
        assertThat(bert.knows()).containsExactly("anna");
        assertThat(anna.neighbours.nodes().get(0).addresses())
                .extracting(Object::toString)
                .containsExactly("10.0.0.2:7716");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void andWithinFiveWhereAThirdIsLost(long seed) {
        var lossy = new Lan(seed, 33);
        var anna = lossy.join("anna");
        var bert = lossy.join("bert");
        lossy.pass(5_000);
        assertThat(anna.knows()).containsExactly("bert");
        assertThat(bert.knows()).containsExactly("anna");
    }

    @Test
    void whoComesLaterIsFoundAndFindsWhoIsThere() {
        var anna = lan.join("anna");
        lan.pass(3_600_000);
        var bert = lan.join("bert");
        lan.pass(2_000);
        assertThat(anna.knows()).containsExactly("bert");
        assertThat(bert.knows()).containsExactly("anna");
    }

    @Test
    void whoSaysGoodbyeIsForgottenAndSoIsWhoFallsSilent() {
        var anna = lan.join("anna");
        var bert = lan.join("bert");
        var carl = lan.join("carl");
        lan.pass(3_000);
        bert.leave();
        assertThat(anna.knows()).containsExactly("carl");
        carl.isGone = true;
        lan.pass(2 * Neighbours.LONGEST);
        assertThat(anna.knows()).isEmpty();
    }

    @Test
    void twoThatAreCalledTheSameGetNamesOfTheirOwn() {
        var one = lan.join("node");
        var two = lan.join("node");
        var three = lan.join("node");
        lan.pass(10_000);
        assertThat(List.of(one, two, three))
                .extracting(each -> each.responder.own().instance().first())
                .containsExactlyInAnyOrder("node", "node (2)", "node (3)");
        assertThat(one.knows()).hasSize(2);
    }

    @Test
    void whoWasFirstKeepsItsName() {
        var first = lan.join("node");
        lan.pass(10_000);
        var second = lan.join("node");
        lan.pass(10_000);
        assertThat(first.responder.own().instance().first()).isEqualTo("node");
        assertThat(second.responder.own().instance().first()).isEqualTo("node (2)");
        assertThat(first.knows()).containsExactly("node (2)");
    }

    @Test
    void aLongNameIsCutAndStillGetsANumber() {
        var name = "ü".repeat(60);
        var one = lan.join(name);
        lan.join(name);
        lan.pass(10_000);
        assertThat(one.knows()).singleElement().asString().startsWith("üüü");
    }

    @Test
    void thirtyNodesAllKnowEachOtherAndAreQuietThen() {
        IntStream.range(0, 30).forEach(i -> lan.join("node-" + i));
        lan.pass(10_000);
        assertThat(lan.nodes).allSatisfy(node -> assertThat(node.knows()).hasSize(29));
        lan.pass(600_000);
        lan.packets = 0;
        lan.pass(3_600_000);
        assertThat(lan.nodes).allSatisfy(node -> assertThat(node.knows()).hasSize(29));
        assertThat(lan.packets).as("in an hour, of 30 nodes").isLessThan(4_000);
    }

    @Test
    void whoAsksAHundredTimesFromAnotherPortIsAnsweredOnceByTheGroup() {
        var anna = lan.join("anna");
        lan.pass(5_000);
        var question = new DnsMessage(
                77,
                false,
                List.of(new DnsMessage.Question(OwnService.SERVICE, DnsRecord.TYPE_PTR)),
                List.of(),
                List.of());
        lan.pass(60_000);
        lan.packets = 0;
        for (int i = 0; i < 100; i++) {
            anna.hear(new InetSocketAddress(Lan.address("10.0.0.99"), 40_000), DnsWriter.write(question));
        }
        lan.pass(900);
        assertThat(lan.packets).isEqualTo(1);
    }

    @Test
    void aThousandNodesThatNobodyIsAreBounded() {
        var anna = lan.join("anna");
        lan.pass(3_000);
        for (int i = 0; i < 10_000; i++) {
            var fake = new OwnService(
                    OwnService.SERVICE.child("fake " + i), DnsName.of("fake-" + i + ".local"), 1 + i, List.of());
            anna.hear(
                    new InetSocketAddress(Lan.address("10.0.0.66"), 5_353),
                    DnsWriter.write(DnsMessage.response(fake.records(anna.place))));
        }
        assertThat(anna.knows()).hasSize(Neighbours.MOST);
    }

    @Test
    void nobodyMakesUsDialElsewhere() {
        var anna = lan.join("anna");
        lan.pass(3_000);
        var records = List.<DnsRecord>of(
                new DnsRecord.Ptr(OwnService.SERVICE, 4_500, OwnService.SERVICE.child("\u202Eevil\u001b[2J")),
                new DnsRecord.Srv(OwnService.SERVICE.child("\u202Eevil\u001b[2J"), 120, 25, DnsName.of("evil.local")),
                new DnsRecord.Address(DnsName.of("evil.local"), 120, Lan.address("203.0.113.9")),
                new DnsRecord.Address(DnsName.of("evil.local"), 120, Lan.address("127.0.0.1")),
                new DnsRecord.Address(DnsName.of("evil.local"), 120, Lan.address("10.0.1.9")));
        anna.hear(
                new InetSocketAddress(Lan.address("10.0.0.66"), 5_353), DnsWriter.write(DnsMessage.response(records)));
        assertThat(anna.knows()).isEmpty();
        anna.hear(
                new InetSocketAddress(Lan.address("10.0.0.66"), 5_353),
                DnsWriter.write(DnsMessage.response(
                        List.of(new DnsRecord.Address(DnsName.of("evil.local"), 120, Lan.address("10.0.0.66"))))));
        assertThat(anna.knows()).containsExactly("\uFFFDevil\uFFFD[2J");
        assertThat(anna.neighbours.nodes().get(0).addresses())
                .extracting(Object::toString)
                .containsExactly("10.0.0.66:25");
    }
}
