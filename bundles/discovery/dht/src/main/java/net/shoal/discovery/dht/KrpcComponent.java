package net.shoal.discovery.dht;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import net.shoal.api.dht.Krpc;
import net.shoal.api.dht.KrpcException;
import net.shoal.api.dht.KrpcHandler;
import net.shoal.api.dht.Registration;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.RemoteText;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.KrpcMessage;
import net.shoal.discovery.dht.lookup.Answer;
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
    private static final BString ID = BString.of("id");

    private final DhtDiscovery dht;
    private final Map<String, KrpcHandler> handlers = new ConcurrentHashMap<>();

    @Activate
    public KrpcComponent(@Reference DhtDiscovery dht) {
        this.dht = dht;
        dht.loop().execute(() -> dht.loop().node().foreign(this));
    }

    @Override
    public Registration register(String query, KrpcHandler handler) {
        if (!query.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "queries of other protocols than the DHT's begin with " + PREFIX + ", unlike " + query);
        }
        if (handlers.putIfAbsent(query, handler) != null) {
            throw new IllegalArgumentException("another one answers " + query + " already");
        }
        return () -> handlers.remove(query, handler);
    }

    @Override
    public Optional<Bencoder> answer(Sha1Hash self, Endpoint from, KrpcMessage.Query query) throws KrpcException {
        var handler = handlers.get(query.name());
        if (handler == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(withId(self, handler.answer(from.inet(), query.arguments())));
        } catch (RuntimeException e) {
            LOG.warn("Who answers {} failed", query.name(), e);
            throw new KrpcException(202, "server error");
        }
    }

    private static Bencoder withId(Sha1Hash self, BDict dict) {
        var entries = new TreeMap<BString, BValue>(dict.entries());
        entries.put(ID, BString.of(self.toBytes()));
        return new Bencoder().value(new BDict(entries));
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
            dht.loop().node().ask(endpoint, query, withId(self, arguments), new Answer() {
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
