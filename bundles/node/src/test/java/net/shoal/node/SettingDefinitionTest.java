package net.shoal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SettingDefinitionTest {
    private static SettingDefinition setting(
            ValueType type, boolean list, String defaultText, List<String> options, Predicate<String> fits) {
        return new SettingDefinition("x", type, list, Optional.of(defaultText), options, "", fits);
    }

    private static SettingDefinition plain(ValueType type, String defaultText) {
        return setting(type, false, defaultText, List.of(), value -> true);
    }

    private static void refuses(SettingDefinition setting, String value, String message) {
        assertThatThrownBy(() -> setting.parse(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void valuesHaveTheirTypes() {
        assertThat(plain(ValueType.INTEGER, "1").parse("-5")).isEqualTo(-5);
        assertThat(plain(ValueType.LONG, "1").parse("5000000000")).isEqualTo(5_000_000_000L);
        assertThat(plain(ValueType.BOOLEAN, "true").parse("off")).isEqualTo(false);
        assertThat(plain(ValueType.DOUBLE, "1").parse("0.5")).isEqualTo(0.5);
        assertThat(plain(ValueType.STRING, "").parse("")).isEqualTo("");
    }

    @Test
    void listsAreSplitAtCommas() {
        var list = setting(ValueType.STRING, true, "", List.of(), value -> true);
        assertThat((String[]) list.parse("a, b\\,c ,C:\\x, d\\\\")).containsExactly("a", "b,c", "C:\\x", "d\\");
        assertThat((String[]) list.parse("")).isEmpty();
        var numbers = setting(ValueType.INTEGER, true, "1", List.of(), value -> true);
        assertThat((Integer[]) numbers.parse("1,2")).containsExactly(1, 2);
        assertThat(TextList.split(TextList.join(List.of("a,b", "c\\", "d")))).containsExactly("a,b", "c\\", "d");
    }

    @Test
    void whatIsNoSuchValueIsRefusedInWords() {
        refuses(plain(ValueType.INTEGER, "1"), "many", "takes a whole number, not 'many'");
        refuses(plain(ValueType.BOOLEAN, "true"), "maybe", "takes true or false, not 'maybe'");
        refuses(
                setting(ValueType.INTEGER, true, "1", List.of(), value -> true),
                "1, x",
                "takes values separated by commas, each a whole number, not 'x'");
    }

    @Test
    void boundsAreNamedThoughMetatypeOnlyKnowsYesAndNo() {
        var port = setting(ValueType.INTEGER, false, "6881", List.of(), text -> {
            int value = Integer.parseInt(text);
            return value >= 1 && value <= 65535;
        });
        assertThat(port.parse("65535")).isEqualTo(65535);
        refuses(port, "65536", "takes a whole number of at most 65535, not '65536'");
        refuses(port, "-2147483648", "takes a whole number of at least 1, not '-2147483648'");
    }

    @Test
    void bytesAreWrittenWithUnits() {
        var rate = setting(ValueType.LONG, false, "0", List.of(), text -> Long.parseLong(text) <= 1L << 40);
        assertThat(rate.parse("65536")).isEqualTo(65_536L);
        assertThat(rate.parse("64KiB")).isEqualTo(65_536L);
        assertThat(rate.parse("1.5MiB/s")).isEqualTo(1_572_864L);
        refuses(rate, "fast", "takes a whole number, also with a unit such as 64KiB or 2MiB, not 'fast'");
        refuses(
                rate,
                "2TiB",
                "takes a whole number, also with a unit such as 64KiB or 2MiB of at most 1099511627776, not '2TiB'");
    }

    @Test
    void optionsAreTakenInAnyCaseAndNamedWhenRefused() {
        var scope = setting(ValueType.STRING, false, "INTERNET", List.of("LOOPBACK", "LAN", "INTERNET"), value -> true);
        assertThat(scope.parse("lan")).isEqualTo("LAN");
        refuses(scope, "wan", "takes one of loopback, lan, internet, not 'wan'");
    }
}
