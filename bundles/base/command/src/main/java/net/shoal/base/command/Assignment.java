package net.shoal.base.command;

import java.util.Arrays;

/**
 * One {@code KEY=VALUE} of {@code set}, checked.
 *
 * @param glob the files it is about, with {@link TransferKey#PRIORITY}; else empty
 */
public record Assignment(TransferKey key, String glob, String value) {
    /** @throws IllegalArgumentException with a sentence that says what is wrong and what would be right */
    public static Assignment parse(String text) {
        boolean isPriority = text.regionMatches(true, 0, "priority:", 0, 9);
        // a pattern may hold an equals sign, as a URL may
        int equals = isPriority ? text.lastIndexOf('=') : text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' sets nothing; write KEY=VALUE, such as downLimit=1MiB or sequential=on");
        }
        var name = text.substring(0, equals);
        int colon = name.indexOf(':');
        var key = key(colon < 0 ? name : name.substring(0, colon));
        var assignment = new Assignment(key, colon < 0 ? "" : name.substring(colon + 1), text.substring(equals + 1));
        assignment.check(colon >= 0);
        return assignment;
    }

    private static TransferKey key(String name) {
        return Arrays.stream(TransferKey.values())
                .filter(key -> key.key().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a transfer has no '" + name + "' to set"
                        + Nearest.suggestion(name, TransferKey.keys()) + " (there is "
                        + String.join(", ", TransferKey.keys()) + ")"));
    }

    private void check(boolean hasGlob) {
        if (key == TransferKey.PRIORITY) {
            if (!hasGlob) {
                throw new IllegalArgumentException(
                        "priority says of which files: write priority:GLOB=VALUE, such as 'priority:*.mkv=high'");
            }
            Values.checkGlob(glob);
        } else if (hasGlob) {
            throw new IllegalArgumentException(
                    key.key() + " is of the whole transfer; write " + key.usage() + " without '" + glob + "'");
        }
        try {
            key.check(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key.key() + ": " + e.getMessage(), e);
        }
    }
}
