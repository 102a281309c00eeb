package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

class ProvidersTest {
    private final Providers<String> providers = new Providers<>();

    @Test
    void areInOrderOfRankingThenAge() {
        providers.add("young", Map.of(Constants.SERVICE_ID, 9L));
        providers.add("low", Map.of(Constants.SERVICE_RANKING, -5, Constants.SERVICE_ID, 1L));
        providers.add("old", Map.of(Constants.SERVICE_ID, 3L));
        providers.add("high", Map.of(Constants.SERVICE_RANKING, 5, Constants.SERVICE_ID, 10L));
        assertThat(providers.ranked()).containsExactly("high", "old", "young", "low");
    }

    @Test
    void takeTheirChannelsWithThemWhenTheyGo() {
        providers.add("a", Map.of());
        providers.add("b", Map.of());
        var ofA = new EmbeddedChannel();
        var ofB = new EmbeddedChannel();
        providers.track("a", ofA);
        providers.track("b", ofB);
        providers.remove("a");
        assertThat(ofA.isOpen()).isFalse();
        assertThat(ofB.isOpen()).isTrue();
        assertThat(providers.ranked()).containsExactly("b");
        providers.closeChannels();
        assertThat(ofB.isOpen()).isFalse();
    }

    @Test
    void whatComesTooLateIsClosed() {
        providers.add("a", Map.of());
        providers.remove("a");
        var late = new EmbeddedChannel();
        providers.track("a", late);
        assertThat(late.isOpen()).isFalse();
    }
}
