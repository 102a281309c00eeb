package net.shoal.api.node;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import javax.management.JMException;

/** How many files and sockets this process may have open; systems like Windows set no limit. */
public final class Descriptors {
    private Descriptors() {}

    /** How many there may be ({@code ulimit -n}); empty for no limit. */
    public static OptionalLong most() {
        return attribute("MaxFileDescriptorCount");
    }

    /** How many there are. */
    public static OptionalLong open() {
        return attribute("OpenFileDescriptorCount");
    }

    /** Read by name: the typed interface is not part of Java SE. */
    private static OptionalLong attribute(String name) {
        try {
            var system = ManagementFactory.getOperatingSystemMXBean().getObjectName();
            var value = (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(system, name);
            return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (JMException e) {
            return OptionalLong.empty();
        }
    }
}
