package net.shoal.launcher;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Signals with an exit status of our own, which shutdown hooks cannot give. {@code sun.misc.Signal} is in every JDK (module
 * jdk.unsupported) but cannot be named in code that is compiled with warnings as errors.
 */
final class Signals {
    private Signals() {}

    /** A signal that was ignored when the process started (nohup, background jobs) stays so. */
    static void on(String name, Consumer<String> handler) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handlerType = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (self, method, args) -> {
                        return switch (method.getName()) {
                            case "handle" -> {
                                handler.accept(name);
                                yield null;
                            }
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> self == args[0];
                            default -> name;
                        };
                    });
            signal.getMethod("handle", signal, handlerType)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // there is no such signal on this system: then it need not be handled
        }
    }
}
