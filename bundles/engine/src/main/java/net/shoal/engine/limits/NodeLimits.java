package net.shoal.engine.limits;

import java.time.LocalDateTime;

/** All that limits the transfers of a node together, and the settings that hold for each of them. Whoever changes something tells the swarms. */
public final class NodeLimits {
    private final SharedRate down = new SharedRate();
    private final SharedRate up = new SharedRate();
    private final Connections connections = new Connections();
    private final SharedMemory writing;
    private final SharedMemory reading;
    private volatile SwarmLimits each;
    private volatile Schedule schedule = Schedule.UNLIMITED;
    private volatile boolean night;

    public NodeLimits(SwarmLimits each) {
        this.each = each;
        this.writing = new SharedMemory(each.writeCacheBytes());
        this.reading = new SharedMemory(each.readCacheBytes());
    }

    /** What a transfer may receive. */
    public SharedRate down() {
        return down;
    }

    /** What a transfer may send. */
    public SharedRate up() {
        return up;
    }

    public Connections connections() {
        return connections;
    }

    /** For content on its way to disk. */
    public SharedMemory writing() {
        return writing;
    }

    /** For content on its way to peers. */
    public SharedMemory reading() {
        return reading;
    }

    public void schedule(Schedule now) {
        schedule = now;
    }

    /**
     * Makes those rates hold that the schedule has for this moment. To be called every few seconds, and when the schedule has changed.
     *
     * @return true if they are others than before
     */
    public boolean keepTime(LocalDateTime moment) {
        var rates = schedule.at(moment);
        night = schedule.isNight(moment);
        boolean same = down.rate() == rates.down() && up.rate() == rates.up();
        down.limit(rates.down());
        up.limit(rates.up());
        return !same;
    }

    /** The rates are those of the night. */
    public boolean isNight() {
        return night;
    }

    public SwarmLimits each() {
        return each;
    }

    public void each(SwarmLimits now) {
        each = now;
        writing.limit(now.writeCacheBytes());
        reading.limit(now.readCacheBytes());
    }
}
