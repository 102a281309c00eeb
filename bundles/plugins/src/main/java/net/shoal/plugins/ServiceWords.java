package net.shoal.plugins;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** A service in words: {@code StorageProvider (pack)}, {@code command pack:extract}. */
final class ServiceWords {
    private static final String SCOPE = "osgi.command.scope";
    private static final String FUNCTION = "osgi.command.function";

    /** Properties by which one service of a kind is told from the others, the first that there is. */
    private static final List<String> NAMES =
            List.of("storage.name", "transport.scheme", "wire.extension", "hc.name", "component.name");

    private ServiceWords() {}

    /** Registered on its behalf, for its settings. */
    static boolean isOfTheFramework(ServiceReference<?> service) {
        return texts(service.getProperty(Constants.OBJECTCLASS))
                .allMatch(name -> name.startsWith("org.osgi.service.cm."));
    }

    static String of(ServiceReference<?> service) {
        if (service.getProperty(SCOPE) != null && service.getProperty(FUNCTION) != null) {
            return texts(service.getProperty(FUNCTION))
                    .map(function -> "command " + service.getProperty(SCOPE) + ":" + function)
                    .collect(Collectors.joining(", "));
        }
        var interfaces = texts(service.getProperty(Constants.OBJECTCLASS))
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.joining(", "));
        return NAMES.stream()
                .map(service::getProperty)
                .filter(Objects::nonNull)
                .findFirst()
                .map(name -> interfaces + " (" + name + ")")
                .orElse(interfaces);
    }

    private static Stream<String> texts(@Nullable Object value) {
        return value instanceof Object[] array
                ? Arrays.stream(array).map(String::valueOf)
                : Stream.of(String.valueOf(value));
    }
}
