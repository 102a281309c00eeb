package net.shoal.net;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Constants;

/**
 * The services of one seam, in order of their ranking, each with the channels that live by it: when a service goes, they are closed.
 * Safe for use from any thread.
 */
final class Providers<S> {
    private volatile List<Provider<S>> all = List.of();

    /** @param properties those of the service; ranking and id count */
    synchronized void add(S service, Map<String, ?> properties) {
        var more = new ArrayList<>(all);
        more.add(new Provider<>(
                service,
                properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0,
                properties.get(Constants.SERVICE_ID) instanceof Long id ? id : 0,
                ConcurrentHashMap.newKeySet()));
        more.sort(Comparator.<Provider<S>>comparingInt(Provider::ranking)
                .reversed()
                .thenComparingLong(Provider::id));
        all = List.copyOf(more);
    }

    void remove(S service) {
        List<Provider<S>> gone;
        synchronized (this) {
            gone = all.stream()
                    .filter(provider -> provider.service() == service)
                    .toList();
            all = all.stream().filter(provider -> provider.service() != service).toList();
        }
        gone.forEach(Provider::closeChannels);
    }

    List<S> ranked() {
        return all.stream().map(Provider::service).toList();
    }

    /** Closes the channel at once if the service has gone already. */
    void track(S service, Channel channel) {
        var provider =
                all.stream().filter(candidate -> candidate.service() == service).findFirst();
        provider.ifPresent(found -> {
            found.channels().add(channel);
            channel.closeFuture().addListener(closed -> found.channels().remove(channel));
        });
        if (!ranked().contains(service)) {
            channel.close();
        }
    }

    void closeChannels() {
        all.forEach(Provider::closeChannels);
    }

    private record Provider<S>(S service, int ranking, long id, Set<Channel> channels) {
        void closeChannels() {
            channels.forEach(Channel::close);
        }
    }
}
