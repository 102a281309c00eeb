package org.example.broken;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Fails. */
public final class Throws implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("the licence of this plugin has run out");
    }

    @Override
    public void stop(BundleContext context) {}
}
