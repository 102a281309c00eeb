package net.shoal.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AcceptTroubleTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final List<String> warnings = new ArrayList<>();
    private final EmbeddedChannel listener = new EmbeddedChannel(new AcceptTrouble(now::get, warnings::add));

    private void fail() {
        listener.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void oneTroubleIsToldOnceInTenMinutesAndTheListenerGoesOn() {
        for (int i = 0; i < 599; i++) {
            fail();
        }
        assertThat(warnings).singleElement().asString().contains("Too many open files");
        fail();
        fail();
        assertThat(warnings).hasSize(2);
        listener.checkException();
        assertThat(listener.isOpen()).isTrue();
    }
}
