package net.shoal.base.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command as data. To add one: name it in {@link Vocabulary}, carry it out in the shell bundle's {@code Actions}, and, where its
 * results are more than a line of text, give them a look in {@link ResultText}.
 *
 * @param name one word, or two as in {@code config get}
 * @param summary one line for the list of commands
 * @param details paragraphs for its own help
 * @param glossary what its last argument may be, for its own help
 */
public record Word(
        String name,
        List<Argument> arguments,
        List<Option> options,
        Runs runs,
        String summary,
        List<String> details,
        List<Explained> glossary) {
    /** A thing and what it is. */
    record Explained(String thing, String help) {}

    /** Where a command is carried out. */
    public enum Runs {
        /** By the launcher itself, without a node. */
        HERE,
        /** It is the node. */
        AS_NODE,
        /** By the running node. */
        IN_NODE,
        /** By the running node, or else by a temporary one that ends with it. */
        IN_ANY_NODE
    }

    static Word of(String name, Runs runs, String summary, Argument... arguments) {
        return new Word(name, List.of(arguments), List.of(), runs, summary, List.of(), List.of());
    }

    Word with(Option... more) {
        return with(List.of(more));
    }

    Word with(List<Option> more) {
        var all = Stream.concat(options.stream(), more.stream()).toList();
        return new Word(name, arguments, all, runs, summary, details, glossary);
    }

    Word explained(String... paragraphs) {
        return new Word(name, arguments, options, runs, summary, List.of(paragraphs), glossary);
    }

    Word where(Stream<Explained> things) {
        return new Word(name, arguments, options, runs, summary, details, things.toList());
    }

    /** True if options of a node make sense with it: it starts one, or may. */
    public boolean takesNodeOptions() {
        return runs == Runs.AS_NODE || runs == Runs.IN_ANY_NODE;
    }

    public Optional<Option> option(String optionName) {
        return options.stream()
                .filter(option -> option.name().equals(optionName))
                .findFirst();
    }

    String usage() {
        var line = new StringBuilder("shoal ").append(name);
        arguments.forEach(argument -> line.append(' ').append(argument.usage()));
        return line.append(options.isEmpty() ? "" : " [options]").toString();
    }
}
