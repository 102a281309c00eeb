package net.shoal.base.bencode;

/** {@code i42e}. */
public record BInteger(long value) implements BValue {}
