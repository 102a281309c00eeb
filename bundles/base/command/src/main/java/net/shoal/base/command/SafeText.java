package net.shoal.base.command;

/** Text from elsewhere, made safe for a terminal and a single line: no control, bidi or other invisible characters. */
public final class SafeText {
    private static final int REPLACEMENT = 0xFFFD;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private SafeText() {}

    public static String of(String text) {
        if (text.codePoints().allMatch(SafeText::isSafe)) {
            return text;
        }
        return text.codePoints()
                .map(c -> isSafe(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            // joiners shape words of some scripts and emoji; every other format character can disguise a name
            case Character.FORMAT -> c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }
}
