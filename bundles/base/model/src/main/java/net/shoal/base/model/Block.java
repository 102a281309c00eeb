package net.shoal.base.model;

/** A part of a piece, the unit of requests: {@code offset} and {@code length} in bytes within the piece. */
public record Block(int piece, int offset, int length) {
    /** 16 KiB: what clients request at a time (BEP 3), and the leaf of v2 merkle trees (BEP 52). */
    public static final int SIZE = 16 * 1024;
}
