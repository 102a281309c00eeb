package net.shoal.base.command;

import java.util.List;

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
            case Vocabulary.LS -> TransferText.ls(rows);
            case Vocabulary.PEERS -> peers(rows);
            case Vocabulary.PLUGINS_LS -> PluginText.ls(rows);
            default -> settings(rows);
        };
    }

    static String one(String word, Fields result) {
        return switch (word) {
            case Vocabulary.SHARE, Vocabulary.CREATE -> result.safe("link") + "\n";
            case Vocabulary.GET -> result.safe("path") + "\n";
            case Vocabulary.SHOW -> TransferText.show(result);
            case Vocabulary.PAUSE, Vocabulary.RESUME, Vocabulary.RECHECK -> TransferText.now(result);
            case Vocabulary.CANCEL -> TransferText.cancelled(result);
            case Vocabulary.MOVE -> TransferText.moved(result);
            case Vocabulary.RENAME -> TransferText.renamed(result);
            case Vocabulary.SET -> TransferText.set(result);
            case Vocabulary.CONFIG_GET, Vocabulary.CONFIG_SET -> result.safe("value") + "\n";
            case Vocabulary.CONSOLE -> result.safe("url").isEmpty() ? "" : result.safe("url") + "\n";
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
        var state = event.text("state").isEmpty() ? "" : " " + TransferText.state(event);
        var reason = event.text("reason").isEmpty()
                ? ""
                : ": " + SafeText.sentence(event.text("reason"), event.text("hint"));
        return event.safe("event") + " " + TransferText.shortId(event) + " " + event.safe("name") + state + reason
                + "\n";
    }

    static String peers(List<Fields> rows) {
        var table = new Table("ADDRESS", "CLIENT", "TRANSPORT", "SECURITY", ">HAS", ">DOWN", ">UP", "FLAGS");
        for (var row : rows) {
            table.row(
                    row.safe("address"),
                    Columns.fit(row.safe("client"), 28),
                    row.safe("transport"),
                    row.safe("security") + (row.is("encrypted") ? ", encrypted" : ""),
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

    private static String check(Fields result) {
        var hint = result.safe("hint");
        return String.format("%-5s %s: %s%n", result.safe("status"), result.safe("check"), result.safe("message"))
                + (hint.isEmpty() ? "" : "      -> " + hint + "\n");
    }

    static String rateOrDash(long rate) {
        return rate == 0 ? "-" : Humane.rate(rate);
    }
}
