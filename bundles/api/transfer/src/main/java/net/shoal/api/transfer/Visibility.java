package net.shoal.api.transfer;

/** Who may find and fetch content. */
public enum Visibility {
    /** Found by search, catalogue and link. */
    PUBLIC,
    /** Found only by who learns the infohash. */
    LINK
}
