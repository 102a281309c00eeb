package net.shoal.api.transfer;

/** How much a file is wanted. */
public enum FilePriority {
    /** Not at all: its pieces are fetched only where they hold a part of another file. */
    SKIP,
    LOW,
    NORMAL,
    HIGH
}
