package net.shoal.engine.transfer;

import java.time.Duration;

/**
 * When what was downloaded is brought to the disk itself, so that it outlives a power cut: which costs no more than it would some time
 * later, when the system writes it by itself.
 *
 * @param bytes that were verified since the last time
 * @param age of the first of them
 */
public record SyncRule(long bytes, Duration age) {
    public static final SyncRule DEFAULT = new SyncRule(256L << 20, Duration.ofSeconds(30));
}
