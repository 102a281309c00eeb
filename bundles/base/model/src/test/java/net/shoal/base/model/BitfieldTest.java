package net.shoal.base.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitfieldTest {
    @Test
    void pieceZeroIsTheHighBitOfTheFirstByte() {
        var field = new Bitfield(10);
        field.set(0);
        field.set(9);
        assertThat(field.toWire()).containsExactly(0x80, 0x40);
    }

    @Test
    void wireFormSurvivesARoundTrip() {
        var random = new Random(7);
        for (int size : new int[] {0, 1, 7, 8, 63, 64, 65, 1000}) {
            var field = new Bitfield(size);
            for (int i = 0; i < size; i++) {
                if (random.nextBoolean()) {
                    field.set(i);
                }
            }
            var back = Bitfield.ofWire(ByteBuffer.wrap(field.toWire()), size);
            assertThat(back).isEqualTo(field);
            assertThat(back.cardinality()).isEqualTo(field.cardinality());
        }
    }

    @Test
    void refusesSpareBitsAndWrongLengths() {
        assertThatThrownBy(() -> Bitfield.ofWire(ByteBuffer.wrap(new byte[] {(byte) 0xff}), 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spare");
        assertThatThrownBy(() -> Bitfield.ofWire(ByteBuffer.wrap(new byte[2]), 7))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsSetAndClearBitsAcrossWords() {
        var field = new Bitfield(130);
        field.set(129);
        assertThat(field.nextSet(0)).isEqualTo(129);
        field.setAll();
        assertThat(field.nextClear(0)).isEqualTo(-1);
        field.clear(64);
        assertThat(field.nextClear(0)).isEqualTo(64);
        assertThat(field.nextClear(65)).isEqualTo(-1);
        assertThat(field.cardinality()).isEqualTo(129);
    }

    @Test
    void findsBitsSetInBoth() {
        var one = new Bitfield(130);
        var other = new Bitfield(130);
        one.set(3);
        one.set(129);
        other.set(4);
        assertThat(one.intersects(other)).isFalse();
        other.set(129);
        assertThat(one.intersects(other)).isTrue();
        assertThat(one.nextCommon(other, 0)).isEqualTo(129);
        assertThat(one.nextCommon(other, 129)).isEqualTo(129);
        assertThat(one.nextCommon(other, 130)).isEqualTo(-1);
    }
}
