package net.shoal.base.bencode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hostile input may cost: row S2 of the reliability targets. */
class BencodeBoundsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** However long it is: what is never looked at takes no time. */
    @Test
    void aBombIsRefusedAtItsThirtyThirdLevel() {
        for (var level : List.of("l", "d0:", "d1:al")) {
            var in = ByteBuffer.wrap(level.repeat(100_000).getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> BencodeReader.LENIENT.read(in))
                    .isInstanceOf(BencodeException.class)
                    .hasMessageMatching("nested deeper than 32, at byte \\d{1,3}");
        }
    }

    @Test
    void readingAllocatesLessThanTwiceTheInput() throws Exception {
        for (var element : List.of("0:", "le", "de", "i0e", "1:a", "lleleed0:lee", "d6:lengthi1234e4:pathl5:a.txtee")) {
            var text = "l" + element.repeat(250_000) + "e";
            var in = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            int input = in.remaining();
            long before = allocated();
            var value = BencodeReader.LENIENT.read(in);
            assertThat(allocated() - before).as(element).isLessThan(2L * input);
            assertThat(value.encoded().remaining()).isEqualTo(input);
        }
    }

    @Test
    void aRefusedBombAllocatesNextToNothing() {
        var in = ByteBuffer.wrap("l".repeat(10_000_000).getBytes(StandardCharsets.US_ASCII));
        long before = allocated();
        assertThatThrownBy(() -> BencodeReader.LENIENT.read(in)).isInstanceOf(BencodeException.class);
        assertThat(allocated() - before).isLessThan(1_000_000);
    }

    @Test
    void anElementIsReachedWithoutHoldingTheOthers() throws Exception {
        var in = ByteBuffer.wrap(("l" + "le".repeat(1_000_000) + "i7ee").getBytes(StandardCharsets.US_ASCII));
        var list = (BList) BencodeReader.LENIENT.read(in);
        BValue last = BList.EMPTY;
        int count = 0;
        for (var element : list) {
            last = element;
            count++;
        }
        assertThat(count).isEqualTo(1_000_001);
        assertThat(last).isEqualTo(new BInteger(7));
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
