package net.shoal.discovery.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.shoal.api.dht.KrpcException;
import net.shoal.api.dht.KrpcQuery;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.lookup.Answer;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.ForeignHandler;
import net.shoal.discovery.dht.node.OverlayNetwork;
import net.shoal.discovery.dht.table.Ids;
import net.shoal.discovery.dht.table.RoutingTable;
import org.junit.jupiter.api.Test;

/** Some nodes of the DHT are a network of their own, with its own tables and queries: it finds itself and what is left in it. */
class OverlayScenario {
    private static final int NODES = 300;
    private static final int MEMBERS = 80;
    private static final int ROUNDS = 100;

    /** A node that keeps what it is given under a key. */
    private static final class Member implements ForeignHandler {
        final SimNode node;
        final OverlayNetwork network;
        private final Map<Sha1Hash, BString> kept = new HashMap<>();

        Member(SimNode node) {
            this.node = node;
            this.network = node.node.join("sh_", this);
        }

        @Override
        public boolean knows(String query) {
            return query.equals("sh_put") || query.equals("sh_get");
        }

        @Override
        public BDict answer(String name, KrpcQuery query) throws KrpcException {
            var key = Sha1Hash.read(
                    query.arguments().string("target").orElseThrow().buffer());
            if (name.equals("sh_get")) {
                var values = BDict.builder();
                if (kept.containsKey(key)) {
                    values.put("v", kept.get(key));
                }
                return values.build();
            }
            if (!query.isProven()) {
                throw new KrpcException(203, "wrong token");
            }
            kept.put(key, query.arguments().string("v").orElseThrow());
            return BDict.EMPTY;
        }

        Endpoint address() {
            return node.address;
        }

        Lookup walk(SimDht net, Sha1Hash key, String query, List<BDict> replies) {
            var done = new boolean[1];
            var walk = network.walk(
                    Family.V4, key, query, BDict.EMPTY, from -> replies.add(from.values()), ended -> done[0] = true);
            node.rearm();
            net.runWhile(() -> !done[0]);
            return walk;
        }
    }

    private static final class Refusals implements Answer {
        int count;

        @Override
        public void replied(Sha1Hash id, BDict values, int millis) {}

        @Override
        public void failed(int code, String text) {
            count++;
        }
    }

    private final SimDht net = new SimDht(new SimDht.Shape(NODES, 1, 0, Long.MAX_VALUE, 3));
    private final List<Member> members = new ArrayList<>();

    private void open() {
        net.populate(2 * SimDht.MINUTE);
        for (int i = 0; i < MEMBERS; i++) {
            var member = new Member(net.alive.get(i * NODES / MEMBERS));
            var some = new ArrayList<Endpoint>();
            if (i > 0) {
                some.add(members.get(net.random.nextInt(members.size())).address());
            }
            some.add(net.alive.get(i * NODES / MEMBERS + 1).address);
            members.add(member);
            member.network.meet(some);
            member.node.rearm();
        }
        net.run(net.now + 15 * SimDht.MINUTE);
    }

    private Member any() {
        return members.get(net.random.nextInt(members.size()));
    }

    @Test
    void itFindsItselfAndWhatIsLeftInIt() {
        open();
        var others = net.alive.stream().map(node -> node.address).filter(this::isNoMember);
        var strangers = others.toList();
        assertThat(members).allSatisfy(member -> {
            assertThat(member.network.usable(Family.V4)).isGreaterThanOrEqualTo(RoutingTable.K);
            assertThat(member.network.contacts(Family.V4)).noneMatch(contact -> strangers.contains(contact.endpoint));
        });
        long atHome = members.stream()
                .filter(member -> member.network.usable(Family.V4) >= 2 * RoutingTable.K)
                .count();
        assertThat(atHome).isGreaterThanOrEqualTo(MEMBERS * 95 / 100);

        int found = 0;
        int closest = 0;
        int asked = 0;
        for (int i = 0; i < ROUNDS; i++) {
            var key = Ids.random(new java.util.Random(net.random.nextLong()));
            var walk = any().walk(net, key, "sh_find", new ArrayList<>());
            closest += isOfTheClosest(walk, key) ? 1 : 0;
            leave(any(), key, BString.of("value " + i));
            var replies = new ArrayList<BDict>();
            asked += any().walk(net, key, "sh_get", replies).asked();
            var wanted = BString.of("value " + i);
            found += replies.stream()
                            .anyMatch(each ->
                                    each.string("v").filter(wanted::equals).isPresent())
                    ? 1
                    : 0;
        }
        System.out.printf(
                "overlay of %d among %d: found %d of %d, %d questions a walk%n",
                MEMBERS, NODES, found, ROUNDS, asked / ROUNDS);
        assertThat(found).isEqualTo(ROUNDS);
        assertThat(closest).isGreaterThanOrEqualTo(ROUNDS * 95 / 100);
        assertThat(asked / ROUNDS).isLessThanOrEqualTo(25);
    }

    private boolean isNoMember(Endpoint address) {
        return members.stream().noneMatch(member -> member.address().equals(address));
    }

    private boolean isOfTheClosest(Lookup walk, Sha1Hash key) {
        var best = members.stream()
                .min((a, b) -> Ids.compare(key, id(a.node.node), id(b.node.node)))
                .orElseThrow();
        return walk.closest(1, false).stream().anyMatch(first -> first.endpoint.equals(best.address()));
    }

    private static Sha1Hash id(DhtNode node) {
        return node.id(Family.V4);
    }

    private void leave(Member who, Sha1Hash key, BString value) {
        var walk = who.walk(net, key, "sh_find", new ArrayList<>());
        var refusals = new Refusals();
        for (var keeper : walk.keepers()) {
            var arguments = BDict.builder()
                    .put("target", BString.of(key.toBytes()))
                    .put("token", keeper.token().orElseThrow())
                    .put("v", value)
                    .build();
            who.node.node.ask(keeper.endpoint, "sh_put", DhtNode.withId(id(who.node.node), arguments), refusals);
        }
        who.node.rearm();
        net.run(net.now + 10 * SimDht.SECOND);
        assertThat(refusals.count).as("refused or lost").isLessThanOrEqualTo(3);
    }
}
