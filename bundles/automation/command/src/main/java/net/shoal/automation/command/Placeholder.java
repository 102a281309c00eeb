package net.shoal.automation.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What an argument can stand for. */
enum Placeholder {
    /** Absolute, so it begins with {@code /} or a drive, and is no option of any program. */
    PATH(done -> done.path().toString()),
    NAME(done -> harmless(done.name())),
    FOLDER(done -> done.folder().toString()),
    ID(Completion::id),
    SIZE(done -> Long.toString(done.size()));

    /** What programs take for options ({@code -}, {@code +}), and for files to read more arguments from ({@code @}). */
    private static final String BEGINS_AN_OPTION = "-+@";

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Function<Completion, String> value;

    Placeholder(Function<Completion, String> value) {
        this.value = value;
    }

    private static String harmless(String name) {
        boolean isOption = !name.isEmpty() && BEGINS_AN_OPTION.indexOf(name.charAt(0)) >= 0;
        return isOption ? "./" + name : name;
    }

    String text() {
        return "%" + name().toLowerCase(Locale.ROOT);
    }

    String of(Completion done) {
        return value.apply(done);
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(Placeholder::text).toList();
    }
}
