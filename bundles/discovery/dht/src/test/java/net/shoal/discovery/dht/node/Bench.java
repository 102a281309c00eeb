package net.shoal.discovery.dht.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.table.Ids;
import net.shoal.discovery.dht.table.SecureId;

/** One node, what it sends, and words to say to it. */
final class Bench {
    record Sent(Endpoint to, BDict message, int length) {}

    final Random random = new Random(1);
    final List<Sent> sent = new ArrayList<>();
    final DhtNode node;
    long now;

    Bench() {
        this.node = new DhtNode(
                new NodeSettings(EnumSet.allOf(Family.class), endpoint -> true, 100, 1_000_000, false),
                random,
                this::take,
                0);
    }

    private void take(Endpoint to, byte[] datagram) {
        try {
            sent.add(new Sent(to, BencodeReader.CANONICAL.readDict(ByteBuffer.wrap(datagram)), datagram.length));
        } catch (BencodeException e) {
            throw new AssertionError("it sends what is not canonical", e);
        }
    }

    static Endpoint address(int block) {
        return Endpoint.v4(20 << 24 | block << 8 | 1, 6_881);
    }

    Sha1Hash idOf(Endpoint endpoint) {
        return SecureId.of(endpoint, random);
    }

    static BString id(Sha1Hash id) {
        return BString.of(id.toBytes());
    }

    int say(Endpoint from, BDict message) {
        var bytes = BencodeWriter.write(message);
        node.receive(now, from, ByteBuffer.wrap(bytes));
        node.run(now);
        return bytes.length;
    }

    void pass(long millis) {
        long until = now + millis;
        while (node.next() <= until) {
            now = Math.max(now, node.next());
            node.run(now);
        }
        now = until;
        node.run(now);
    }

    static BDict.Builder arguments(Sha1Hash id) {
        return BDict.builder().put("id", id(id));
    }

    static BDict query(String name, BDict arguments) {
        return BDict.builder()
                .put("t", "xy")
                .put("y", "q")
                .put("q", name)
                .put("a", arguments)
                .build();
    }

    /** Asks, and gives the answer; the last one that went there. */
    Optional<BDict> ask(Endpoint from, String name, BDict.Builder arguments) {
        int before = sent.size();
        say(from, query(name, arguments.build()));
        return sent.subList(before, sent.size()).stream()
                .filter(each -> each.to().equals(from)
                        && each.message().text("t").orElse("").equals("xy"))
                .map(Sent::message)
                .findFirst();
    }

    BDict values(Endpoint from, String name, BDict.Builder arguments) {
        return ask(from, name, arguments).orElseThrow().dict("r").orElseThrow();
    }

    long refusal(Endpoint from, String name, BDict.Builder arguments) {
        var error = ask(from, name, arguments).orElseThrow().list("e").orElseThrow();
        return ((net.shoal.base.bencode.BInteger) error.iterator().next()).value();
    }

    /** Answers all questions that went to it, as the node with this id. */
    void answerAs(Endpoint from, Sha1Hash id, Optional<Endpoint> seenAs) {
        answerAs(from, id, seenAs, values -> {});
    }

    /** @param more values of the answer */
    void answerAs(Endpoint from, Sha1Hash id, Optional<Endpoint> seenAs, Consumer<BDict.Builder> more) {
        for (var each : List.copyOf(sent)) {
            if (each.to().equals(from) && each.message().text("y").orElse("").equals("q")) {
                sent.remove(each);
                var values = arguments(id);
                more.accept(values);
                var reply = BDict.builder()
                        .put("t", each.message().string("t").orElseThrow())
                        .put("y", "r")
                        .put("r", values.build());
                seenAs.ifPresent(seen -> reply.put("ip", BString.of(seen.compact())));
                say(from, reply.build());
            }
        }
    }

    /** Another node that is known to answer. */
    Endpoint befriend(int block) {
        var friend = address(block);
        node.introduce(friend);
        node.run(now);
        answerAs(friend, idOf(friend), Optional.empty());
        return friend;
    }

    Sha1Hash self() {
        return node.view().networks().get(0).id();
    }

    Sha1Hash anyId() {
        return Ids.random(random);
    }
}
