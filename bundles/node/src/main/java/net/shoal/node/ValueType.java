package net.shoal.node;

import java.util.Locale;
import java.util.Optional;
import net.shoal.api.node.Settings;
import net.shoal.base.command.Values;
import org.osgi.service.metatype.AttributeDefinition;

/** The types of single values that Metatype knows. */
enum ValueType {
    STRING("text", String.class),
    PASSWORD("text", String.class),
    /** Long where it counts bytes, or bytes a second, which people write with units. */
    LONG("a whole number, also with a unit such as 64KiB or 2MiB", Long.class),
    INTEGER("a whole number", Integer.class),
    SHORT("a whole number", Short.class),
    BYTE("a whole number", Byte.class),
    DOUBLE("a number", Double.class),
    FLOAT("a number", Float.class),
    BOOLEAN("true or false", Boolean.class),
    CHARACTER("a single character", Character.class);

    private final String words;
    private final Class<?> javaType;

    ValueType(String words, Class<?> javaType) {
        this.words = words;
        this.javaType = javaType;
    }

    @SuppressWarnings("deprecation") // BIGINTEGER and BIGDECIMAL are gone from the specification, and fall to text here
    static ValueType of(int metatype) {
        return switch (metatype) {
            case AttributeDefinition.LONG -> LONG;
            case AttributeDefinition.INTEGER -> INTEGER;
            case AttributeDefinition.SHORT -> SHORT;
            case AttributeDefinition.CHARACTER -> CHARACTER;
            case AttributeDefinition.BYTE -> BYTE;
            case AttributeDefinition.DOUBLE -> DOUBLE;
            case AttributeDefinition.FLOAT -> FLOAT;
            case AttributeDefinition.BOOLEAN -> BOOLEAN;
            case AttributeDefinition.PASSWORD -> PASSWORD;
            default -> STRING;
        };
    }

    Settings.Type form() {
        return switch (this) {
            case STRING, CHARACTER -> Settings.Type.TEXT;
            case PASSWORD -> Settings.Type.SECRET;
            case LONG -> Settings.Type.BYTES;
            case INTEGER, SHORT, BYTE -> Settings.Type.NUMBER;
            case DOUBLE, FLOAT -> Settings.Type.DECIMAL;
            case BOOLEAN -> Settings.Type.TRUTH;
        };
    }

    /** As in "it takes …". */
    String words() {
        return words;
    }

    Class<?> javaType() {
        return javaType;
    }

    boolean isText() {
        return javaType == String.class;
    }

    boolean isWhole() {
        return this == LONG || this == INTEGER || this == SHORT || this == BYTE;
    }

    Optional<Object> parse(String text) {
        try {
            return Optional.of(parsed(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Object parsed(String text) {
        return switch (this) {
            case STRING, PASSWORD -> text;
            case LONG -> bytes(text);
            case INTEGER -> Integer.valueOf(text);
            case SHORT -> Short.valueOf(text);
            case BYTE -> Byte.valueOf(text);
            case DOUBLE -> finite(text);
            case FLOAT -> (float) finite(text);
            case BOOLEAN -> truth(text);
            case CHARACTER -> character(text);
        };
    }

    private static Long bytes(String text) {
        return text.startsWith("-") ? Long.valueOf(text) : Long.valueOf(Values.rate(text));
    }

    private static double finite(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }
}
