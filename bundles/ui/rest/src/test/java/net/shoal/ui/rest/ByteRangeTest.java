package net.shoal.ui.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.shoal.ui.rest.ByteRange.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-, 0, 99",
        "bytes=10-19, 10, 19",
        "bytes=90-1000, 90, 99",
        "bytes=-5, 95, 99",
        "bytes=-1000, 0, 99"
    })
    void isThePartThatIsThere(String header, long first, long last) {
        assertThat(ByteRange.of(Optional.of(header), 100)).isEqualTo(new Wanted.Part(new ByteRange(first, last)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"})
    void isNothingBeyondTheEnd(String header) {
        assertThat(ByteRange.of(Optional.of(header), 100)).isEqualTo(new Wanted.Nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=5-2",
                "items=0-1",
                "bytes=0-1,5-6",
                "bytes=a-b",
                "bytes=99999999999999999999-",
                "bytes= 0-1"
            })
    void whatIsNoRangeIsAllOfIt(String header) {
        assertThat(ByteRange.of(Optional.of(header), 100)).isEqualTo(new Wanted.All());
    }

    @Test
    void anEmptyFileHasNoParts() {
        assertThat(ByteRange.of(Optional.of("bytes=0-"), 0)).isEqualTo(new Wanted.Nothing());
        assertThat(ByteRange.of(Optional.empty(), 0)).isEqualTo(new Wanted.All());
    }
}
