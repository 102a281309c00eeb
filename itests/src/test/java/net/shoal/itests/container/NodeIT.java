package net.shoal.itests.container;

import static org.assertj.core.api.Assertions.assertThat;

import javax.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

@InNode
class NodeIT {
    @Inject
    private @org.jspecify.annotations.Nullable BundleContext context;
    @Inject
    private @org.jspecify.annotations.Nullable ConfigurationAdmin configurations;

    @BeforeEach
    void look() {
      assertThat(context).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void runs(long x) {
        assertThat(context.getBundle().getSymbolicName()).isNotNull();
        assertThat(configurations).isNotNull();
        assertThat(getClass().getClassLoader().toString()).contains("BundleWiring");
        assertThat(x).isLessThan(2);
    }
}
