package net.shoal.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads until a moment and no longer, however slowly it trickles: a socket's own time-out begins anew with each byte. */
final class EndsInTime extends FilterInputStream {
    private final long end;

    /** @param end by {@link System#nanoTime} */
    EndsInTime(InputStream in, long end) {
        super(in);
        this.end = end;
    }

    /** The time is over. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("it takes too long");
        }
    }

    @Override
    public int read() throws IOException {
        check();
        return super.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        check();
        return super.read(to, offset, length);
    }

    private void check() throws TooLongException {
        if (System.nanoTime() - end > 0) {
            throw new TooLongException();
        }
    }
}
