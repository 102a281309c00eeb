package org.example.broken;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Takes the process with it. */
public final class Halts implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Runtime.getRuntime().halt(3);
    }

    @Override
    public void stop(BundleContext context) {}
}
