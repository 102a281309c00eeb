package net.shoal.base.command;

import java.util.List;
import java.util.stream.Stream;

/** Help for the program and for each command, made from the vocabulary and folded to a width. */
public final class Help {
    private static final int MIN_WIDTH = 40;
    /** Longer lines are hard to read, however wide the terminal. */
    private static final int MAX_WIDTH = 100;

    private static final int INDENT = 2;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private Help(int width) {
        this.width = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width));
    }

    public static String program(int width) {
        return new Help(width).writeProgram();
    }

    public static String word(Word word, int width) {
        return new Help(width).writeWord(word);
    }

    private String writeProgram() {
        paragraph(
                "Shoal shares files and folders with the people you choose, over the BitTorrent network and without a server.");
        heading("usage: shoal [COMMAND] [options]");
        var rows = Vocabulary.words().stream()
                .map(word -> new Row(shortUsage(word), word.summary()))
                .toList();
        table(rows);
        heading("Everywhere:");
        table(rowsOf(Vocabulary.EVERYWHERE));
        heading("Of a node (run, share, get):");
        table(rowsOf(Vocabulary.OF_A_NODE));
        text.append('\n');
        paragraph("Without a command it is `run`. `share` and `get` start a node of their own where none is running. "
                + "`shoal COMMAND --help` tells more.");
        return text.toString();
    }

    private String writeWord(Word word) {
        text.append("usage: ").append(word.usage()).append("\n\n");
        paragraph(
                Character.toUpperCase(word.summary().charAt(0)) + word.summary().substring(1) + ".");
        word.details().forEach(this::paragraph);
        if (!word.glossary().isEmpty()) {
            var arguments = word.arguments();
            heading(arguments.get(arguments.size() - 1).name() + ":");
            table(word.glossary().stream()
                    .map(each -> new Row(each.thing(), each.help()))
                    .toList());
        }
        if (!word.options().isEmpty()) {
            heading("Options:");
            table(rowsOf(word.options()));
        }
        if (word.takesNodeOptions()) {
            heading(word.runs() == Word.Runs.AS_NODE ? "Of the node:" : "Of a temporary node (where none is running):");
            table(rowsOf(Vocabulary.OF_A_NODE));
        }
        heading("Everywhere:");
        table(rowsOf(Vocabulary.EVERYWHERE));
        return text.toString();
    }

    private static String shortUsage(Word word) {
        return Stream.concat(Stream.of(word.name()), word.arguments().stream().map(Argument::usage))
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    private static List<Row> rowsOf(List<Option> options) {
        return options.stream().map(Help::row).toList();
    }

    private static Row row(Option option) {
        return new Row(option.usage(), option.help() + (option.mayRepeat() ? " (may repeat)" : ""));
    }

    private void heading(String heading) {
        text.append('\n').append(heading).append('\n');
    }

    private void paragraph(String paragraph) {
        text.append(fold(paragraph, 0)).append('\n');
    }

    private void table(List<Row> rows) {
        int left = Math.min(
                        24,
                        rows.stream().mapToInt(row -> row.left.length()).max().orElse(0))
                + 2 * INDENT;
        for (var row : rows) {
            var head = " ".repeat(INDENT) + row.left;
            boolean fits = head.length() + INDENT <= left;
            text.append(fits ? head + " ".repeat(left - head.length()) : head + "\n" + " ".repeat(left));
            text.append(fold(row.right, left)).append('\n');
        }
    }

    private String fold(String prose, int indent) {
        var out = new StringBuilder();
        int column = indent;
        for (var token : prose.split(" ", -1)) {
            if (column > indent && column + 1 + token.length() > width) {
                out.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (column > indent) {
                out.append(' ');
                column++;
            }
            out.append(token);
            column += token.length();
        }
        return out.toString();
    }

    private record Row(String left, String right) {}
}
