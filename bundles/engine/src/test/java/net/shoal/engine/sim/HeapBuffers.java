package net.shoal.engine.sim;

import java.nio.ByteBuffer;
import net.shoal.engine.swarm.Buffers;
import net.shoal.engine.swarm.SharedBuffer;

/** Memory that is counted, so that a leak is noticed. */
final class HeapBuffers implements Buffers {
    private final Faults faults;
    private int inUse;

    HeapBuffers(Faults faults) {
        this.faults = faults;
    }

    int inUse() {
        return inUse;
    }

    @Override
    public SharedBuffer allocate(int size) {
        faults.allocate("memory for content");
        inUse++;
        return new Counted(ByteBuffer.allocate(size));
    }

    private final class Counted implements SharedBuffer {
        private final ByteBuffer bytes;
        private int references = 1;

        Counted(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public ByteBuffer view() {
            check();
            return bytes.duplicate();
        }

        @Override
        public void retain() {
            check();
            references++;
        }

        @Override
        public void release() {
            check();
            if (--references == 0) {
                inUse--;
            }
        }

        private void check() {
            if (references == 0) {
                throw new IllegalStateException("memory is used after it was given back");
            }
        }
    }
}
