package net.shoal.net;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.shoal.api.net.GroupAddress;
import net.shoal.api.net.Multicast;
import net.shoal.api.net.MulticastGroup;
import net.shoal.api.net.MulticastHandler;
import net.shoal.api.net.MulticastPlace;
import net.shoal.api.net.Network;
import net.shoal.api.net.NetworkScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All groups that are joined. Safe for use from any thread; its own one is there while there is a group and a scope to speak in. */
final class LocalMulticast implements Multicast, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMulticast.class);
    private static final long RETRY_MILLIS = 10_000;

    private final NetworkScope scope;
    private final long retryMillis;
    private final EventLoop loop;
    private final Supplier<List<MulticastPlace>> places;
    private final List<JoinedGroup> groups = new CopyOnWriteArrayList<>();
    private @Nullable MulticastThread thread;
    /** On the thread. */
    private boolean isRetrying;

    /** @param places where groups are to be joined now */
    LocalMulticast(Network network, Supplier<List<MulticastPlace>> places) {
        this(network, places, RETRY_MILLIS);
    }

    /** @param retryMillis after which a group that could not be joined is tried again */
    LocalMulticast(Network network, Supplier<List<MulticastPlace>> places, long retryMillis) {
        this.retryMillis = retryMillis;
        this.scope = network.scope();
        this.loop = (EventLoop) network.eventLoops().next();
        this.places = places;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public synchronized MulticastGroup join(GroupAddress address, MulticastHandler handler) {
        var joined = new JoinedGroup[1];
        var group = new JoinedGroup(address, handler, loop, () -> leave(joined[0]));
        joined[0] = group;
        groups.add(group);
        group.tell();
        if (scope != NetworkScope.LOOPBACK) {
            startThread();
            look();
        }
        return group;
    }

    private void startThread() {
        try {
            thread = thread == null ? new MulticastThread(scope) : thread;
        } catch (IOException e) {
            LOG.warn("Multicast cannot be used: {}", e.getMessage());
        }
    }

    private void leave(JoinedGroup group) {
        MulticastThread there;
        boolean isLast;
        synchronized (this) {
            isLast = groups.remove(group) && groups.isEmpty();
            there = thread;
            thread = isLast ? null : there;
        }
        if (there != null) {
            there.execute(() -> group.moveTo(List.of(), there));
            if (isLast) {
                there.close();
            }
        }
    }

    /** Something may have changed. */
    synchronized void look() {
        var there = thread;
        if (there != null) {
            there.execute(() -> moveAll(there));
        }
    }

    private void moveAll(MulticastThread there) {
        var now = places.get();
        boolean isWhole = true;
        for (var group : groups) {
            isWhole &= group.moveTo(now, there);
        }
        if (!isWhole && !isRetrying) {
            isRetrying = true;
            loop.schedule(() -> there.execute(this::retry), retryMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void retry() {
        isRetrying = false;
        look();
    }

    @Override
    public void close() {
        groups.forEach(JoinedGroup::close);
    }
}
