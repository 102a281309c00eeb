package net.shoal.base.command;

import java.util.List;
import java.util.Locale;

/** Results of each command as text for people. Everything in them that came from elsewhere is made safe. */
final class ResultText {
    private ResultText() {}

    /** Commands whose results are shown together, at the end, as one table. */
    static boolean isTable(String word) {
        return switch (word) {
            case Vocabulary.LS, Vocabulary.PEERS, Vocabulary.CONFIG_LS, Vocabulary.PLUGINS_LS -> true;
            default -> false;
        };
    }

    static String table(String word, List<Fields> rows) {
        return switch (word) {
            case Vocabulary.LS -> ls(rows);
            case Vocabulary.PEERS -> peers(rows);
            case Vocabulary.PLUGINS_LS -> PluginText.ls(rows);
            default -> settings(rows);
        };
    }

    static String one(String word, Fields result) {
        return switch (word) {
            case Vocabulary.SHARE, Vocabulary.CREATE -> result.safe("link") + "\n";
            case Vocabulary.GET -> result.safe("path") + "\n";
            case Vocabulary.SHOW -> show(result);
            case Vocabulary.CONFIG_GET, Vocabulary.CONFIG_SET -> result.safe("value") + "\n";
            case Vocabulary.DOCTOR -> check(result);
            case Vocabulary.PLUGINS_INFO -> PluginText.info(result);
            case Vocabulary.PLUGINS_INSTALL, Vocabulary.PLUGINS_UPDATE -> PluginText.taken(result);
            case Vocabulary.PLUGINS_RM -> PluginText.removed(result);
            case Vocabulary.PLUGINS_START, Vocabulary.PLUGINS_STOP -> PluginText.state(result);
            case Vocabulary.STOP -> "";
            default -> SafeText.of(Json.write(result.map())) + "\n";
        };
    }

    static String event(Fields event) {
        var name = event.safe("name");
        return event.safe("event") + " " + shortId(event) + " " + name
                + (event.text("state").isEmpty() ? "" : " " + event.safe("state")) + "\n";
    }

    private static String ls(List<Fields> rows) {
        var table = new Table("ID", "STATE", ">DONE", ">SIZE", ">DOWN", ">UP", ">PEERS", ">RATIO", "NAME");
        for (var row : rows) {
            table.row(
                    shortId(row),
                    row.safe("state"),
                    row.number("size") == 0 ? "-" : Humane.percent(row.number("done"), row.number("size")),
                    row.number("size") == 0 ? "-" : Humane.size(row.number("size")),
                    rateOrDash(row.number("down")),
                    rateOrDash(row.number("up")),
                    String.valueOf(row.number("peers")),
                    String.format(Locale.ROOT, "%.2f", row.real("ratio")),
                    row.safe("name"));
        }
        return table.isEmpty() ? "nothing is shared or fetched yet; `share PATH` or `get LINK` begins\n" : table.text();
    }

    private static String peers(List<Fields> rows) {
        var table = new Table("ADDRESS", "CLIENT", "TRANSPORT", "SECURITY", ">HAS", ">DOWN", ">UP", "FLAGS");
        for (var row : rows) {
            table.row(
                    row.safe("address"),
                    Columns.fit(row.safe("client"), 28),
                    row.safe("transport"),
                    row.safe("security"),
                    (long) (row.real("have") * 100) + " %",
                    rateOrDash(row.number("down")),
                    rateOrDash(row.number("up")),
                    row.safe("flags"));
        }
        return table.isEmpty() ? "no peers are connected\n" : table.text();
    }

    private static String settings(List<Fields> rows) {
        var table = new Table("KEY", "VALUE", "FROM", "WHAT IT IS");
        for (var row : rows) {
            var problem = row.safe("problem");
            table.row(
                    row.safe("key"),
                    row.safe("value"),
                    row.safe("origin"),
                    problem.isEmpty() ? row.safe("description") : "WRONG: " + problem);
        }
        return table.text();
    }

    private static String show(Fields result) {
        var text = new StringBuilder();
        line(text, "name", result.safe("name"));
        line(text, "id", result.safe("id"));
        line(text, "v2", result.safe("v2"));
        line(
                text,
                "state",
                result.safe("state") + (result.text("reason").isEmpty() ? "" : ": " + result.safe("reason")));
        line(text, "hint", result.safe("hint"));
        line(text, "path", result.safe("path"));
        line(text, "size", result.number("size") == 0 ? "not known yet" : sizes(result));
        line(text, "pieces", pieces(result));
        line(text, "rates", "down " + Humane.rate(result.number("down")) + ", up " + Humane.rate(result.number("up")));
        line(
                text,
                "so far",
                "down " + Humane.size(result.number("downloaded")) + ", up " + Humane.size(result.number("uploaded"))
                        + String.format(Locale.ROOT, ", ratio %.2f", result.real("ratio")));
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
            text.append("\npeers\n").append(peers(result.list("connected")).indent(2));
        }
        return text.toString();
    }

    private static String sizes(Fields result) {
        var all = Humane.size(result.number("size")) + " (" + result.number("size") + " bytes)";
        var wanted = result.number("wanted");
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
        var table = new Table(">DONE", ">SIZE", "WANTED", "PATH");
        for (var file : files) {
            table.row(
                    file.number("size") == 0 ? "100 %" : Humane.percent(file.number("done"), file.number("size")),
                    Humane.size(file.number("size")),
                    file.is("wanted") ? "yes" : "no",
                    file.safe("path"));
        }
        text.append("\nfiles\n").append(table.text().indent(2));
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

    private static String check(Fields result) {
        var hint = result.safe("hint");
        return String.format("%-5s %s: %s%n", result.safe("status"), result.safe("check"), result.safe("message"))
                + (hint.isEmpty() ? "" : "      -> " + hint + "\n");
    }

    private static String shortId(Fields row) {
        var id = row.safe("id");
        return id.substring(0, Math.min(10, id.length()));
    }

    private static String rateOrDash(long rate) {
        return rate == 0 ? "-" : Humane.rate(rate);
    }
}
