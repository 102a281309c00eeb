package net.shoal.base.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a command line: {@code [options] WORD [WORD] (option | argument)...}, where {@code --} ends the options. */
public final class CommandLine {
    private final List<String> args;
    private final Word word;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, List<String>> options = new LinkedHashMap<>();

    private CommandLine(List<String> args, Word word) {
        this.args = args;
        this.word = word;
    }

    /** Without a command it is {@code run}. */
    public static Invocation parse(List<String> args) throws UsageException {
        int first = indexOfWord(args);
        if (first < 0) {
            return new CommandLine(args, Vocabulary.word(Vocabulary.RUN)).read();
        }
        var word = wordAt(args, first);
        int tokens = word.name().indexOf(' ') < 0 ? 1 : 2;
        var rest = Stream.concat(args.subList(0, first).stream(), args.subList(first + tokens, args.size()).stream())
                .toList();
        return new CommandLine(rest, word).read();
    }

    /** The first token that is neither an option nor the value of one. */
    private static int indexOfWord(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            var arg = args.get(i);
            if (!arg.startsWith("-")) {
                return i;
            }
            if (arg.equals("--")) {
                return -1;
            }
            if (takesNext(arg)) {
                i++;
            }
        }
        return -1;
    }

    private static boolean takesNext(String arg) {
        return Stream.concat(Vocabulary.EVERYWHERE.stream(), Vocabulary.OF_A_NODE.stream())
                .anyMatch(option -> option.name().equals(arg) && !option.isFlag());
    }

    private static Word wordAt(List<String> args, int index) throws UsageException {
        var one = args.get(index);
        var two = index + 1 < args.size() ? one + " " + args.get(index + 1) : one;
        var found = Vocabulary.find(one).or(() -> Vocabulary.find(two));
        if (found.isPresent()) {
            return found.get();
        }
        var family = Vocabulary.words().stream()
                .map(Word::name)
                .filter(name -> name.startsWith(one + " "))
                .toList();
        if (!family.isEmpty()) {
            throw new UsageException(
                    "'" + one + "' is followed by one of: " + String.join(", ", ends(family)), Optional.empty());
        }
        var known = Vocabulary.words().stream().map(Word::name).toList();
        throw new UsageException(
                "there is no command '" + SafeText.of(one) + "'" + Nearest.suggestion(one, known), Optional.empty());
    }

    private static List<String> ends(List<String> names) {
        return names.stream().map(name -> name.substring(name.indexOf(' ') + 1)).toList();
    }

    private Invocation read() throws UsageException {
        boolean optionsEnded = false;
        for (int i = 0; i < args.size(); i++) {
            var arg = args.get(i);
            if (optionsEnded || !arg.startsWith("-") || arg.equals("-")) {
                arguments.add(arg);
            } else if (arg.equals("--")) {
                optionsEnded = true;
            } else {
                i = readOption(i);
            }
        }
        if (!asksOnly()) {
            checkArguments();
        }
        return new Invocation(word, arguments, options);
    }

    /** Someone who asks for help need not have the rest right. */
    private boolean asksOnly() {
        return options.containsKey("--help") || options.containsKey("--version");
    }

    /** @return index of the last token that belongs to this option */
    private int readOption(int index) throws UsageException {
        var arg = args.get(index);
        int equals = arg.indexOf('=');
        var name = equals < 0 ? (arg.equals("-h") ? "--help" : arg) : arg.substring(0, equals);
        var option = find(name);
        if (option.isFlag()) {
            if (equals >= 0) {
                throw wrong(name + " takes no value");
            }
            options.putIfAbsent(name, List.of());
            return index;
        }
        if (equals < 0 && index + 1 >= args.size()) {
            throw wrong(name + " needs a value: " + option.usage());
        }
        put(option, equals < 0 ? args.get(index + 1) : arg.substring(equals + 1));
        return equals < 0 ? index + 1 : index;
    }

    private Option find(String name) throws UsageException {
        var known = Vocabulary.optionsFor(word);
        var found = known.stream().filter(option -> option.name().equals(name)).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        if (Vocabulary.isOfANode(name)) {
            throw wrong(name + " is an option of a node; `" + word.name()
                    + (word.runs() == Word.Runs.HERE ? "` works without one" : "` talks to one that runs already"));
        }
        throw wrong("`" + word.name() + "` has no option " + SafeText.of(name)
                + Nearest.suggestion(name, known.stream().map(Option::name).toList()));
    }

    private void put(Option option, String value) throws UsageException {
        try {
            option.check(value);
        } catch (IllegalArgumentException e) {
            throw wrong(option.name() + ": " + e.getMessage());
        }
        if (options.containsKey(option.name()) && !option.mayRepeat()) {
            throw wrong(option.name() + " is given twice; it can have one value");
        }
        options.computeIfAbsent(option.name(), name -> new ArrayList<>()).add(value);
    }

    private void checkArguments() throws UsageException {
        var wanted = word.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            boolean repeats = !wanted.isEmpty() && wanted.get(wanted.size() - 1).times() == Argument.Times.ONCE_OR_MORE;
            if (i >= wanted.size() && !repeats) {
                throw wrong("'" + SafeText.of(arguments.get(i)) + "' is one too many: `" + word.name() + "` takes "
                        + (wanted.isEmpty() ? "no arguments" : usageOf(wanted)));
            }
            check(wanted.get(Math.min(i, wanted.size() - 1)), arguments.get(i));
        }
        if (arguments.size() < wanted.size()) {
            throw wrong("`" + word.name() + "` needs " + usageOf(wanted.subList(arguments.size(), wanted.size())));
        }
    }

    private void check(Argument argument, String value) throws UsageException {
        try {
            argument.type().check(value);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private static String usageOf(List<Argument> arguments) {
        return String.join(" ", arguments.stream().map(Argument::usage).toList());
    }

    private UsageException wrong(String message) {
        return new UsageException(message, Optional.of(word));
    }
}
