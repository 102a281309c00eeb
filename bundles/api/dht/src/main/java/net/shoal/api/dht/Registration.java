package net.shoal.api.dht;

/** Holds until it is closed. */
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
