package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.shoal.api.transfer.FilePriority;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;
import net.shoal.engine.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
    private static final int PIECE = 16_384;

    @TempDir
    Path folder;

    private Info info(int... lengths) throws IOException {
        var root = Files.createDirectories(folder.resolve("content"));
        for (int i = 0; i < lengths.length; i++) {
            Files.write(root.resolve("file" + i), Samples.random(lengths[i], i));
        }
        return Samples.metainfo(root, Format.V1, PIECE).info();
    }

    private static List<Integer> set(Bitfield field) {
        var all = new java.util.ArrayList<Integer>();
        for (int i = field.nextSet(0); i >= 0; i = field.nextSet(i + 1)) {
            all.add(i);
        }
        return all;
    }

    @Test
    void aPieceIsWantedAsMuchAsTheMostWantedFileInIt() throws IOException {
        var info = info(PIECE + PIECE / 2, PIECE, PIECE / 2);
        var selection = Selection.of(
                info, List.of(), List.of(), Map.of(0, FilePriority.LOW, 1, FilePriority.HIGH, 2, FilePriority.SKIP));
        assertThat(selection.priorities()).containsExactly(2, 6, 6);
        assertThat(selection.bytes()).isEqualTo(2 * PIECE + PIECE / 2);
    }

    @Test
    void whatIsNotWantedIsLeftOutAndAChoiceHasTheLastWord() throws IOException {
        var info = info(PIECE, PIECE, PIECE);
        var selection =
                Selection.of(info, List.of("file1"), List.of(), Map.of(2, FilePriority.NORMAL, 1, FilePriority.SKIP));
        assertThat(selection.priorities()).containsExactly(0, 0, 4);
        assertThat(selection.isNothing()).isFalse();
        assertThat(Selection.of(info, List.of("file1"), List.of(), Map.of(1, FilePriority.SKIP))
                        .isNothing())
                .isTrue();
    }

    @Test
    void aHundredthAtEitherEndOfEachWantedFileIsItsPreview() throws IOException {
        var info = info(250 * PIECE, PIECE / 4, 3 * PIECE, 5 * PIECE);
        var selection = Selection.of(info, List.of(), List.of(), Map.of(2, FilePriority.SKIP));
        assertThat(set(selection.ends()))
                .as("three pieces of 250; the small file; not the one that is not wanted")
                .containsExactly(0, 1, 2, 247, 248, 249, 250, 253, 258);
    }

    @Test
    void whatIsLeftIsCountedByPieces() throws IOException {
        var info = info(2 * PIECE, PIECE);
        var verified = new Bitfield(3);
        verified.set(1);
        verified.set(2);
        var selection = Selection.of(info, List.of(), List.of(), Map.of(1, FilePriority.SKIP));
        assertThat(selection.left(verified)).isEqualTo(PIECE);
        assertThat(selection.done(info.files().get(0), verified)).isEqualTo(PIECE);
    }
}
