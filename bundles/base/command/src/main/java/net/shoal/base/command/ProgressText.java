package net.shoal.base.command;

import java.util.ArrayList;

/** Progress in one line. */
final class ProgressText {
    private static final int BAR = 20;
    private static final int LONGEST_NAME = 28;

    private ProgressText() {}

    /** For a terminal: with a bar, cut to its width. */
    static String bar(Reply.Progress progress, Terminal terminal) {
        var name = Columns.fit(SafeText.of(progress.name()), Math.min(LONGEST_NAME, terminal.width() / 3));
        var line = name + " " + blocks(progress, terminal.unicode()) + " " + figures(progress);
        return Columns.fit(line, terminal.width() - 1);
    }

    /** For pipes and logs. */
    static String plain(Reply.Progress progress) {
        return SafeText.of(progress.name()) + ": " + figures(progress);
    }

    private static String figures(Reply.Progress progress) {
        var parts = new ArrayList<String>();
        if (progress.total() > 0) {
            parts.add(Humane.percent(progress.done(), progress.total()) + " of " + Humane.size(progress.total()));
        }
        if (!progress.state().equals("downloading")) {
            parts.add(inWords(progress.state()));
        }
        if (progress.down() > 0) {
            parts.add(Humane.rate(progress.down()));
        }
        progress.eta().ifPresent(seconds -> parts.add(Humane.duration(seconds) + " left"));
        if (!progress.from().isEmpty()) {
            parts.add(SafeText.of(progress.from()));
        }
        return String.join(", ", parts);
    }

    private static String inWords(String state) {
        return state.equals("metadata") ? "asking for its metadata" : SafeText.of(state);
    }

    private static String blocks(Reply.Progress progress, boolean unicode) {
        double part = progress.total() <= 0 ? 0 : (double) progress.done() / progress.total();
        int full = (int) Math.max(0, Math.min(BAR, Math.floor(part * BAR)));
        return (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : "-").repeat(BAR - full);
    }
}
