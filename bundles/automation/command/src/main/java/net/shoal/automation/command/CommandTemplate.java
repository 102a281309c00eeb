package net.shoal.automation.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Program and arguments as the user wrote them, checked: whatever a torrent is called, what is run is what the user meant. */
record CommandTemplate(List<String> words) {
    /** Programs that take one of their arguments for a command line. On Windows .bat and .cmd are run by such a one. */
    private static final Set<String> SHELLS = Set.of(
            "sh",
            "ash",
            "bash",
            "dash",
            "ksh",
            "mksh",
            "zsh",
            "fish",
            "csh",
            "tcsh",
            "nu",
            "elvish",
            "xonsh",
            "busybox",
            "toybox",
            "cmd",
            "powershell",
            "pwsh",
            "mshta",
            "wscript",
            "cscript",
            "wsl",
            "osascript");

    /** Programs that run what their arguments name, or read one of these as a program: a shell behind them would be the same. */
    private static final Set<String> RUNNERS = Set.of(
            "env",
            "nice",
            "ionice",
            "chrt",
            "taskset",
            "nohup",
            "setsid",
            "stdbuf",
            "timeout",
            "time",
            "watch",
            "xargs",
            "parallel",
            "find",
            "flock",
            "script",
            "screen",
            "tmux",
            "strace",
            "ltrace",
            "unshare",
            "nsenter",
            "chroot",
            "setpriv",
            "su",
            "sudo",
            "doas",
            "pkexec",
            "runuser",
            "ssh",
            "rsh",
            "at",
            "batch",
            "systemd-run",
            "make",
            "awk",
            "gawk",
            "mawk",
            "nawk",
            "sed",
            "expect",
            "eval",
            "rundll32",
            "start");

    /** Programs that run a file of the user's, which is well, or a text they are given, which is not. */
    private static final Pattern INTERPRETERS = Pattern.compile(
            "(python|pypy|perl|ruby|node|nodejs|deno|bun|php|lua|luajit|tclsh|guile|Rscript|groovy|jshell)[0-9.]*");

    private static final Pattern TEXT_TO_RUN =
            Pattern.compile("-[a-zA-Z]*[ceErRp]|--(eval|print|exec|execute|run|command)(=.*)?|eval");

    /** @throws IllegalArgumentException with a sentence that says what is wrong and what would be right */
    static CommandTemplate of(List<String> words) {
        checkProgram(words.get(0));
        checkInterpreter(words);
        checkThere(words.get(0));
        words.stream().skip(1).forEach(CommandTemplate::checkArgument);
        return new CommandTemplate(List.copyOf(words));
    }

    private static void checkProgram(String program) {
        var path = path(program).filter(Path::isAbsolute);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("the program '" + program
                    + "' is not given from the root down; write it such as /usr/local/bin/notify");
        }
        var file = String.valueOf(path.get().getFileName()).toLowerCase(Locale.ROOT);
        var name = file.replaceFirst("\\.exe$", "");
        if (RUNNERS.contains(name)) {
            throw new IllegalArgumentException(program
                    + " runs other programs by its arguments, and names from the network must not get near that; name the"
                    + " program itself, or a script of yours that is executable");
        }
        if (SHELLS.contains(name) || file.endsWith(".bat") || file.endsWith(".cmd")) {
            throw new IllegalArgumentException(program
                    + " is a shell, or run by one, and names from the network must not get near it; name a program,"
                    + " or a script of yours that is executable");
        }
    }

    private static void checkInterpreter(List<String> words) {
        var file = Path.of(words.get(0)).getFileName().toString();
        var text = words.stream()
                .skip(1)
                .filter(word -> TEXT_TO_RUN.matcher(word).matches())
                .findFirst();
        if (INTERPRETERS.matcher(file.replaceFirst("\\.exe$", "")).matches() && text.isPresent()) {
            throw new IllegalArgumentException(
                    words.get(0) + " with " + text.get()
                            + " runs a text, and names from the network must not get near it; put the text into a file and name that");
        }
    }

    private static void checkThere(String program) {
        var path = Path.of(program);
        if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
            throw new IllegalArgumentException(
                    program + (Files.exists(path) ? " is not executable; `chmod +x` makes it so" : " is not there"));
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static void checkArgument(String argument) {
        boolean isPlaceholder = Placeholder.texts().contains(argument);
        if (argument.startsWith("%") && !argument.startsWith("%%") && !isPlaceholder) {
            throw new IllegalArgumentException("there is no placeholder " + argument + "; there is "
                    + String.join(", ", Placeholder.texts()) + ", and %% for a % of your own at the beginning");
        }
        if (!isPlaceholder && Placeholder.texts().stream().anyMatch(argument::contains) && !argument.startsWith("%%")) {
            throw new IllegalArgumentException(
                    "'" + argument + "' mixes a placeholder with other text; a placeholder is an argument of its own");
        }
    }

    /** Each word becomes one argument. */
    List<String> fill(Completion done) {
        return words.stream().map(word -> fill(word, done)).toList();
    }

    private static String fill(String word, Completion done) {
        return Arrays.stream(Placeholder.values())
                .filter(placeholder -> placeholder.text().equals(word))
                .findFirst()
                .map(placeholder -> placeholder.of(done))
                .orElseGet(() -> word.startsWith("%%") ? word.substring(1) : word);
    }
}
