package net.shoal.engine.swarm;

import net.shoal.engine.choker.RateMeter;

/** Payload to and from one peer: in all, per second now, and over the longer time that the choker goes by. */
final class Traffic {
    private final long connectedAt;
    private final RateMeter downForChoker;
    private final RateMeter upForChoker;
    private long down;
    private long up;
    private long downSinceTick;
    private long upSinceTick;
    private long downRate;
    private long upRate;
    private long lastTick;
    private long unchokedAt;
    private long upAtUnchoke;

    Traffic(long now) {
        connectedAt = now;
        unchokedAt = now;
        lastTick = now;
        downForChoker = new RateMeter(now);
        upForChoker = new RateMeter(now);
    }

    void received(int bytes) {
        down += bytes;
        downSinceTick += bytes;
    }

    void sent(int bytes) {
        up += bytes;
        upSinceTick += bytes;
    }

    void unchoked(long now) {
        unchokedAt = now;
        upAtUnchoke = up;
    }

    void tick(long now) {
        double seconds = Math.max(1e-3, (now - lastTick) / 1e9);
        downForChoker.add(downSinceTick, now);
        upForChoker.add(upSinceTick, now);
        downRate = smooth(downRate, downSinceTick / seconds);
        upRate = smooth(upRate, upSinceTick / seconds);
        downSinceTick = 0;
        upSinceTick = 0;
        lastTick = now;
    }

    /** Over about five seconds; a first sample counts fully, so that a fast peer is known as one after a second. */
    static long smooth(long before, double sample) {
        return (long) (before == 0 ? sample : (before * 4 + sample) / 5);
    }

    long down() {
        return down;
    }

    long up() {
        return up;
    }

    long downRate() {
        return downRate;
    }

    long upRate() {
        return upRate;
    }

    long chokerDownRate(long now) {
        return downForChoker.rate(now);
    }

    long chokerUpRate(long now) {
        return upForChoker.rate(now);
    }

    long connectedAt() {
        return connectedAt;
    }

    long unchokedAt() {
        return unchokedAt;
    }

    long upSinceUnchoke() {
        return up - upAtUnchoke;
    }
}
