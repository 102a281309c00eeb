package net.shoal.ui.shell;

import java.util.LinkedHashMap;
import java.util.Objects;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.command.Reply;

/** What {@code cancel} says: what was kept or deleted, and what takes it up again. */
final class Cancelled {
    private Cancelled() {}

    /**
     * @param link that names the content
     * @param wasHere true if anything of it lay on disk
     */
    static Reply.Result row(TransferStatus status, String link, boolean deleteData, boolean wasHere) {
        var row = new LinkedHashMap<>(Rows.listed(status).fields());
        var content = status.inPlace() ? "shared" : !wasHere ? "none" : deleteData ? "deleted" : "kept";
        row.put("content", content);
        row.put("link", link);
        if (content.equals("shared")) {
            row.put("undo", "share " + quoted(status.path().toString()));
        } else if (isUnderItsOwnName(status)) {
            var folder = Objects.requireNonNullElse(status.path().getParent(), status.path());
            row.put("undo", "get " + quoted(link) + " --to " + quoted(folder.toString()));
        }
        return new Reply.Result(row);
    }

    /** What was given another name on disk is not found again by a {@code get}. */
    private static boolean isUnderItsOwnName(TransferStatus status) {
        return status.path().endsWith(status.name());
    }

    /** For a POSIX shell. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
