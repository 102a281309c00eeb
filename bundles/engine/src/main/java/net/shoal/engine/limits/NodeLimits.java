package net.shoal.engine.limits;

/** All that limits the transfers of a node together, and the settings that hold for each of them. Whoever changes something tells the swarms. */
public final class NodeLimits {
    private final SharedRate down = new SharedRate();
    private final SharedRate up = new SharedRate();
    private volatile SwarmLimits each;

    public NodeLimits(SwarmLimits each) {
        this.each = each;
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
