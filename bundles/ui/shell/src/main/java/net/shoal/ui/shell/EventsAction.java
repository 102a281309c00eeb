package net.shoal.ui.shell;

import java.util.Map;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.base.command.Reply;

/** {@code events}: what happens, until the caller goes. */
final class EventsAction implements Action {
    private static final long LOOK_MILLIS = 500;
    private final TransferNews news;

    EventsAction(TransferNews news) {
        this.news = news;
    }

    @Override
    public void run(Call call) throws InterruptedException {
        try (var subscription = news.subscribe()) {
            while (!call.isDetached()) {
                subscription.next(LOOK_MILLIS).ifPresent(event -> call.reply(new Reply.Event(row(event))));
            }
        }
    }

    private static Map<String, Object> row(TransferEvent event) {
        var row = Rows.event(word(event), event.transfer());
        if (event instanceof TransferEvent.StateChanged changed) {
            row.put("before", changed.before().word());
            row.put("state", changed.now().word());
            row.putAll(Rows.more(changed.now()));
        }
        return row;
    }

    private static String word(TransferEvent event) {
        if (event instanceof TransferEvent.Added) {
            return "added";
        }
        if (event instanceof TransferEvent.MetadataReceived) {
            return "metadata";
        }
        if (event instanceof TransferEvent.StateChanged) {
            return "state";
        }
        return event instanceof TransferEvent.Completed ? "completed" : "removed";
    }
}
