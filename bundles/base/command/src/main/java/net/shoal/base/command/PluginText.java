package net.shoal.base.command;

import java.util.List;

/** What is said of plugins, for people. Everything in it came from strangers. */
final class PluginText {
    private static final int LABEL = 11;

    private PluginText() {}

    static String ls(List<Fields> rows) {
        var table = new Table("NAME", "VERSION", "STATE", "WHAT IT IS");
        for (var row : rows) {
            var reason = row.safe("reason");
            table.row(row.safe("name"), row.safe("version"), row.safe("state"), reason.isEmpty() ? about(row) : reason);
        }
        return table.isEmpty() ? "no plugins are installed; `plugins install FILE` installs one\n" : table.text();
    }

    private static String about(Fields row) {
        return row.text("description").isEmpty() ? row.safe("title") : row.safe("description");
    }

    /** After an installation: what has come into the house. */
    static String taken(Fields plugin) {
        var text = new StringBuilder(state(plugin));
        line(text, "signed", signer(plugin));
        lines(text, "provides", plugin.texts("provides"));
        lines(text, "commands", plugin.texts("commands"));
        lines(text, "settings", plugin.texts("settings"));
        lines(text, "lacks", plugin.texts("lacks"));
        lines(text, "mind", plugin.texts("warnings"));
        return text.toString();
    }

    static String info(Fields plugin) {
        var text = new StringBuilder();
        line(text, "name", plugin.safe("name"));
        line(text, "version", plugin.safe("version"));
        line(text, "title", plugin.safe("title"));
        line(text, "what it is", plugin.safe("description"));
        line(text, "vendor", plugin.safe("vendor"));
        line(text, "licence", plugin.safe("licence"));
        line(text, "jar", Humane.size(plugin.number("size")) + ", SHA-256 " + plugin.safe("sha256"));
        line(text, "signed", signer(plugin));
        line(
                text,
                "state",
                plugin.safe("state") + (plugin.text("reason").isEmpty() ? "" : ": " + plugin.safe("reason")));
        line(text, "since", plugin.safe("since"));
        lines(text, "lacks", plugin.texts("lacks"));
        lines(text, "offers now", plugin.texts("services"));
        lines(text, "provides", plugin.texts("provides"));
        lines(text, "commands", plugin.texts("commands"));
        lines(text, "exports", plugin.texts("packages"));
        lines(text, "settings", plugin.texts("settings"));
        lines(text, "needs", plugin.texts("needs"));
        lines(text, "mind", plugin.texts("warnings"));
        lines(
                text,
                "failures",
                plugin.list("failures").stream()
                        .map(failure -> failure.text("at") + " " + failure.text("message"))
                        .toList());
        return text.toString();
    }

    static String state(Fields plugin) {
        var reason = plugin.safe("reason");
        return plugin.safe("name") + " " + plugin.safe("version") + ": " + plugin.safe("state")
                + (reason.isEmpty() ? "" : ", " + reason) + "\n";
    }

    static String removed(Fields result) {
        var text = new StringBuilder(result.safe("name") + " is removed\n");
        lines(text, result.is("settings_kept") ? "kept" : "also", result.texts("settings_files"));
        return text.toString();
    }

    private static String signer(Fields plugin) {
        return plugin.text("signer").isEmpty() ? "by nobody" : "by " + plugin.safe("signer");
    }

    private static void lines(StringBuilder text, String label, List<String> values) {
        var shown = label;
        for (var value : values) {
            line(text, shown, SafeText.of(value));
            shown = "";
        }
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append(label)
                    .append(" ".repeat(LABEL - label.length()))
                    .append(value)
                    .append('\n');
        }
    }
}
