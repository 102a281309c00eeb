package net.shoal.secure.mse;

import io.netty.buffer.PooledByteBufAllocator;

/** Nanoseconds a byte of what is written and read on a channel; run by hand. */
final class Rc4Speed {
    private static final int BLOCK = 16 * 1024;
    private static final int BLOCKS = 16 * 1024;
    private static final int ROUNDS = 4;

    private Rc4Speed() {}

    public static void main(String[] arguments) {
        var stream = Rc4.of(new byte[] {1, 2, 3, 4, 5});
        var block = PooledByteBufAllocator.DEFAULT.directBuffer(BLOCK).writeZero(BLOCK);
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (int n = 0; n < BLOCKS; n++) {
                var out = PooledByteBufAllocator.DEFAULT.directBuffer(BLOCK);
                stream.copy(block, out);
                out.release();
            }
            long middle = System.nanoTime();
            for (int n = 0; n < BLOCKS; n++) {
                stream.apply(block, BLOCK);
            }
            long end = System.nanoTime();
            double bytes = (double) BLOCK * BLOCKS;
            System.out.printf("write %.2f ns/B, read %.2f ns/B%n", (middle - begin) / bytes, (end - middle) / bytes);
        }
        block.release();
    }
}
