package net.shoal.base.model;

/** The hash of an info dictionary: what names a swarm. */
public sealed interface InfoHash {
    /** The 20 bytes that handshakes, trackers and the DHT carry. */
    Sha1Hash wire();

    String hex();

    /** BEP 3: SHA-1 of the info dictionary. */
    record V1(Sha1Hash hash) implements InfoHash {
        @Override
        public Sha1Hash wire() {
            return hash;
        }

        @Override
        public String hex() {
            return hash.hex();
        }
    }

    /** BEP 52: SHA-256 of the info dictionary. */
    record V2(Sha256Hash hash) implements InfoHash {
        @Override
        public Sha1Hash wire() {
            return hash.truncated();
        }

        @Override
        public String hex() {
            return hash.hex();
        }
    }
}
