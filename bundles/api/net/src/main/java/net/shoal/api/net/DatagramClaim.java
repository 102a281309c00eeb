package net.shoal.api.net;

/** That certain datagrams are somebody's ({@link Datagrams#claim}). */
public interface DatagramClaim extends AutoCloseable {
    /** From now on the handler is not called; on another thread than the loop's, it may be in a call that has begun. */
    @Override
    void close();
}
