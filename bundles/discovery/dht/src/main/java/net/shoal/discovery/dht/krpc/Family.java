package net.shoal.discovery.dht.krpc;

/** The two networks of BEP 32, each with its own nodes, and what they are called on the wire. */
public enum Family {
    V4(4, "n4", "nodes"),
    V6(16, "n6", "nodes6");

    /** Bytes of an address. */
    public final int addressLength;
    /** In {@code want}. */
    public final String want;
    /** The key under which a reply has nodes of this family. */
    public final String nodes;

    Family(int addressLength, String want, String nodes) {
        this.addressLength = addressLength;
        this.want = want;
        this.nodes = nodes;
    }

    /** Bytes of an address and a port. */
    public int endpointLength() {
        return addressLength + Short.BYTES;
    }

    public Family other() {
        return this == V4 ? V6 : V4;
    }
}
