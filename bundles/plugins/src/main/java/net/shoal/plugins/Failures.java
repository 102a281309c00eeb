package net.shoal.plugins;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;
import org.osgi.framework.BundleException;

/** Exceptions in words. */
final class Failures {
    private Failures() {}

    /** What a plugin threw, without what the framework wrapped around it. */
    static String words(Throwable thrown) {
        var cause = thrown;
        for (var inner = thrown; inner != null && isWrapped(cause); inner = inner.getCause()) {
            cause = inner;
        }
        var message = cause.getMessage();
        return oneLine(cause.getClass().getSimpleName() + (message == null ? "" : ": " + message));
    }

    private static boolean isWrapped(Throwable thrown) {
        return thrown.getCause() != null
                && (thrown instanceof BundleException
                        || thrown instanceof InvocationTargetException
                        || thrown instanceof ExecutionException);
    }

    /** The innermost cause of a stack trace that was written down. */
    static String innermost(String trace) {
        var causes = trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .map(line -> line.substring("Caused by: ".length()))
                .toList();
        var line = causes.isEmpty() ? trace.lines().findFirst().orElse("") : causes.get(causes.size() - 1);
        return oneLine(line.replaceFirst("^([\\w$]+\\.)+([\\w$]+)", "$2"));
    }

    static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
