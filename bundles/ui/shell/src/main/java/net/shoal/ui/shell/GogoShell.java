package net.shoal.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.node.Home;
import net.shoal.base.command.Argument;
import net.shoal.base.command.Help;
import net.shoal.base.command.Option;
import net.shoal.base.command.Terminal;
import net.shoal.base.command.ValueType;
import net.shoal.base.command.Vocabulary;
import net.shoal.base.command.Word;
import net.shoal.base.model.AddressText;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;

/** What the shell says and knows: welcome, help, completion. */
final class GogoShell {
    private GogoShell() {}

    static Terminal terminal(CommandSession session) {
        var columns = session.get("COLUMNS");
        return Terminal.of("12", columns == null ? "" : columns.toString(), System.getenv());
    }

    /** Prints where we are, and teaches the shell to complete our words. */
    static @Nullable Object welcome(CommandSession session, Home home, FrontDoor frontDoor) throws Exception {
        var console = session.getConsole();
        var where = frontDoor.addresses().stream().map(AddressText::hostPort).collect(Collectors.joining(", "));
        console.println("Shoal: listening on " + where + ", home " + home.root());
        console.println(
                "`help` lists the commands, Tab completes, `exit` stops the node. Put links and patterns in 'quotes'.");
        for (var line : completions()) {
            session.execute(line);
        }
        return null;
    }

    static @Nullable Object help(CommandSession session, List<Object> args) {
        int width = terminal(session).width();
        var name = args.stream().map(String::valueOf).collect(Collectors.joining(" "));
        session.getConsole()
                .print(Vocabulary.find(name).map(word -> Help.word(word, width)).orElseGet(() -> Help.program(width)));
        return null;
    }

    /** {@code complete} commands of the Gogo shell. */
    static List<String> completions() {
        var lines = new ArrayList<String>();
        Vocabulary.words().stream().filter(GogoWords::isForARunningNode).forEach(word -> complete(word, lines));
        lines.add("complete -c shoal:config -a '[ls get set]'");
        lines.add("complete -c shoal:plugins -a '[ls info install update rm start stop]'");
        lines.add("complete -c shoal:plugins -a 'shoal:pluginNames'");
        lines.add("complete -c shoal:plugins -a '__files'");
        lines.add("complete -c shoal:config -a 'shoal:settings'");
        return lines;
    }

    private static void complete(Word word, List<String> lines) {
        if (word.name().indexOf(' ') >= 0) {
            return;
        }
        var command = "complete -c shoal:" + word.name();
        lines.add(command + " -e");
        lines.add(command + " -d " + quoted(word.summary()));
        for (var option : word.options()) {
            lines.add(command + " -l " + option.name().substring(2) + " --description " + quoted(option.help())
                    + values(option));
        }
        word.arguments().stream()
                .map(GogoShell::values)
                .filter(values -> !values.isEmpty())
                .forEach(values -> lines.add(command + values));
    }

    private static String values(Option option) {
        if (!option.choices().isEmpty()) {
            return " -a '[" + String.join(" ", option.choices()) + "]'";
        }
        return option.type().map(GogoShell::values).orElse("");
    }

    private static String values(Argument argument) {
        return values(argument.type());
    }

    private static String values(ValueType type) {
        return switch (type) {
            case PATH, LINK -> " -a '__files'";
            case DIRECTORY -> " -a '__directories'";
            case ID -> " -a 'shoal:ids'";
            case IDS -> " -a 'shoal:ids all'";
            case ASSIGNMENT -> " -a 'shoal:changes'";
            case KEY -> " -a 'shoal:settings'";
            case PLUGIN -> " -a 'shoal:pluginNames'";
            default -> "";
        };
    }

    /** Nothing is expanded between single quotes, and nothing can be escaped there. */
    private static String quoted(String text) {
        return "'" + text.replace('\'', '\u2019') + "'";
    }
}
