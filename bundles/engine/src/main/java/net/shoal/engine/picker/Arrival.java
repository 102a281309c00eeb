package net.shoal.engine.picker;

/** What a block that arrived meant. */
public enum Arrival {
    /** It was not there yet, and more of its piece is missing. */
    ACCEPTED,
    /** It was the last of its piece, which wants hashing now. */
    COMPLETED,
    /** It was there already, or its piece is not being fetched: to be thrown away. */
    UNWANTED
}
