package net.shoal.ui.rest;

import java.util.Optional;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferState;

/** What of all that happens a user may want to be told at once. */
final class Notices {
    private Notices() {}

    static Optional<Object> of(TransferEvent event) {
        var status = event.transfer().status();
        if (event instanceof TransferEvent.Added) {
            return Optional.of(notice(event, status.inPlace() ? "shared" : "added", ""));
        }
        if (event instanceof TransferEvent.Completed) {
            return Optional.of(notice(event, "completed", ""));
        }
        if (event instanceof TransferEvent.Removed) {
            return Optional.of(notice(event, "removed", ""));
        }
        return event instanceof TransferEvent.StateChanged changed
                        && changed.now() instanceof TransferState.Failed failed
                        && !(changed.before() instanceof TransferState.Failed)
                ? Optional.of(notice(event, "failed", failed.reason()))
                : Optional.empty();
    }

    private static Object notice(TransferEvent event, String what, String message) {
        var status = event.transfer().status();
        return Json.object("event", what, "id", status.hashes().hex(), "name", status.name(), "message", message);
    }
}
