package net.shoal.base.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemoteTextTest {
    @Test
    void isOneLineThatSteersNothing() {
        assertThat(RemoteText.of(" not\r\nhere\u001b[2J\u202egnp.exe\t\t! ")).isEqualTo("not here [2J gnp.exe !");
    }

    @Test
    void isCutWhereItIsTooLongButNotWithinACharacter() {
        assertThat(RemoteText.of("x".repeat(1_000))).isEqualTo("x".repeat(RemoteText.MAX_LENGTH) + "…");
        assertThat(RemoteText.of("x" + "\ud83d\udc1f".repeat(1_000)))
                .isEqualTo("x" + "\ud83d\udc1f".repeat((RemoteText.MAX_LENGTH - 1) / 2) + "…");
    }
}
