package net.shoal.discovery.dht.lookup;

import net.shoal.base.bencode.BDict;
import net.shoal.base.model.Sha1Hash;

/** What comes of one question: one of the first two, perhaps after the third. */
public interface Answer {
    /**
     * @param id of the node that answered
     * @param millis how long it took
     */
    void replied(Sha1Hash id, BDict values, int millis);

    /**
     * No answer, or a refusal.
     *
     * @param code 0 for none
     */
    void failed(int code, String text);

    /** Most would have answered by now; it may still come. */
    default void isSlow() {}
}
