package net.shoal.engine.transfer;

import java.time.Duration;
import net.shoal.engine.queue.QueueLimits;

/**
 * How the node manages its transfers.
 *
 * @param seedRatio uploaded to downloaded at which a download stops seeding, 0 for never
 * @param seedIdle how long a download seeds with nobody wanting anything of it, zero for ever
 */
public record TransferSettings(QueueLimits queue, double seedRatio, Duration seedIdle) {
    public static final TransferSettings NONE = new TransferSettings(QueueLimits.NONE, 0, Duration.ZERO);
}
