package net.shoal.api.transfer;

/** What peers tell each other about a third one (the flags of BEP 11). Hints, nothing more. */
public enum PeerTrait {
    /** It prefers encrypted connections. */
    ENCRYPTION,
    /** It has all it wants: a seed, or a partial one (BEP 21). */
    UPLOAD_ONLY,
    UTP,
    /** It can be introduced to others (BEP 55). */
    HOLEPUNCH,
    /** Who tells of it has dialled it. */
    REACHABLE
}
