package net.shoal.engine.swarm;

/** Payload of a whole swarm. */
final class Totals {
    private long down;
    private long up;
    private long downRate;
    private long upRate;
    private long downAtTick;
    private long upAtTick;
    private long lastTick;

    Totals(long now) {
        lastTick = now;
    }

    void received(int bytes) {
        down += bytes;
    }

    void sent(int bytes) {
        up += bytes;
    }

    void tick(long now) {
        double seconds = Math.max(1e-3, (now - lastTick) / 1e9);
        downRate = Traffic.smooth(downRate, (down - downAtTick) / seconds);
        upRate = Traffic.smooth(upRate, (up - upAtTick) / seconds);
        downAtTick = down;
        upAtTick = up;
        lastTick = now;
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
}
