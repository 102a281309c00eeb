package org.example.broken;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Hangs, and does not listen; until a test is done with it. */
public final class IsDeaf implements BundleActivator {
    public static final String ENOUGH = "org.example.broken.enough";

    @Override
    @SuppressWarnings("ThreadSleepMillis")
    public void start(BundleContext context) {
        while (!Boolean.getBoolean(ENOUGH)) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
