package net.shoal.secure.mse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.shoal.base.model.Sha1Hash;
import org.junit.jupiter.api.Test;

class SwarmKeysTest {
    private final Random random = new Random(10_000);
    private final Secret secret = new Secret(new byte[] {1, 2, 3});
    private final SwarmKeys keys = new SwarmKeys();

    @Test
    void findsEachOfManySwarmsAndNoOther() {
        var swarms = new ArrayList<Sha1Hash>();
        for (int i = 0; i < 10_000; i++) {
            swarms.add(any());
        }
        for (int i = 0; i < swarms.size(); i += 97) {
            assertThat(keys.find(swarms, secret.masked(swarms.get(i)), secret)).contains(swarms.get(i));
            assertThat(keys.find(swarms, secret.masked(any()), secret)).isEmpty();
        }
    }

    @Test
    void followsTheSwarmsThatComeAndGo() {
        var one = any();
        var other = any();
        assertThat(keys.find(List.of(), secret.masked(one), secret)).isEmpty();
        assertThat(keys.find(List.of(one), secret.masked(one), secret)).contains(one);
        assertThat(keys.find(List.of(other), secret.masked(one), secret)).isEmpty();
        assertThat(keys.find(List.of(other, one), secret.masked(one), secret)).contains(one);
    }

    @Test
    void isNotMisledByAnotherSecret() {
        var one = any();
        assertThat(keys.find(List.of(one), new Secret(new byte[] {4}).masked(one), secret))
                .isEmpty();
    }

    private Sha1Hash any() {
        return new Sha1Hash(random.nextLong(), random.nextLong(), random.nextInt());
    }
}
