package net.shoal.discovery.dht.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.store.TestSigner;
import net.shoal.discovery.dht.table.SecureId;
import org.junit.jupiter.api.Test;

/** What one node says to others, word by word. */
class DhtNodeTest {
    private final Bench bench = new Bench();
    private final Endpoint other = Bench.address(1);
    private final Sha1Hash otherId = bench.idOf(other);

    private BDict.Builder arguments() {
        return Bench.arguments(otherId);
    }

    private int known() {
        return bench.node.view().networks().get(0).known();
    }

    /** Makes it believe that we are where we say. */
    private void prove(Endpoint endpoint) {
        bench.node.introduce(endpoint);
        bench.node.run(bench.now);
        bench.answerAs(endpoint, bench.idOf(endpoint), Optional.empty());
    }

    @Test
    void aPingIsAnsweredWithItsTransactionAndWhereItCameFrom() {
        var reply = bench.ask(other, "ping", arguments()).orElseThrow();

        assertThat(reply.text("t")).contains("xy");
        assertThat(reply.text("y")).contains("r");
        assertThat(reply.string("ip").orElseThrow().toBytes()).isEqualTo(other.compact());
        assertThat(reply.dict("r").orElseThrow().string("id")).contains(Bench.id(bench.self()));
    }

    @Test
    void aNodeIsKnownOnlyOnceItHasAnswered() {
        bench.ask(
                other,
                "find_node",
                arguments().put("target", Bench.id(bench.anyId())).put("pad", "0".repeat(200)));
        assertThat(known()).isZero();

        bench.answerAs(other, otherId, Optional.empty());
        assertThat(known()).isEqualTo(1);
    }

    @Test
    void readOnlyNodesAreAnsweredAndLeftAlone() {
        var query = BDict.builder()
                .put("t", "xy")
                .put("y", "q")
                .put("q", "ping")
                .put("ro", 1)
                .put("a", arguments().put("pad", "0".repeat(200)).build())
                .build();
        bench.say(other, query);

        assertThat(bench.sent).hasSize(1);
        assertThat(bench.sent.get(0).message().text("y")).contains("r");
    }

    @Test
    void answersFromElsewhereAreNone() {
        bench.node.introduce(other);
        bench.node.run(0);
        var asked = bench.sent.get(0).message().string("t").orElseThrow();
        var forged = BDict.builder()
                .put("t", asked)
                .put("y", "r")
                .put("r", arguments().build())
                .build();
        bench.say(other.withPort(1), forged);
        bench.say(Bench.address(2), forged);
        assertThat(known()).isZero();

        bench.say(other, forged);
        assertThat(known()).isEqualTo(1);
    }

    @Test
    void anAnnounceNeedsATokenOfThatAddressForThatInfohash() {
        var key = bench.anyId();
        var token = bench.values(other, "get_peers", arguments().put("info_hash", Bench.id(key)))
                .string("token")
                .orElseThrow();
        var announce = arguments().put("port", 5_000).put("token", token);

        assertThat(bench.refusal(other, "announce_peer", announce.put("info_hash", Bench.id(bench.anyId()))))
                .isEqualTo(203);
        assertThat(bench.refusal(Bench.address(2), "announce_peer", announce.put("info_hash", Bench.id(key))))
                .isEqualTo(203);
        assertThat(bench.ask(other, "announce_peer", announce).orElseThrow().text("y"))
                .contains("r");
        var values = bench.values(other, "get_peers", arguments().put("info_hash", Bench.id(key)))
                .list("values")
                .orElseThrow();
        assertThat(values.iterator().next())
                .isEqualTo(BString.of(other.withPort(5_000).compact()));
    }

    @Test
    void theImpliedPortIsThatOfTheDatagram() {
        var key = bench.anyId();
        var token = bench.values(other, "get_peers", arguments().put("info_hash", Bench.id(key)))
                .string("token")
                .orElseThrow();
        bench.ask(
                other,
                "announce_peer",
                arguments()
                        .put("port", 5_000)
                        .put("implied_port", 1)
                        .put("info_hash", Bench.id(key))
                        .put("token", token));

        var values = bench.values(other, "get_peers", arguments().put("info_hash", Bench.id(key)))
                .list("values")
                .orElseThrow();
        assertThat(values.iterator().next()).isEqualTo(BString.of(other.compact()));
    }

    @Test
    void nodesAndValuesAreBothGivenToWhoHasProvenItself() {
        var key = bench.anyId();
        for (int i = 10; i < 30; i++) {
            bench.befriend(i);
        }
        bench.pass(2_000);
        prove(other);
        for (int i = 30; i < 36; i++) {
            var peer = Bench.address(i);
            var padded = arguments().put("info_hash", Bench.id(key)).put("pad", "0".repeat(200));
            var token = bench.values(peer, "get_peers", padded).string("token").orElseThrow();
            bench.ask(
                    peer,
                    "announce_peer",
                    arguments()
                            .put("port", 5_000)
                            .put("info_hash", Bench.id(key))
                            .put("token", token));
        }

        var reply = bench.values(
                other, "get_peers", arguments().put("info_hash", Bench.id(key)).put("scrape", 1));
        assertThat(reply.string("nodes").orElseThrow().length()).isEqualTo(8 * 26);
        assertThat(reply.list("values").orElseThrow()).hasSize(6);
        assertThat(reply.string("BFpe").orElseThrow().length()).isEqualTo(256);
        assertThat(reply.string("BFsd").orElseThrow().length()).isEqualTo(256);
    }

    @Test
    void unknownQueriesWithATargetAreAnsweredAsThoseForNodes() {
        bench.befriend(10);
        prove(other);

        assertThat(bench.values(other, "vote", arguments().put("target", Bench.id(bench.anyId())))
                        .string("nodes"))
                .isPresent();
        assertThat(bench.refusal(other, "vote", arguments())).isEqualTo(204);
        assertThat(bench.refusal(other, "find_node", arguments().put("target", "short")))
                .isEqualTo(203);
    }

    @Test
    void wantedNodesAreThoseOfTheOtherFamilyToo() {
        bench.befriend(10);
        prove(other);
        var want = new BList(List.of(BString.of("n4"), BString.of("n6")));

        var reply = bench.values(
                other,
                "find_node",
                arguments().put("target", Bench.id(bench.anyId())).put("want", want));

        assertThat(reply.string("nodes").orElseThrow().length()).isEqualTo(2 * 26);
        assertThat(reply.string("nodes6")).isPresent();
    }

    @Test
    void samplesAreAlwaysThere() {
        prove(other);
        var reply = bench.values(other, "sample_infohashes", arguments().put("target", Bench.id(bench.anyId())));

        assertThat(reply.string("samples").orElseThrow().length()).isZero();
        assertThat(reply.integer("num")).hasValue(0);
        assertThat(reply.integer("interval")).hasValue(300);
    }

    @Test
    void nobodyIsSentMuchMoreThanCameFromThere() {
        for (int i = 10; i < 60; i++) {
            bench.befriend(i);
        }
        var names =
                List.of("ping", "find_node", "get_peers", "get", "sample_infohashes", "put", "announce_peer", "odd");
        var in = new HashMap<Endpoint, Integer>();
        bench.sent.clear();
        for (int round = 0; round < 3_000; round++) {
            var victim = Bench.address(100 + bench.random.nextInt(200));
            var query = Bench.query(
                    names.get(bench.random.nextInt(names.size())),
                    Bench.arguments(bench.idOf(victim))
                            .put("target", Bench.id(bench.anyId()))
                            .put("info_hash", Bench.id(bench.anyId()))
                            .put("scrape", 1)
                            .put("token", "none")
                            .put("v", "x".repeat(bench.random.nextInt(100)))
                            .build());
            in.merge(victim, bench.say(victim, query), Integer::sum);
            bench.pass(50);
        }
        var out = new HashMap<Endpoint, Integer>();
        bench.sent.forEach(each -> out.merge(each.to(), each.length(), Integer::sum));

        assertThat(in.keySet()).allSatisfy(victim -> assertThat(out.getOrDefault(victim, 0))
                .isLessThanOrEqualTo(in.get(victim) * 12 / 10));
        assertThat(bench.sent).hasSizeGreaterThan(1_000);
    }

    @Test
    void aFloodIsNotAnswered() {
        for (int i = 0; i < 1_000; i++) {
            bench.ask(other, "ping", arguments());
        }

        assertThat(bench.sent).hasSize(50);
        assertThat(bench.node.view().refused()).isEqualTo(950);
        bench.pass(4 * 60_000);
        assertThat(bench.ask(other, "ping", arguments())).isEmpty();
        bench.pass(61_000);
        assertThat(bench.ask(other, "ping", arguments()))
                .as("after five minutes")
                .isPresent();
    }

    /** An answer ends otherwise than a question: here one that ends like an answer. */
    @Test
    void aFloodOfQuestionsThatLookLikeAnswersIsNotAnsweredEither() {
        prove(other);
        bench.sent.clear();
        var question = BDict.builder()
                .put("t", "xy")
                .put("y", "q")
                .put("q", "ping")
                .put("a", arguments().build())
                .put("z", 0)
                .build();
        for (int i = 0; i < 1_000; i++) {
            bench.say(other, question);
        }

        assertThat(bench.sent).hasSize(50);
    }

    @Test
    void aStrangerIsAskedWhetherItIsThereAndIsToldAllThen() {
        for (int i = 10; i < 30; i++) {
            bench.befriend(i);
        }
        bench.pass(20_000);
        bench.sent.clear();
        bench.ask(other, "get_peers", arguments().put("info_hash", Bench.id(bench.anyId())));
        assertThat(bench.sent).hasSize(1);
        assertThat(bench.sent.get(0).message().text("q")).contains("ping");

        bench.answerAs(other, otherId, Optional.empty());

        var values = bench.sent.get(0).message().dict("r").orElseThrow();
        assertThat(values.string("nodes").orElseThrow().length()).isEqualTo(8 * 26);
        assertThat(values.string("token")).isPresent();
    }

    @Test
    void aStrangerThatDoesNotSayItIsThereIsToldLittle() {
        for (int i = 10; i < 30; i++) {
            bench.befriend(i);
        }
        bench.pass(20_000);
        bench.sent.clear();
        int in = bench.say(
                other,
                Bench.query(
                        "get_peers",
                        arguments().put("info_hash", Bench.id(bench.anyId())).build()));
        bench.pass(10_000);

        assertThat(bench.sent).hasSizeBetween(1, 2);
        assertThat(bench.sent.stream().mapToInt(Bench.Sent::length).sum()).isLessThanOrEqualTo(in * 12 / 10);
    }

    @Test
    void anAnswerThatIsLongerThanADatagramIsRefused() {
        prove(other);
        bench.node.foreign(new ForeignHandler() {
            @Override
            public boolean knows(String query) {
                return query.equals("sh_long");
            }

            @Override
            public BDict answer(String name, net.shoal.api.dht.KrpcQuery query) {
                return BDict.builder().put("v", "x".repeat(1_200)).build();
            }
        });

        assertThat(bench.refusal(other, "sh_long", arguments())).isEqualTo(202);
    }

    @Test
    void whomPeersNameIsAskedWhetherItIsThereButNotMoreThanAFew() {
        bench.node.named(other);
        bench.node.run(bench.now);
        bench.answerAs(other, otherId, Optional.empty());
        assertThat(known()).isEqualTo(1);

        bench.node.named(other);
        bench.node.named(other.withPort(0));
        bench.node.run(bench.now);
        assertThat(bench.sent).as("who is known already, or cannot be there").isEmpty();
        for (int i = 0; i < 1_000; i++) {
            bench.node.named(Bench.address(10 + i));
        }
        bench.node.run(bench.now);
        assertThat(bench.sent).hasSizeLessThan(10);
        bench.sent.clear();
        var asker = Bench.address(5_000);
        bench.ask(
                asker,
                "find_node",
                Bench.arguments(bench.idOf(asker))
                        .put("target", Bench.id(bench.anyId()))
                        .put("pad", "0".repeat(200)));
        assertThat(bench.sent).as("an answer, and a question to who asked").hasSize(2);
    }

    @Test
    void theIdFollowsTheAddressThatOthersSee() {
        var ourselves = Endpoint.v4(0xcb007107, 6_881);
        var liar = Endpoint.v4(0x08080808, 6_881);
        for (int i = 10; i < 13; i++) {
            friendWho(i, liar);
        }
        for (int i = 20; i < 30; i++) {
            friendWho(i, ourselves);
        }

        assertThat(SecureId.fits(bench.self(), ourselves)).isTrue();
        assertThat(bench.node.view().networks().get(0).address()).contains(ourselves.withPort(0));
        assertThat(known()).isGreaterThanOrEqualTo(8);
    }

    private void friendWho(int block, Endpoint seesUsAt) {
        var friend = Bench.address(block);
        bench.node.introduce(friend);
        bench.pass(1_000);
        bench.answerAs(friend, bench.idOf(friend), Optional.of(seesUsAt));
    }

    @Test
    void itemsAreKeptIfTheyAreSignedAndNewer() throws Exception {
        prove(other);
        var signer = TestSigner.random();
        assertThat(put(signer, 3, "three", OptionalLong.empty())).isZero();
        assertThat(put(signer, 2, "two", OptionalLong.empty())).isEqualTo(302);
        assertThat(put(signer, 4, "four", OptionalLong.of(2))).isEqualTo(301);
        assertThat(put(signer, 4, "four", OptionalLong.of(3))).isZero();

        var target = signer.item(4, "four", "").key().target();
        var reply = bench.values(other, "get", arguments().put("target", Bench.id(target)));
        assertThat(reply.text("v")).contains("four");
        assertThat(reply.integer("seq")).hasValue(4);
        assertThat(reply.string("sig").orElseThrow().length()).isEqualTo(64);
        var same = bench.values(
                other, "get", arguments().put("target", Bench.id(target)).put("seq", 4));
        assertThat(same.get("v")).isEmpty();
        assertThat(same.integer("seq")).hasValue(4);
    }

    private long put(TestSigner signer, long sequence, String value, OptionalLong replaces) {
        var item = signer.item(sequence, value, "");
        var token = bench.values(
                        other,
                        "get",
                        arguments().put("target", Bench.id(item.key().target())))
                .string("token")
                .orElseThrow();
        var put = arguments()
                .put("k", item.key().publicKey())
                .put("seq", sequence)
                .put("sig", item.signature())
                .put("token", token)
                .put("v", value);
        replaces.ifPresent(cas -> put.put("cas", cas));
        var reply = bench.ask(other, "put", put).orElseThrow();
        return reply.list("e")
                .map(list -> ((net.shoal.base.bencode.BInteger) list.iterator().next()).value())
                .orElse(0L);
    }

    @Test
    void aSignedItemAsLongAsMayBeIsGivenInOneDatagram() throws Exception {
        for (int i = 10; i < 30; i++) {
            bench.befriend(i);
        }
        bench.pass(20_000);
        prove(other);
        var signer = TestSigner.random();
        var value = "x".repeat(996);
        assertThat(put(signer, 1, value, OptionalLong.empty())).isZero();
        bench.sent.clear();

        var target = signer.item(1, value, "").key().target();
        var reply = bench.values(other, "get", arguments().put("target", Bench.id(target)));

        assertThat(reply.text("v")).contains(value);
        assertThat(reply.string("token")).isPresent();
        assertThat(bench.sent.get(0).length()).isLessThanOrEqualTo(1_200);
    }

    @Test
    void whatMayNotBePutIsRefusedWithTheCodeOfItsFault() throws Exception {
        prove(other);
        var signer = TestSigner.random();
        var item = signer.item(1, "one", "");
        var token = bench.values(
                        other,
                        "get",
                        arguments().put("target", Bench.id(item.key().target())))
                .string("token")
                .orElseThrow();
        var good = arguments()
                .put("k", item.key().publicKey())
                .put("seq", 1)
                .put("sig", item.signature())
                .put("token", token)
                .put("v", "one");

        assertThat(bench.refusal(other, "put", good.put("token", "none"))).isEqualTo(203);
        good.put("token", token);
        assertThat(bench.refusal(other, "put", good.put("v", "two"))).isEqualTo(206);
        assertThat(bench.refusal(other, "put", good.put("v", "x".repeat(1_000))))
                .isEqualTo(205);
        good.put("v", "one");
        assertThat(bench.refusal(other, "put", good.put("salt", "s".repeat(65))))
                .isEqualTo(207);
        assertThat(bench.refusal(other, "put", arguments().put("v", "x".repeat(1_000))))
                .isEqualTo(205);
        assertThat(bench.node.view().items()).isZero();
    }

    @Test
    void whoAsksAgainWithItsTokenGetsWhatWouldBeTooMuchForAStranger() {
        var value = "x".repeat(900);
        prove(other);
        var target = net.shoal.discovery.dht.store.ItemStore.target(BString.of(value));
        var token = bench.values(other, "get", arguments().put("target", Bench.id(target)))
                .string("token")
                .orElseThrow();
        bench.ask(other, "put", arguments().put("token", token).put("v", value));

        var stranger = Bench.address(50);
        var first = bench.values(
                stranger, "get", arguments().put("target", Bench.id(target)).put("pad", "0".repeat(200)));
        assertThat(first.get("v")).isEmpty();
        assertThat(first.integer("more")).hasValue(1);
        var second = bench.values(
                stranger,
                "get",
                arguments()
                        .put("target", Bench.id(target))
                        .put("token", first.string("token").orElseThrow()));
        assertThat(second.text("v")).contains(value);
    }

    @Test
    void aWalkTellsOfPeersAndEndsWithAnAnnounce() {
        var friend = bench.befriend(10);
        bench.sent.clear();
        var found = new ArrayList<Endpoint>();
        var kept = new ArrayList<Integer>();
        var key = bench.anyId();
        bench.node.peers(Family.V4, key, false, new PeerHunt() {
            @Override
            public void found(List<Endpoint> peers) {
                found.addAll(peers);
            }

            @Override
            public void done(Lookup walk) {
                bench.node.announce(walk, 7_000, true, tally -> kept.add(tally.taken()));
            }
        });
        var asked = bench.sent.remove(0).message();
        assertThat(asked.text("q")).contains("get_peers");
        bench.say(
                friend,
                BDict.builder()
                        .put("t", asked.string("t").orElseThrow())
                        .put("y", "r")
                        .put(
                                "r",
                                Bench.arguments(bench.idOf(friend))
                                        .put("token", "abc")
                                        .put(
                                                "values",
                                                new BList(List.of(
                                                        BString.of(Bench.address(77)
                                                                .compact()),
                                                        BString.of(Endpoint.v4(127 << 24 | 1, 80)
                                                                .compact()),
                                                        BString.of("junk"))))
                                        .build())
                        .build());

        assertThat(found).containsExactly(Bench.address(77));
        var announce = bench.sent.get(0).message();
        assertThat(announce.text("q")).contains("announce_peer");
        assertThat(announce.dict("a").orElseThrow().text("token")).contains("abc");
        assertThat(announce.dict("a").orElseThrow().integer("port")).hasValue(7_000);
        assertThat(announce.dict("a").orElseThrow().integer("seed")).hasValue(1);
        bench.answerAs(friend, bench.idOf(friend), Optional.empty());
        assertThat(kept).containsExactly(1);
    }

    @Test
    void thoseWhoKeepASwarmSayHowManyTheyKnow() {
        var friends = new ArrayList<Endpoint>();
        for (int i = 10; i < 14; i++) {
            friends.add(bench.befriend(i));
        }
        bench.sent.clear();
        var counts = new ArrayList<Headcount>();
        bench.node.peers(Family.V4, bench.anyId(), false, new PeerHunt() {
            @Override
            public void found(List<Endpoint> peers) {}

            @Override
            public void done(Lookup walk) {
                bench.node.count(walk, counts::add);
            }
        });
        for (var friend : friends) {
            bench.answerAs(friend, bench.idOf(friend), Optional.empty(), arguments -> arguments.put("token", "abc"));
        }
        var questions = bench.sent.stream().map(Bench.Sent::message).toList();
        assertThat(questions).hasSize(4).allSatisfy(question -> assertThat(
                        question.dict("a").orElseThrow().integer("scrape"))
                .hasValue(1));

        tell(friends.get(0), 0, 10, 40);
        tell(friends.get(1), 5, 10, 40);
        tell(friends.get(2), 0, 1_000, 5_000);
        bench.answerAs(
                friends.get(3),
                bench.idOf(friends.get(3)),
                Optional.empty(),
                values -> values.put(
                        "values", new BList(List.of(BString.of(Endpoint.v4(1, 1).compact()), BString.of("junk")))));

        assertThat(counts).hasSize(1);
        assertThat(counts.get(0).nodes()).as("but the liar").isEqualTo(3);
        assertThat(counts.get(0).seeds()).isBetween(14, 16);
        assertThat(counts.get(0).others()).isBetween(43, 48);
    }

    private void tell(Endpoint friend, int from, int seeds, int others) {
        var seedFilter = filter(1_000_000 + from, seeds);
        var otherFilter = filter(2_000_000 + from, others);
        bench.answerAs(friend, bench.idOf(friend), Optional.empty(), values -> values.put("BFsd", seedFilter)
                .put("BFpe", otherFilter));
    }

    private static BString filter(int from, int count) {
        var bloom = new net.shoal.discovery.dht.store.Bloom();
        for (int i = from; i < from + count; i++) {
            bloom.add(Endpoint.v4(i, 1).address());
        }
        return BString.of(bloom.toBytes());
    }

    @Test
    void whomItKnewItKnowsAgain() {
        for (int i = 10; i < 40; i++) {
            bench.befriend(i);
            bench.pass(2_000);
        }
        var next = new Bench();
        next.node.resume(bench.node.save());

        assertThat(next.self()).isEqualTo(bench.self());
        assertThat(next.node.view().networks().get(0).known()).isEqualTo(known());
        assertThat(next.node.view().networks().get(0).usable()).isZero();
    }
}
