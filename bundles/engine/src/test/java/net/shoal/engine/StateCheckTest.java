package net.shoal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;

class StateCheckTest {
    @Test
    void namesWhatWasLeftOut() {
        var result = new StateCheck(() -> Map.of("cafe", "written by a newer Shoal"), List::of).execute();
        assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(result.toString()).contains("cafe").contains("newer Shoal");
        assertThat(new StateCheck(Map::of, List::of).execute().getStatus()).isEqualTo(Result.Status.OK);
    }

    @Test
    void stateThatCannotBeSavedIsNamed() {
        var result = new StateCheck(Map::of, () -> List.of("the state in /home cannot be saved: it is full")).execute();
        assertThat(result.getStatus()).isEqualTo(Result.Status.CRITICAL);
        assertThat(result.toString()).contains("it is full");
    }
}
