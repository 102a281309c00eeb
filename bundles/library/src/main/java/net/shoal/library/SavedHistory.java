package net.shoal.library;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.shoal.api.library.History;
import net.shoal.api.node.Home;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what happens to transfers, and keeps it: some seconds after it happened, and when the node stops. */
@Component(service = {History.class, TransferListener.class})
public final class SavedHistory implements History, TransferListener {
    private static final Logger LOG = LoggerFactory.getLogger(SavedHistory.class);
    private static final long SAVE_SECONDS = 5;
    private static final long STOP_SECONDS = 3;

    private final HistoryFile file;
    private final Events events;
    private final ScheduledExecutorService timer;
    private volatile boolean mayBeReplaced = true;
    private volatile boolean saves;
    private long saved;

    @Activate
    public SavedHistory(@Reference Home home) {
        file = new HistoryFile(home.state("library").resolve("history"));
        events = new Events(load());
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "shoal-history");
            thread.setDaemon(true);
            return thread;
        });
    }

    private List<Entry> load() {
        try {
            return file.load();
        } catch (IOException e) {
            mayBeReplaced = false;
            LOG.warn("The history is not kept: {}", e.getMessage());
            return List.of();
        }
    }

    @Override
    public void on(TransferEvent event) {
        Events.entry(event, Clock.systemUTC().instant()).ifPresent(entry -> {
            events.add(entry);
            saveSoon();
        });
    }

    @Override
    public List<Entry> entries(Instant before, int most) {
        return events.latest(before, most);
    }

    @Override
    public void clear() {
        events.clear();
        saveSoon();
    }

    private synchronized void saveSoon() {
        if (!saves && !timer.isShutdown()) {
            saves = true;
            var unused = timer.schedule(this::save, SAVE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void save() {
        saves = false;
        long now = events.changes();
        if (now == saved || !mayBeReplaced) {
            return;
        }
        try {
            file.save(events.all());
            saved = now;
        } catch (IOException e) {
            LOG.warn("The history cannot be saved: {}", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        timer.shutdownNow();
        if (timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            save();
        }
    }
}
