package net.shoal.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.PieceHashes;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameFilesTest {
    private static final int PIECE = 65_536;
    private static final Sha256Hash ROOT = new Sha256Hash(0, 0, 0, 1);
    private static final Lending NOBODY = new Lending(Runnable::run);

    private final SameFiles files = new SameFiles();

    private static Holder holder(Info info, Visibility visibility) {
        return new Holder(info, visibility, Instant.EPOCH, NOBODY);
    }

    private static Holder v2(long length, Sha256Hash root) {
        return holder(v2(length, root, false), Visibility.LINK);
    }

    private static Info v2(long length, Sha256Hash root, boolean isPrivate) {
        var file = new FileEntry(List.of("x"), 0, length, Set.of(), Optional.of(root), Optional.empty());
        return new Info(
                ByteBuffer.allocate(0),
                InfoHashes.of(new InfoHash.V2(new Sha256Hash(0, 0, 0, 9))),
                "x",
                true,
                List.of(file),
                PieceLayout.contiguous(length, PIECE),
                Optional.empty(),
                isPrivate,
                Optional.empty());
    }

    /** Files one after the other, with a hash for each piece. */
    private static Holder v1(int pieceLength, int[] hashes, long... lengths) {
        var entries = new ArrayList<FileEntry>();
        long offset = 0;
        for (long length : lengths) {
            entries.add(
                    new FileEntry(List.of("f" + offset), offset, length, Set.of(), Optional.empty(), Optional.empty()));
            offset += length;
        }
        var bytes = ByteBuffer.allocate(20 * hashes.length);
        for (int hash : hashes) {
            new Sha1Hash(0, 0, hash).write(bytes);
        }
        return holder(
                new Info(
                        ByteBuffer.allocate(0),
                        InfoHashes.of(new InfoHash.V1(new Sha1Hash(1, 2, 3))),
                        "x",
                        false,
                        entries,
                        PieceLayout.contiguous(offset, pieceLength),
                        Optional.of(new PieceHashes(bytes.flip())),
                        false,
                        Optional.empty()),
                Visibility.LINK);
    }

    private Map<Integer, Integer> shared(Holder lender, Holder borrower) {
        files.add(lender);
        files.add(borrower);
        return files.lenders(borrower).getOrDefault(lender, Map.of());
    }

    @Test
    void filesOfOneRootAndLengthAreTheSame() {
        assertThat(shared(v2(100_000, ROOT), v2(100_000, ROOT))).isEqualTo(Map.of(0, 0));
    }

    @Test
    void filesOfAnotherRootOrLengthAreNot() {
        assertThat(shared(v2(100_000, ROOT), v2(100_001, ROOT))).isEmpty();
        assertThat(shared(v2(100_000, ROOT), v2(100_000, new Sha256Hash(0, 0, 0, 2))))
                .isEmpty();
        assertThat(shared(v2(10_000, ROOT), v2(10_000, ROOT)))
                .as("not worth while")
                .isEmpty();
    }

    @Test
    void filesOfV1AreTheSameWhereTheirPiecesAre() {
        // piece 0 is shared with another file, 1 and 2 are its own, 3 is shared
        var one = v1(PIECE, new int[] {1, 2, 3, 4}, 1_000, 200_000, 50_000);
        assertThat(shared(one, v1(PIECE, new int[] {9, 2, 3, 8}, 1_000, 200_000, 10_000)))
                .isEqualTo(Map.of(1, 1));
        assertThat(shared(one, v1(PIECE, new int[] {7, 9, 2, 3, 8}, PIECE, 1_000, 200_000)))
                .isEqualTo(Map.of(2, 1));
    }

    @Test
    void filesOfV1AreNotTheSameWithOtherPieces() {
        var one = v1(PIECE, new int[] {1, 2, 3, 4}, 1_000, 200_000, 50_000);
        assertThat(shared(one, v1(PIECE, new int[] {1, 2, 5, 4}, 1_000, 200_000, 50_000)))
                .as("another hash")
                .isEmpty();
        assertThat(shared(one, v1(PIECE, new int[] {1, 2, 3, 4}, 1_001, 200_000, 50_000)))
                .as("another place in its piece")
                .isEmpty();
        assertThat(shared(one, v1(PIECE, new int[] {1, 2, 3, 4}, 1_000, 200_001, 50_000)))
                .as("another length")
                .isEmpty();
        assertThat(shared(one, v1(PIECE / 2, new int[] {1, 2, 3, 4, 5, 6, 7, 8}, 1_000, 200_000, 50_000)))
                .as("another piece length")
                .isEmpty();
    }

    @Test
    void whoIsGoneLendsNothing() {
        var lender = v2(100_000, ROOT);
        var borrower = v2(100_000, ROOT);
        long before = files.version();
        assertThat(shared(lender, borrower)).isNotEmpty();
        files.remove(lender);
        assertThat(files.lenders(borrower)).isEmpty();
        assertThat(files.version()).isGreaterThan(before);
    }

    /** Data held under a narrower visibility, or for a private torrent, never fills a wider swarm (protocol.md). */
    @ParameterizedTest(name = "{0} {1} fills {2} {3}: {4}")
    @CsvSource({
        "open,    PUBLIC, open,    PUBLIC, yes",
        "open,    PUBLIC, open,    LINK,   yes",
        "open,    PUBLIC, private, PUBLIC, yes",
        "open,    PUBLIC, private, LINK,   yes",
        "open,    LINK,   open,    LINK,   yes",
        "open,    LINK,   private, LINK,   yes",
        "open,    LINK,   open,    PUBLIC, no",
        "open,    LINK,   private, PUBLIC, no",
        "private, PUBLIC, open,    PUBLIC, no",
        "private, PUBLIC, open,    LINK,   no",
        "private, LINK,   open,    LINK,   no",
        "private, LINK,   open,    PUBLIC, no",
        "private, PUBLIC, private, PUBLIC, no",
        "private, LINK,   private, LINK,   no",
        "private, PUBLIC, private, LINK,   no",
        "private, LINK,   private, PUBLIC, no",
    })
    void nothingFillsAWiderSwarm(String from, Visibility fromWhom, String to, Visibility toWhom, String expected) {
        var lender = holder(v2(100_000, ROOT, from.equals("private")), fromWhom);
        var borrower = holder(v2(100_000, ROOT, to.equals("private")), toWhom);
        assertThat(shared(lender, borrower).isEmpty() ? "no" : "yes").isEqualTo(expected);
    }

    @Test
    void tenThousandTransfersCostNoMoreThanTwo() {
        var all = new ArrayList<Holder>();
        for (int i = 0; i < 10_000; i++) {
            var root = new Sha256Hash(1, 0, 0, i / 2);
            all.add(v2(100_000, root));
        }
        long begin = System.nanoTime();
        all.forEach(files::add);
        for (var holder : all) {
            assertThat(files.lenders(holder)).hasSize(1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("a millisecond each, on a slow machine")
                .isLessThan(Duration.ofSeconds(10));
    }
}
