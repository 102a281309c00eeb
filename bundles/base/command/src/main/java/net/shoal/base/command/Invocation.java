package net.shoal.base.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line that was understood. All values have been checked against their type.
 *
 * @param options by name, in the order given; flags have no values
 */
public record Invocation(Word word, List<String> arguments, Map<String, List<String>> options) {
    public Invocation {
        arguments = List.copyOf(arguments);
        options = Map.copyOf(options);
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    public Optional<String> value(String option) {
        return values(option).stream().findFirst();
    }

    public List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    public String argument(int index) {
        return arguments.get(index);
    }

    public Set<String> optionNames() {
        return options.keySet();
    }

    /** The command line again, as a running node is sent it: without the options that are the client's own. */
    public List<String> forNode() {
        var args = new ArrayList<String>(List.of(word.name().split(" ", -1)));
        word.options().forEach(option -> append(option, args));
        args.add("--");
        args.addAll(arguments);
        return args;
    }

    private void append(Option option, List<String> args) {
        if (option.isFlag() && has(option.name())) {
            args.add(option.name());
        }
        values(option.name()).forEach(value -> args.add(option.name() + "=" + value));
    }
}
