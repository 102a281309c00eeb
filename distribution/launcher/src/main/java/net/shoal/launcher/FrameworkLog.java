package net.shoal.launcher;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/**
 * The log of the framework and of bundles that speak OSGi's LogService (Declarative Services tells of failed components there), carried
 * over to SLF4J. Proxies, since the two interfaces have some sixty overloads that come down to a level and a message.
 */
final class FrameworkLog {
    private static final ClassLoader LOADER = FrameworkLog.class.getClassLoader();

    private FrameworkLog() {}

    static LogService service() {
        return (LogService) Proxy.newProxyInstance(LOADER, new Class<?>[] {LogService.class}, FrameworkLog::onService);
    }

    private static @Nullable Object onService(Object self, Method method, Object[] args) {
        return switch (method.getName()) {
            case "getLogger" -> logger(nameOf(args), usesPrintf(args));
            case "log" -> {
                int at = args[0] instanceof Integer ? 0 : 1;
                write(
                        LoggerFactory.getLogger("osgi"),
                        level((Integer) args[at]),
                        String.valueOf(args[at + 1]),
                        cause(args));
                yield null;
            }
            default -> onObject(self, method, args, "LogService");
        };
    }

    private static String nameOf(Object[] args) {
        var name = args[0] instanceof Bundle && args.length > 1 ? args[1] : args[0];
        var text = name instanceof Class<?> type ? type.getName() : String.valueOf(name);
        return text.isBlank() || text.equals("ROOT") ? "osgi" : text;
    }

    private static boolean usesPrintf(Object[] args) {
        return args[args.length - 1] == FormatterLogger.class;
    }

    private static Object logger(String name, boolean printf) {
        var target = LoggerFactory.getLogger(name);
        return Proxy.newProxyInstance(
                LOADER,
                new Class<?>[] {FormatterLogger.class},
                (self, method, args) -> onLogger(target, printf, self, method, args == null ? new Object[0] : args));
    }

    private static @Nullable Object onLogger(Logger target, boolean printf, Object self, Method method, Object[] args)
            throws Exception {
        var name = method.getName();
        if (name.equals("getName")) {
            return target.getName();
        }
        if (name.startsWith("is")) {
            return target.isEnabledForLevel(level(name.substring(2, name.length() - "Enabled".length())));
        }
        if (args.length == 0 || method.getDeclaringClass() == Object.class) {
            return onObject(self, method, args, target.getName());
        }
        var level = level(name);
        if (!target.isEnabledForLevel(level)) {
            return null;
        }
        if (args[0] instanceof LoggerConsumer<?> consumer) {
            consumer.accept((org.osgi.service.log.Logger) self);
        } else {
            write(target, level, message(printf, args), cause(args));
        }
        return null;
    }

    private static String message(boolean printf, Object[] args) {
        var text = String.valueOf(args[0]);
        var values = args.length == 2 && args[1] instanceof Object[] array
                ? array
                : Arrays.copyOfRange(args, 1, args.length);
        if (values.length == 0) {
            return text;
        }
        return printf
                ? String.format(Locale.ROOT, text, values)
                : String.valueOf(MessageFormatter.arrayFormat(text, values).getMessage());
    }

    private static @Nullable Throwable cause(Object[] args) {
        var last = args[args.length - 1];
        if (last instanceof Object[] array && array.length > 0) {
            last = array[array.length - 1];
        }
        return last instanceof Throwable cause ? cause : null;
    }

    private static void write(Logger target, Level level, String message, @Nullable Throwable cause) {
        target.atLevel(level).setCause(cause).log("{}", message);
    }

    private static Level level(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "error" -> Level.ERROR;
            case "warn" -> Level.WARN;
            case "info", "audit" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            default -> Level.TRACE;
        };
    }

    /** The numbers of LogService before it had words: 1 error, 2 warning, 3 info, 4 debug. */
    private static Level level(int number) {
        return switch (number) {
            case 1 -> Level.ERROR;
            case 2 -> Level.WARN;
            case 3 -> Level.INFO;
            default -> Level.DEBUG;
        };
    }

    private static Object onObject(Object self, Method method, Object[] args, String name) {
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> self == args[0];
            default -> name;
        };
    }

    /** The framework's own messages. */
    static final class OfFelix extends org.apache.felix.framework.Logger {
        private final Logger log = LoggerFactory.getLogger("osgi.framework");

        @Override
        protected void doLog(int level, String message, @Nullable Throwable cause) {
            write(log, FrameworkLog.level(level), message, cause);
        }
    }
}
