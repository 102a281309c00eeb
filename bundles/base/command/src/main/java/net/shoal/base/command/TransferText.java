package net.shoal.base.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Transfers as text for people: as rows, in detail, and what became of them. */
final class TransferText {
    private TransferText() {}

    static String ls(List<Fields> rows) {
        var table = new Table("ID", "STATE", ">DONE", ">SIZE", ">DOWN", ">UP", ">PEERS", ">RATIO", "NAME");
        var troubles = new StringBuilder();
        for (var row : rows) {
            table.row(
                    shortId(row),
                    state(row),
                    row.number("size") == 0 ? "-" : Humane.percent(row.number("done"), wanted(row)),
                    row.number("size") == 0 ? "-" : Humane.size(row.number("size")),
                    ResultText.rateOrDash(row.number("down")),
                    ResultText.rateOrDash(row.number("up")),
                    String.valueOf(row.number("peers")),
                    String.format(Locale.ROOT, "%.2f", row.real("ratio")),
                    row.safe("name"));
            if (!row.text("reason").isEmpty()) {
                troubles.append(row.safe("name"))
                        .append(": ")
                        .append(trouble(row))
                        .append('\n');
            }
        }
        return table.isEmpty()
                ? "nothing is shared or fetched yet; `share PATH` or `get LINK` begins\n"
                : table.text() + troubles;
    }

    /** Of what is selected, where the node says how much that is. */
    private static long wanted(Fields row) {
        return row.maybeNumber("wanted").orElse(row.number("size"));
    }

    /** {@code seeding}, {@code checking 45 %}, {@code queued 3}, {@code paused (ratio)}, {@code failed (disk-full)}. */
    static String state(Fields row) {
        var word = row.safe("state");
        var more = row.safe("why").isEmpty() ? row.safe("trouble") : row.safe("why");
        return switch (word) {
            case "checking", "moving" -> word + " " + (long) (100 * row.real("part")) + " %";
            case "queued" -> row.number("queue") == 0 ? word : word + " " + row.number("queue");
            default -> more.isEmpty() || more.equals("user") ? word : word + " (" + more + ")";
        };
    }

    private static String trouble(Fields row) {
        return SafeText.sentence(row.text("reason"), row.text("hint"));
    }

    private static String why(String why) {
        return switch (why) {
            case "ratio" -> "it has uploaded as much as it was to; `set ID ratio=…` and `resume` for more";
            case "idle" -> "nobody has wanted anything of it for long; `resume` makes it seed again";
            case "user" -> "until `resume`";
            default -> "";
        };
    }

    static String show(Fields result) {
        var text = new StringBuilder();
        line(text, "name", result.safe("name"));
        line(text, "id", result.safe("id"));
        line(text, "v2", result.safe("v2"));
        var reason = result.safe("reason");
        line(text, "state", state(result) + (reason.isEmpty() ? "" : ": " + reason));
        line(text, "hint", reason.isEmpty() ? why(result.text("why")) : result.safe("hint"));
        line(text, "path", result.safe("path") + (result.is("in_place") ? " (shared in place)" : ""));
        line(text, "size", result.number("size") == 0 ? "not known yet" : sizes(result));
        line(text, "pieces", pieces(result));
        line(text, "rates", "down " + Humane.rate(result.number("down")) + ", up " + Humane.rate(result.number("up")));
        result.list("obstacles")
                .forEach(obstacle -> ObstacleText.of(obstacle).ifPresent(words -> line(text, "why", words)));
        line(
                text,
                "so far",
                "down " + Humane.size(result.number("downloaded")) + ", up " + Humane.size(result.number("uploaded"))
                        + String.format(Locale.ROOT, ", ratio %.2f", result.real("ratio")));
        line(text, "set", options(result));
        line(text, "queue", place(result));
        line(
                text,
                "peers",
                result.number("peers") + " connected, " + result.number("seeds") + " of them seeds, "
                        + result.number("known_peers") + " known");
        line(text, "visible", result.safe("visibility"));
        line(text, "link", result.safe("link"));
        files(text, result.list("files"));
        discovery(text, result.list("discovery"));
        if (!result.list("connected").isEmpty()) {
            text.append("\npeers\n")
                    .append(ResultText.peers(result.list("connected")).indent(2));
        }
        return text.toString();
    }

    /** What a user has made of it: {@code at most 1.00 MiB/s down, seeds to ratio 2.00, pieces in order}. */
    static String options(Fields row) {
        var parts = new ArrayList<String>();
        if (row.number("down_limit") > 0) {
            parts.add("at most " + Humane.rate(row.number("down_limit")) + " down");
        }
        if (row.number("up_limit") > 0) {
            parts.add("at most " + Humane.rate(row.number("up_limit")) + " up");
        }
        if (row.number("max_peers") > 0) {
            parts.add("at most " + row.number("max_peers") + " peers");
        }
        if (row.text("ratio_limit").equals("never")) {
            parts.add("seeds whatever its ratio");
        } else if (row.map().containsKey("ratio_limit")) {
            parts.add("seeds to ratio " + String.format(Locale.ROOT, "%.2f", row.real("ratio_limit")));
        }
        if (row.text("idle_limit").equals("never")) {
            parts.add("seeds however idle");
        } else if (row.map().containsKey("idle_limit")) {
            parts.add("seeds until idle for " + Humane.duration(row.number("idle_limit")));
        }
        addIf(row.is("sequential"), "pieces in order", parts);
        addIf(row.is("first_last"), "first and last pieces first", parts);
        addIf(row.is("super_seeding"), "super-seeding", parts);
        addIf(row.is("forced"), "at work whatever the queue says", parts);
        return String.join(", ", parts);
    }

    private static String place(Fields row) {
        return row.number("queue") == 0 ? "" : "place " + row.number("queue");
    }

    private static void addIf(boolean holds, String part, List<String> parts) {
        if (holds) {
            parts.add(part);
        }
    }

    private static String sizes(Fields result) {
        var all = Humane.size(result.number("size")) + " (" + result.number("size") + " bytes)";
        var wanted = wanted(result);
        return all + (wanted == result.number("size") ? "" : ", wanted " + Humane.size(wanted)) + ", "
                + Humane.percent(result.number("done"), wanted) + " done";
    }

    private static String pieces(Fields result) {
        return result.number("piece_count") == 0
                ? ""
                : result.number("piece_done") + " of " + result.number("piece_count") + ", "
                        + Humane.size(result.number("piece_size")) + " each";
    }

    private static void files(StringBuilder text, List<Fields> files) {
        if (files.isEmpty()) {
            return;
        }
        var table = new Table(">DONE", ">SIZE", "PRIORITY", "PATH");
        for (var file : files) {
            table.row(
                    file.number("size") == 0 ? "100 %" : Humane.percent(file.number("done"), file.number("size")),
                    Humane.size(file.number("size")),
                    priority(file),
                    path(file));
        }
        text.append("\nfiles\n").append(table.text().indent(2));
    }

    private static String priority(Fields file) {
        var priority = file.safe("priority");
        return !priority.isEmpty() ? priority : file.is("wanted") ? "normal" : "skip";
    }

    /** With the name on disk where that is another one. */
    private static String path(Fields file) {
        var path = file.text("path");
        var there = file.text("on_disk");
        // a backslash separates folders on Windows, and is part of a name elsewhere
        var onDisk = there.startsWith("/") ? there : there.replace('\\', '/');
        if (onDisk.isEmpty() || onDisk.endsWith("/" + path)) {
            return SafeText.of(path);
        }
        int depth = (int) path.chars().filter(c -> c == '/').count();
        int start = onDisk.length();
        for (int i = 0; i <= depth && start > 0; i++) {
            start = onDisk.lastIndexOf('/', start - 1);
        }
        return SafeText.of(path + " → " + onDisk.substring(start + 1));
    }

    private static void discovery(StringBuilder text, List<Fields> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var table = new Table("BY", "WHERE", "SAYS", "NEXT");
        rows.forEach(row -> table.row(row.safe("by"), row.safe("source"), row.safe("message"), row.safe("next")));
        text.append("\ndiscovery\n").append(table.text().indent(2));
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append(label)
                    .append(" ".repeat(9 - label.length()))
                    .append(value)
                    .append('\n');
        }
    }

    // ---- what became of them

    /** After {@code pause}, {@code resume} and {@code recheck}. */
    static String now(Fields row) {
        return row.safe("name") + ": " + state(row) + (row.text("reason").isEmpty() ? "" : ": " + trouble(row)) + "\n";
    }

    static String set(Fields row) {
        long files = row.number("files_prioritised");
        var parts = Stream.of(
                options(row),
                files == 0 ? "" : files + (files == 1 ? " file" : " files") + " given a priority",
                place(row) + (place(row).isEmpty() ? "" : " in the queue"));
        return row.safe("name") + ": " + parts.filter(part -> !part.isEmpty()).collect(Collectors.joining(", ")) + "\n";
    }

    static String moved(Fields row) {
        return row.safe("name")
                + (row.is("in_place") ? ": looked for at " : ": now at ")
                + row.safe("path")
                + (row.is("in_place") ? "; what is shared in place stays where you put it" : "")
                + "\n";
    }

    static String renamed(Fields row) {
        return row.safe("old") + " → " + row.safe("new") + "\n";
    }

    /** Says what was kept or deleted, and how to take it up again. */
    static String cancelled(Fields row) {
        var name = row.safe("name");
        var path = row.safe("path");
        var content = row.text("content");
        var text =
                switch (content) {
                    case "deleted" -> name + " is cancelled, and what was downloaded to " + path + " is deleted";
                    case "shared" -> name + " is no longer shared; it stays as it is in " + path;
                    case "none" -> name + " is cancelled; nothing of it had been downloaded";
                    default -> name + " is cancelled; what was downloaded stays in " + path;
                };
        var undo = row.safe("undo");
        return text + "\n"
                + (undo.isEmpty()
                        ? ""
                        : (content.equals("deleted") ? "to fetch it anew: " : "to undo: ") + undo + "\n");
    }

    static String shortId(Fields row) {
        var id = row.safe("id");
        return id.substring(0, Math.min(10, id.length()));
    }
}
