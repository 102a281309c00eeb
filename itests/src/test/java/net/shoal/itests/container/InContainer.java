package net.shoal.itests.container;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.ops4j.pax.exam.util.Injector;
import org.osgi.framework.BundleContext;

/** The end of the line that lies inside the probe bundle: makes the test object there, injects it and runs one method. Pax Exam calls it. */
public final class InContainer {
    /**
     * @param context of the probe; Pax Exam puts it first
     * @param arguments of the method, as an {@code Object[]}
     */
    public void run(BundleContext context, String className, String method, Object arguments) throws Throwable {
        var type = Class.forName(className, true, InContainer.class.getClassLoader());
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        var test = constructor.newInstance();
        context.getService(context.getServiceReference(Injector.class)).injectFields(test);
        invokeAll(type, BeforeEach.class, test);
        try {
            invoke(find(type, method), test, (Object[]) arguments);
        } finally {
            invokeAll(type, AfterEach.class, test);
        }
    }

    private static void invokeAll(Class<?> type, Class<? extends Annotation> annotation, Object test) throws Throwable {
        for (var method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(annotation)) {
                invoke(method, test);
            }
        }
    }

    private static Method find(Class<?> type, String name) throws NoSuchMethodException {
        for (var method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new NoSuchMethodException(type + "." + name);
    }

    private static void invoke(Method method, Object test, @Nullable Object... arguments) throws Throwable {
        method.setAccessible(true);
        try {
            method.invoke(test, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
