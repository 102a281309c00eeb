package net.shoal.ui.shell;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Hands what happens to transfers to the commands that wait for it. */
@Component(service = {TransferListener.class, TransferNews.class})
public final class TransferNews implements TransferListener {
    /** A reader that is further behind than this misses some. */
    private static final int BACKLOG = 1_000;

    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    @Activate
    public TransferNews() {}

    @Override
    public void on(TransferEvent event) {
        subscriptions.forEach(subscription -> subscription.queue.offer(event));
    }

    Subscription subscribe() {
        var subscription = new Subscription();
        subscriptions.add(subscription);
        return subscription;
    }

    /** One reader. */
    final class Subscription implements AutoCloseable {
        private final BlockingQueue<TransferEvent> queue = new ArrayBlockingQueue<>(BACKLOG);

        /** The next one, if there is one within that time. */
        Optional<TransferEvent> next(long millis) throws InterruptedException {
            return Optional.ofNullable(queue.poll(millis, TimeUnit.MILLISECONDS));
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }
}
