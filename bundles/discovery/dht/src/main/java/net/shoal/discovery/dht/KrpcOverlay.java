package net.shoal.discovery.dht;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import net.shoal.api.dht.Overlay;
import net.shoal.base.bencode.BDict;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.lookup.Candidate;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.node.ForeignHandler;
import net.shoal.discovery.dht.node.OverlayNetwork;
import net.shoal.discovery.dht.table.Contact;
import org.jspecify.annotations.Nullable;

/** An {@link OverlayNetwork} as other bundles have it: what they ask is posted to the loop. */
final class KrpcOverlay implements Overlay {
    private final String name;
    private final DhtDiscovery dht;
    private final Runnable closed;
    /** On the loop. */
    private @Nullable OverlayNetwork network;

    /** @param closed frees its name */
    KrpcOverlay(String name, DhtDiscovery dht, ForeignHandler handler, Runnable closed) {
        this.name = name;
        this.dht = dht;
        this.closed = closed;
        if (dht.isEnabled()) {
            dht.loop().execute(() -> network = dht.loop().node().join(name, handler));
        }
    }

    @Override
    public void meet(Collection<InetSocketAddress> nodes) {
        var endpoints = nodes.stream().map(Endpoint::of).toList();
        if (dht.isEnabled()) {
            dht.loop().execute(() -> {
                if (network != null) {
                    network.meet(endpoints);
                }
            });
        }
    }

    @Override
    public CompletionStage<List<Node>> nodes() {
        var result = new CompletableFuture<List<Node>>();
        onLoop(result, there -> {
            var nodes = new ArrayList<Node>();
            for (var family : Family.values()) {
                there.contacts(family).forEach(contact -> nodes.add(node(contact)));
            }
            result.complete(List.copyOf(nodes));
        });
        return result;
    }

    private static Node node(Contact contact) {
        return new Node(contact.id, contact.endpoint.inet(), Optional.empty());
    }

    private static Node node(Candidate candidate) {
        return new Node(candidate.id, candidate.endpoint.inet(), candidate.token());
    }

    @Override
    public CompletionStage<List<Node>> walk(
            Sha1Hash target, String query, BDict arguments, BiConsumer<? super Node, ? super BDict> replied) {
        if (!query.startsWith(name)) {
            throw new IllegalArgumentException(
                    "queries of the network " + name + " begin with its name, unlike " + query);
        }
        var result = new CompletableFuture<List<Node>>();
        onLoop(result, there -> {
            var families = new ArrayList<Family>();
            for (var family : Family.values()) {
                if (there.usable(family) > 0) {
                    families.add(family);
                }
            }
            if (families.isEmpty()) {
                result.completeExceptionally(new IllegalStateException("No node of this network is known yet."));
                return;
            }
            var ended = new ArrayList<Lookup>();
            for (var family : families) {
                there.walk(
                        family, target, query, arguments, from -> replied.accept(node(from), from.values()), walk -> {
                            ended.add(walk);
                            if (ended.size() == families.size()) {
                                result.complete(keepers(ended));
                            }
                        });
            }
        });
        return result;
    }

    private static List<Node> keepers(List<Lookup> walks) {
        return walks.stream()
                .flatMap(walk -> walk.keepers().stream())
                .map(KrpcOverlay::node)
                .toList();
    }

    private interface OnLoop {
        void run(OverlayNetwork network);
    }

    private void onLoop(CompletableFuture<?> result, OnLoop task) {
        if (!dht.isEnabled()) {
            result.completeExceptionally(
                    new IllegalStateException("The DHT is switched off by net.shoal.discovery.dht:enabled."));
            return;
        }
        dht.loop().execute(() -> {
            var there = network;
            if (there == null) {
                result.completeExceptionally(new IllegalStateException("The network " + name + " was left."));
            } else {
                task.run(there);
            }
        });
    }

    @Override
    public void close() {
        closed.run();
        if (dht.isEnabled()) {
            dht.loop().execute(() -> {
                if (network != null) {
                    dht.loop().node().leave(network);
                    network = null;
                }
            });
        }
    }
}
