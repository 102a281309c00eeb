package net.shoal.discovery.dht.node;

import java.util.OptionalLong;
import java.util.function.Consumer;
import net.shoal.api.dht.MutableItem;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.lookup.Candidate;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.table.RoutingTable;

/** What is left with the nodes that a walk ended at (BEP 5, 44), with the tokens that they gave on the way. */
final class Gifts {
    private final Questions questions;

    Gifts(Questions questions) {
        this.questions = questions;
    }

    /** Makes the arguments that one node is left something with. */
    private interface Gift {
        Bencoder arguments(Candidate keeper, byte[] token);
    }

    private void leave(Lookup walk, String query, Consumer<Tally> done, Gift gift) {
        var keepers = walk.keepers();
        var tally = new Tally(Math.max(1, keepers.size()), done);
        if (keepers.isEmpty()) {
            tally.failed(0, "no node was found to keep it");
        }
        for (var keeper : keepers) {
            var token = keeper.token().orElseThrow().toBytes();
            questions.ask(keeper.endpoint, query, gift.arguments(keeper, token), tally);
        }
    }

    /** That we are a peer. */
    void announce(Sha1Hash self, Lookup walk, int port, boolean seed, Consumer<Tally> done) {
        leave(walk, "announce_peer", done, (keeper, token) -> {
            var out = new Bencoder()
                    .dict()
                    .text("id")
                    .id(self)
                    .text("implied_port")
                    .integer(0);
            out.text("info_hash").id(walk.target()).text("port").integer(port);
            if (seed) {
                out.text("seed").integer(1);
            }
            return out.text("token").bytes(token).end();
        });
    }

    void put(Sha1Hash self, Lookup walk, BValue value, Consumer<Tally> done) {
        leave(walk, "put", done, (keeper, token) -> new Bencoder()
                .dict()
                .text("id")
                .id(self)
                .text("token")
                .bytes(token)
                .text("v")
                .value(value)
                .end());
    }

    void put(Sha1Hash self, Lookup walk, MutableItem item, OptionalLong replaces, Consumer<Tally> done) {
        leave(walk, "put", done, (keeper, token) -> {
            var out = new Bencoder().dict();
            boolean hasSome = keeper.values().integer("seq").isPresent();
            if (replaces.isPresent() && hasSome) {
                out.text("cas").integer(replaces.getAsLong());
            }
            out.text("id").id(self).text("k").bytes(item.key().publicKey().toBytes());
            if (item.key().salt().length() > 0) {
                out.text("salt").bytes(item.key().salt().toBytes());
            }
            out.text("seq").integer(item.sequence());
            out.text("sig").bytes(item.signature().toBytes());
            return out.text("token").bytes(token).text("v").value(item.value()).end();
        });
    }

    /** Nothing but a question: how many peers they know (BEP 33). */
    void count(Sha1Hash self, Lookup walk, Consumer<Headcount> done) {
        var nodes = walk.keepers().stream().limit(RoutingTable.K).toList();
        var headcount = new Headcount(nodes.size(), walk.family().addressLength, done);
        for (var node : nodes) {
            var out = new Bencoder().dict().text("id").id(self);
            out.text("info_hash").id(walk.target()).text("scrape").integer(1);
            out.text("token").bytes(node.token().orElseThrow().toBytes());
            questions.ask(node.endpoint, "get_peers", out.end(), headcount);
        }
    }
}
