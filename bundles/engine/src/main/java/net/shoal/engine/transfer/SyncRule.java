package net.shoal.engine.transfer;

import java.time.Duration;

/**
 * When what was downloaded is brought to the disk itself, so that it outlives a power cut. Seldom: while the disk is busy with it, a
 * download on a fast line waits for nothing else.
 *
 * @param bytes that were verified since the last time
 * @param age of the first of them
 */
public record SyncRule(long bytes, Duration age) {
    public static final SyncRule DEFAULT = new SyncRule(1L << 30, Duration.ofSeconds(30));
}
