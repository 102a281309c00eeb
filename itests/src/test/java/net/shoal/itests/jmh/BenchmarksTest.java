package net.shoal.itests.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark runs: once, in this process, whatever time it takes. */
class BenchmarksTest {
    @Test
    void eachRunsOnce() throws RunnerException {
        // nothing is measured, so others may measure meanwhile
        System.setProperty("jmh.ignoreLock", "true");
        var once = new OptionsBuilder()
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .param("rate", "1000000")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        var ran = new Runner(once)
                .run().stream()
                        .map(result -> result.getParams().getBenchmark())
                        .map(name -> name.replaceFirst(".*[.](.*)Benchmark[.].*", "$1"))
                        .collect(Collectors.toSet());
        assertThat(ran).containsExactlyInAnyOrder("Picker", "Wire", "Bencode", "Hashing", "Mse");
    }
}
