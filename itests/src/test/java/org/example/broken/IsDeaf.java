package org.example.broken;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Hangs, and does not listen; until a test is done with it. */
public final class IsDeaf implements BundleActivator {
    public static final String ENOUGH = "org.example.broken.enough";

    @Override
    public void start(BundleContext context) {
        while (!Boolean.getBoolean(ENOUGH)) {
            Thread.interrupted(); // or the next line would not wait
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
