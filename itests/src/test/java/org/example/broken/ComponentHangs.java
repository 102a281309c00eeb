package org.example.broken;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** A component that is never done. */
public final class ComponentHangs implements Supplier<String> {
    public ComponentHangs() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public String get() {
        return "";
    }
}
