package net.shoal.engine.choker;

/**
 * A peer as the choker sees it, at the time of a round. Times are nanoseconds of the swarm's clock. What stands for the same peer is equal from
 * round to round.
 */
public interface ChokerPeer {
    /** The peer wants something of us. */
    boolean interested();

    /** We choke it. */
    boolean choked();

    /** We do not choke it, and for a while it has asked for nothing: all it wants of us it is getting from others. */
    boolean idle();

    /** It unchoked us and sent nothing that it was asked for in {@link Choker#SNUBBED_AFTER}. */
    boolean snubbed();

    /** Bytes a second it sent us, over {@link Choker#RATE_WINDOW}. */
    long downRate();

    /** Bytes a second we sent it, over {@link Choker#RATE_WINDOW}. */
    long upRate();

    /** Bytes we sent it since it was last unchoked. */
    long sentSinceUnchoke();

    /** When it was last unchoked, or connected if it never was. */
    long unchokedAt();

    /** It has less than half of what we have: there is little that it could give to anybody. */
    boolean hasLittle();
}
