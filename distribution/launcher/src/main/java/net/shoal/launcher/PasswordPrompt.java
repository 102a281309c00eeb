package net.shoal.launcher;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Asks for a new password: twice and without an echo on a terminal, else the first line of standard input. */
final class PasswordPrompt {
    private PasswordPrompt() {}

    /** @param isTerminal standard input is one */
    static String ask(boolean isTerminal) throws IOException {
        var console = Optional.ofNullable(System.console()).filter(there -> isTerminal);
        return console.isPresent() ? ask(console.get()) : line();
    }

    private static String line() throws IOException {
        var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }

    private static String ask(Console console) throws IOException {
        var first = console.readPassword("New password of the console (nothing removes it): ");
        var second = console.readPassword("Once more: ");
        if (first == null || second == null || !Arrays.equals(first, second)) {
            throw new IOException("the two are not the same; nothing was changed");
        }
        return new String(first);
    }
}
