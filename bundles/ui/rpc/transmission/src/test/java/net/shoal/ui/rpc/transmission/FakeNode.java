package net.shoal.ui.rpc.transmission;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.library.ContentLinks;
import net.shoal.api.library.Share;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.library.ShareRequest;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferDetails.PeerStatus;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.command.Json;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoException;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.Sha1Hash;

/** A node whose transfers are what the test says, and write down what is wanted of them; asked as programs ask. */
final class FakeNode implements TransferEngine, ShareLibrary, ContentLinks {
    final List<FakeTransfer> transfers = new ArrayList<>();
    final List<String> removed = new ArrayList<>();
    final List<AddRequest> added = new ArrayList<>();
    final FakeSettings settings = new FakeSettings();
    final Path home;
    long now = 1_000_000;
    Optional<String> refusesNew = Optional.empty();

    private final Methods methods;

    FakeNode(Path home) {
        this.home = home;
        var torrents = new Torrents(this, () -> now);
        var labels = new Labels(home.resolve("labels.json"));
        var get = new TorrentGet(torrents, labels, this, () -> now);
        var set = new TorrentSet(labels);
        methods = new Methods(
                get,
                new TorrentAdd(this, this, torrents, get, set, () -> Path.of("/downloads")),
                set,
                new Actions(this, torrents, labels),
                new SessionSettings(
                        settings, () -> OptionalInt.of(7716), new SessionSettings.Facts("1.2", home, "token")),
                new SessionStats(this, () -> 60));
    }

    /** The whole answer. */
    Map<String, Object> ask(String json) throws InterruptedException {
        return Json.readObject(Json.write(methods.answer(json.replace('\'', '"'))));
    }

    Map<?, ?> arguments(String json) throws InterruptedException {
        var answer = ask(json);
        if (!"success".equals(answer.get("result"))) {
            throw new AssertionError(answer.toString());
        }
        return (Map<?, ?>) answer.get("arguments");
    }

    String result(String json) throws InterruptedException {
        return String.valueOf(ask(json).get("result"));
    }

    FakeTransfer transfer(char digit, String name) {
        var hash = Sha1Hash.ofHex(String.valueOf(digit).repeat(40));
        var transfer = new FakeTransfer(InfoHashes.of(new InfoHash.V1(hash)), name);
        transfers.add(transfer);
        return transfer;
    }

    /** Of one folder with these files, each of 100 bytes. */
    static byte[] torrent(String name, String... files) {
        var text = new StringBuilder("d4:infod5:filesl");
        for (var file : files) {
            text.append("d6:lengthi100e4:pathl");
            for (var part : file.split("/", -1)) {
                text.append(string(part));
            }
            text.append("ee");
        }
        text.append("e4:name").append(string(name)).append("12:piece lengthi16384e6:pieces20:");
        text.append("x".repeat(20)).append("ee");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String string(String text) {
        return text.length() + ":" + text;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static Metainfo metainfo(byte[] bytes) {
        try {
            return new MetainfoReader().metainfo(ByteBuffer.wrap(bytes));
        } catch (MetainfoException e) {
            throw new IllegalArgumentException(e);
        }
    }

    final class FakeTransfer implements Transfer {
        final List<TransferChange> changes = new ArrayList<>();
        final InfoHashes hashes;
        String name;
        Path path;
        TransferState state = new TransferState.Downloading();
        TransferLimits limits = TransferLimits.NONE;
        List<FileStatus> files = List.of();
        List<PeerStatus> peers = List.of();
        Optional<Metainfo> metainfo = Optional.empty();
        Optional<String> refuses = Optional.empty();
        Optional<Instant> completed = Optional.empty();
        boolean inPlace;
        int place;
        long total = 1_000;
        long done;
        long downloaded;

        private FakeTransfer(InfoHashes hashes, String name) {
            this.hashes = hashes;
            this.name = name;
            this.path = Path.of("/downloads", name);
        }

        FakeTransfer of(byte[] torrent) {
            var known = FakeNode.metainfo(torrent);
            metainfo = Optional.of(known);
            total = known.info().contentLength();
            var all = new ArrayList<FileStatus>();
            for (int i = 0; i < known.info().files().size(); i++) {
                var file = String.join("/", known.info().files().get(i).path());
                all.add(new FileStatus(i, file, path.resolve(file), 100, 0, FilePriority.NORMAL));
            }
            files = all;
            return this;
        }

        @Override
        public InfoHashes hashes() {
            return hashes;
        }

        @Override
        public TransferStatus status() {
            return new TransferStatus(
                    hashes,
                    name,
                    state,
                    total,
                    total,
                    done,
                    0,
                    0,
                    downloaded,
                    0,
                    peers.size(),
                    0,
                    0,
                    OptionalLong.empty(),
                    path,
                    Visibility.LINK,
                    inPlace,
                    Instant.ofEpochSecond(500_000 + transfers.indexOf(this)),
                    completed);
        }

        @Override
        public CompletionStage<TransferDetails> details() {
            return CompletableFuture.completedStage(new TransferDetails(
                    status(),
                    new TransferOptions(limits, false, false, false, false, place),
                    0,
                    Optional.empty(),
                    files,
                    peers,
                    List.of(),
                    List.of()));
        }

        @Override
        public CompletionStage<Metainfo> metainfo() {
            return metainfo.map(CompletableFuture::completedFuture).orElseGet(CompletableFuture::new);
        }

        @Override
        public CompletionStage<Void> change(TransferChange change) {
            if (refuses.isPresent()) {
                return CompletableFuture.failedStage(new IllegalArgumentException(refuses.get()));
            }
            if (change instanceof TransferChange.Together several) {
                changes.addAll(several.changes());
            } else {
                changes.add(change);
            }
            return CompletableFuture.completedStage(null);
        }
    }

    @Override
    public Transfer add(AddRequest request) {
        added.add(request);
        var hashes = request.source() instanceof AddRequest.Source.Torrent torrent
                ? torrent.metainfo().info().hashes()
                : ((AddRequest.Source.Magnet) request.source()).link().hashes();
        var there = find(hashes.hex());
        if (there.isPresent()) {
            return there.get();
        }
        var transfer = new FakeTransfer(hashes, "new");
        transfer.refuses = refusesNew;
        if (request.source() instanceof AddRequest.Source.Torrent torrent) {
            transfer.name = torrent.metainfo().info().name();
            transfer.files = List.of(new FileStatus(0, "x", Path.of("/x"), 1, 0, FilePriority.NORMAL));
        }
        transfers.add(transfer);
        return transfer;
    }

    @Override
    public Optional<Transfer> find(String hex) {
        return transfers.stream()
                .filter(transfer -> transfer.hashes.hex().equals(hex))
                .<Transfer>map(transfer -> transfer)
                .findFirst();
    }

    @Override
    public List<Transfer> list() {
        return List.copyOf(transfers);
    }

    @Override
    public CompletionStage<Void> remove(Transfer transfer, boolean deleteData) {
        transfers.remove((FakeTransfer) transfer);
        removed.add(transfer.status().name() + (deleteData ? " with its data" : ""));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Share> share(ShareRequest request, HashProgress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Share> shares() {
        return List.of();
    }

    @Override
    public CompletionStage<Void> unshare(Share share) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MagnetLink link(Transfer transfer) {
        return MagnetLink.of(transfer.hashes());
    }

    @Override
    public CompletionStage<AddRequest.Source> resolve(String link) {
        return link.startsWith("magnet:")
                ? CompletableFuture.completedStage(new AddRequest.Source.Magnet(MagnetLink.parse(link)))
                : CompletableFuture.failedStage(new IllegalArgumentException("'" + link + "' is no link"));
    }
}
