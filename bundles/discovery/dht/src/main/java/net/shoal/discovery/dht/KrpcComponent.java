package net.shoal.discovery.dht;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import net.shoal.api.dht.Krpc;
import net.shoal.api.dht.KrpcException;
import net.shoal.api.dht.KrpcHandler;
import net.shoal.api.dht.KrpcQuery;
import net.shoal.api.dht.Overlay;
import net.shoal.api.dht.Registration;
import net.shoal.base.bencode.BDict;
import net.shoal.base.model.RemoteText;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.lookup.Answer;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.ForeignHandler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Protocols of other bundles over the socket of the DHT. */
@Component
public final class KrpcComponent implements Krpc, ForeignHandler {
    private static final Logger LOG = LoggerFactory.getLogger(KrpcComponent.class);
    private static final String PREFIX = "sh_";

    private final DhtDiscovery dht;
    private final Map<String, KrpcHandler> handlers = new ConcurrentHashMap<>();
    private final Set<String> networks = ConcurrentHashMap.newKeySet();

    @Activate
    public KrpcComponent(@Reference DhtDiscovery dht) {
        this.dht = dht;
        dht.loop().execute(() -> dht.loop().node().foreign(this));
    }

    @Override
    public Registration register(String query, KrpcHandler handler) {
        checkName(query);
        if (handlers.putIfAbsent(query, handler) != null) {
            throw new IllegalArgumentException("another one answers " + query + " already");
        }
        return () -> handlers.remove(query, handler);
    }

    @Override
    public boolean knows(String query) {
        return handlers.containsKey(query);
    }

    @Override
    public BDict answer(String name, KrpcQuery query) throws KrpcException {
        var handler = handlers.get(name);
        if (handler == null) {
            throw new KrpcException(204, "unknown query");
        }
        return guarded(handler, name, query);
    }

    private static BDict guarded(KrpcHandler handler, String name, KrpcQuery query) throws KrpcException {
        try {
            return handler.answer(query);
        } catch (RuntimeException e) {
            LOG.warn("Who answers {} failed", name, e);
            throw new KrpcException(202, "server error");
        }
    }

    @Override
    public Overlay join(String name, Map<String, KrpcHandler> queries) {
        checkName(name);
        queries.keySet().forEach(query -> {
            if (!query.startsWith(name)) {
                throw new IllegalArgumentException(
                        "queries of the network " + name + " begin with its name, unlike " + query);
            }
        });
        if (!networks.add(name)) {
            throw new IllegalArgumentException("another network goes by the name " + name + " already");
        }
        return new KrpcOverlay(name, dht, new Queries(Map.copyOf(queries)), () -> networks.remove(name));
    }

    private static void checkName(String name) {
        if (!name.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "queries of other protocols than the DHT's begin with " + PREFIX + ", unlike " + name);
        }
    }

    private record Queries(Map<String, KrpcHandler> handlers) implements ForeignHandler {
        @Override
        public boolean knows(String query) {
            return handlers.containsKey(query);
        }

        @Override
        public BDict answer(String name, KrpcQuery query) throws KrpcException {
            var handler = handlers.get(name);
            if (handler == null) {
                throw new KrpcException(204, "unknown query");
            }
            return guarded(handler, name, query);
        }
    }

    @Override
    public CompletionStage<BDict> ask(InetSocketAddress node, String query, BDict arguments) {
        var result = new CompletableFuture<BDict>();
        if (!dht.isEnabled()) {
            result.completeExceptionally(new KrpcException(KrpcException.TIMEOUT, "the DHT is switched off"));
            return result;
        }
        var endpoint = Endpoint.of(node);
        dht.loop().execute(() -> {
            var self = dht.loop().node().id(endpoint.family());
            dht.loop().node().ask(endpoint, query, DhtNode.withId(self, arguments), new Answer() {
                @Override
                public void replied(Sha1Hash id, BDict values, int millis) {
                    result.complete(values);
                }

                @Override
                public void failed(int code, String text) {
                    result.completeExceptionally(new KrpcException(code, RemoteText.of(text)));
                }
            });
        });
        return result;
    }
}
