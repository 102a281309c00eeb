package net.shoal.engine.limits;

/** All that limits the transfers of a node together, and the settings that hold for each of them. Whoever changes something tells the swarms. */
public final class NodeLimits {
    private final SharedRate down;
    private final SharedRate up;
    private volatile SwarmLimits each;

    /** @param now of the clock that swarms go by, in nanoseconds */
    public NodeLimits(SwarmLimits each, long now) {
        this.each = each;
        this.down = new SharedRate(now);
        this.up = new SharedRate(now);
    }

    /** What a transfer may receive. */
    public SharedRate down() {
        return down;
    }

    /** What a transfer may send. */
    public SharedRate up() {
        return up;
    }

    public SwarmLimits each() {
        return each;
    }

    public void each(SwarmLimits now) {
        each = now;
    }
}
