package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import net.shoal.itests.distribution.Distribution;
import net.shoal.itests.distribution.NodeProcess;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A packaged node as Sonarr and Radarr use a qBittorrent: what they ask, in their order and with their forms, from the test of their settings
 * to the removal after the import; what others ask beside that; and row S10 of the reliability targets for all of it.
 */
@Timeout(180)
class SonarrIT {
    private static final String PASSWORD = "correct horse";
    private static final String ENABLED = "net.shoal.ui.rpc.qbittorrent:enabled";
    private static final int SECONDS = 60;
    private static final Set<String> IMPORTED =
            Set.of("pausedUP", "stoppedUP", "uploading", "stalledUP", "queuedUP", "forcedUP");

    private static final List<String> READS = List.of(
            "app/version",
            "app/webapiVersion",
            "app/buildInfo",
            "app/preferences",
            "app/defaultSavePath",
            "torrents/info",
            "torrents/count",
            "torrents/properties",
            "torrents/trackers",
            "torrents/webseeds",
            "torrents/files",
            "torrents/pieceStates",
            "torrents/pieceHashes",
            "torrents/export",
            "torrents/downloadLimit",
            "torrents/uploadLimit",
            "torrents/categories",
            "torrents/tags",
            "transfer/info",
            "transfer/downloadLimit",
            "transfer/uploadLimit",
            "transfer/speedLimitsMode",
            "sync/maindata",
            "sync/torrentPeers");
    private static final List<String> CHANGES = List.of(
            "auth/logout",
            "app/setPreferences",
            "torrents/add",
            "torrents/delete",
            "torrents/pause",
            "torrents/stop",
            "torrents/resume",
            "torrents/start",
            "torrents/recheck",
            "torrents/reannounce",
            "torrents/setForceStart",
            "torrents/setSuperSeeding",
            "torrents/setAutoManagement",
            "torrents/topPrio",
            "torrents/increasePrio",
            "torrents/decreasePrio",
            "torrents/bottomPrio",
            "torrents/filePrio",
            "torrents/setShareLimits",
            "torrents/setDownloadLimit",
            "torrents/setUploadLimit",
            "torrents/toggleSequentialDownload",
            "torrents/toggleFirstLastPiecePrio",
            "torrents/setLocation",
            "torrents/setSavePath",
            "torrents/rename",
            "torrents/renameFile",
            "torrents/renameFolder",
            "torrents/addTrackers",
            "torrents/addPeers",
            "torrents/createCategory",
            "torrents/editCategory",
            "torrents/removeCategories",
            "torrents/setCategory",
            "torrents/createTags",
            "torrents/deleteTags",
            "torrents/addTags",
            "torrents/removeTags",
            "transfer/setDownloadLimit",
            "transfer/setUploadLimit",
            "transfer/setSpeedLimitsMode",
            "transfer/toggleSpeedLimitsMode");

    @TempDir
    static Path folder;

    private static NodeProcess seeder;
    private static ConsoleNode node;
    private static ArrClient sonarr;
    private static ArrClient radarr;
    private static ArrClient leaving;

    @BeforeAll
    static void start() throws Exception {
        seeder = NodeProcess.start(folder.resolve("seeder"), "--net", "loopback", "--listen", "127.0.0.1:0");
        node = ConsoleNode.start(folder);
        node.setPassword(PASSWORD);
        var stranger = new ArrClient(node.console());
        // the door answers, since nobody else does
        assertThat(stranger.get("app/webapiVersion").statusCode()).isEqualTo(401);
        for (var enabled : List.of("true", "false", "true")) {
            node.node().control().results("config", "set", ENABLED, enabled);
            int wanted = enabled.equals("true") ? 403 : 401;
            Running.await(
                    "enabled: " + enabled,
                    SECONDS,
                    () -> stranger.get("app/webapiVersion").statusCode() == wanted);
        }
        sonarr = signedIn();
        radarr = signedIn();
        leaving = signedIn();
    }

    private static ArrClient signedIn() throws Exception {
        var client = new ArrClient(node.console());
        assertThat(client.logIn(PASSWORD)).isEqualTo("Ok.");
        return client;
    }

    @AfterAll
    static void stop() {
        node.close();
        seeder.close();
    }

    private static void done(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(ArrClient.text(answer)).isEqualTo(200);
        assertThat(ArrClient.text(answer)).isIn("", "Ok.");
    }

    private static byte[] content(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Shares from the seeder; gives the link, and writes the .torrent beside it. */
    private static String shared(Path path) throws IOException {
        return seeder.control()
                .results("share", path.toString(), "--save", path + ".torrent")
                .get(0)
                .path("link")
                .asText();
    }

    private static String hash(String link) {
        return link.replaceFirst("^magnet:\\?xt=urn:btih:([0-9a-f]{40}).*$", "$1");
    }

    /** The test of the settings: is it one, of which version, is it well set, are there the categories? */
    private static void connects(ArrClient client, String... categories) throws Exception {
        assertThat(new ArrClient(node.console()).get("app/webapiVersion").statusCode())
                .isEqualTo(403);
        assertThat(ArrClient.text(client.get("app/webapiVersion"))).isEqualTo("2.9.3");
        assertThat(ArrClient.text(client.get("app/version"))).startsWith("v4.");
        var preferences = client.json("app/preferences");
        assertThat(preferences.path("queueing_enabled").asBoolean()).isTrue();
        assertThat(preferences.path("max_ratio_act").asInt(-1)).isZero();
        for (var category : categories) {
            assertThat(client.json("torrents/categories").has(category)).isFalse();
            done(client.post("torrents/createCategory", "category", category));
            assertThat(client.json("torrents/categories")
                            .path(category)
                            .path("name")
                            .asText())
                    .isEqualTo(category);
        }
        assertThat(client.json("torrents/info", "category", categories[0])).isEmpty();
    }

    /** What is looked at every minute. */
    private static JsonNode items(ArrClient client, String category) throws Exception {
        assertThat(ArrClient.text(client.get("app/webapiVersion"))).isEqualTo("2.9.3");
        assertThat(client.json("app/preferences").path("save_path").asText())
                .isEqualTo(folder.resolve("downloads").toString());
        return client.json("torrents/info", "category", category);
    }

    private static JsonNode awaitImportable(ArrClient client, String category) throws Exception {
        Running.await(
                "the download",
                SECONDS,
                () -> IMPORTED.contains(
                        items(client, category).path(0).path("state").asText()));
        var item = items(client, category).path(0);
        assertThat(item.path("progress").asDouble()).isEqualTo(1.0);
        assertThat(item.path("content_path").asText())
                .isNotEqualTo(item.path("save_path").asText());
        return item;
    }

    @Test
    void sonarrFetchesByAFileImportsAndRemovesWithFiles() throws Exception {
        var episode = Files.createDirectories(folder.resolve("from/Show.S01E01"));
        Files.write(episode.resolve("show.mkv"), content(1, 600_000));
        Files.write(episode.resolve("show.nfo"), content(2, 10_000));
        var hash = hash(shared(episode));
        connects(sonarr, "tv-sonarr", "tv-imported");

        assertThat(ArrClient.text(sonarr.get("app/webapiVersion"))).isEqualTo("2.9.3");
        var torrent = Files.readAllBytes(Path.of(episode + ".torrent"));
        var added = sonarr.parts(
                "torrents/add",
                "Show.S01E01.torrent",
                torrent,
                "category",
                "tv-sonarr",
                "paused",
                "False",
                "sequentialDownload",
                "True",
                "firstLastPiecePrio",
                "True",
                "contentLayout",
                "Original",
                "ratioLimit",
                "1.5",
                "seedingTimeLimit",
                "2880");
        done(added);
        assertThat(sonarr.get("torrents/properties", "hash", hash).statusCode()).isEqualTo(200);
        done(sonarr.post("torrents/topPrio", "hashes", hash));
        done(sonarr.post("torrents/setForceStart", "hashes", hash, "value", "true"));
        done(sonarr.post("torrents/addTags", "hashes", hash, "tags", "12-show,hd"));

        // where other clients have a tracker
        assertThat(Browser.json(sonarr.post("torrents/addPeers", "hashes", hash, "peers", seeder.address()))
                        .path(hash)
                        .path("added")
                        .asInt())
                .isEqualTo(1);
        var item = awaitImportable(sonarr, "tv-sonarr");
        assertThat(item.path("state").asText()).isEqualTo("forcedUP");
        assertThat(item.path("hash").asText()).isEqualTo(hash);
        assertThat(item.path("ratio_limit").asDouble()).isEqualTo(1.5);
        assertThat(item.path("seeding_time_limit").asLong()).isEqualTo(2880);
        assertThat(item.path("tags").asText()).isEqualTo("12-show, hd");
        assertThat(item.path("seq_dl").asBoolean()).isTrue();
        var path = Path.of(item.path("content_path").asText());
        assertThat(path).isEqualTo(folder.resolve("downloads/Show.S01E01"));
        assertThat(path.resolve("show.mkv")).hasBinaryContent(content(1, 600_000));

        assertThat(sonarr.json("torrents/files", "hash", hash).findValuesAsText("name"))
                .containsExactlyInAnyOrder("Show.S01E01/show.mkv", "Show.S01E01/show.nfo");
        assertThat(sonarr.json("torrents/properties", "hash", hash)
                        .path("save_path")
                        .asText())
                .isEqualTo(folder.resolve("downloads").toString());
        done(sonarr.post("torrents/setCategory", "hashes", hash, "category", "tv-imported"));
        assertThat(items(sonarr, "tv-sonarr")).isEmpty();
        assertThat(items(sonarr, "tv-imported")).hasSize(1);

        // it has given enough, so that it may go
        done(sonarr.post("torrents/setForceStart", "hashes", hash, "value", "false"));
        done(sonarr.post("torrents/setShareLimits", "hashes", hash, "ratioLimit", "0", "seedingTimeLimit", "-2"));
        Running.await("the end of seeding", SECONDS, () -> items(sonarr, "tv-imported")
                .path(0)
                .path("state")
                .asText()
                .equals("pausedUP"));
        done(sonarr.post("torrents/delete", "hashes", hash, "deleteFiles", "true"));
        assertThat(items(sonarr, "tv-imported")).isEmpty();
        assertThat(path).doesNotExist();
        assertThat(episode.resolve("show.mkv")).exists();
        assertThat(sonarr.get("torrents/properties", "hash", hash).statusCode()).isEqualTo(404);
        assertThat(Files.readString(labels(node))).doesNotContain(hash);
    }

    private static Path labels(ConsoleNode of) {
        return of.node().home().resolve("state/qbittorrent/labels.json");
    }

    @Test
    void radarrFetchesByALinkAndLeavesTheFiles() throws Exception {
        var film = Files.write(folder.resolve("Film.2024.mkv"), content(3, 900_000));
        var link = shared(film);
        connects(radarr, "radarr");
        assertThat(radarr.json("app/preferences").has("dht")).isTrue();
        // .NET sends what is long in parts
        var padded = link + "&tr=http%3A%2F%2F127.0.0.1%3A9%2F" + "x".repeat(1_200);
        done(radarr.post("torrents/add", "urls", padded, "category", "radarr", "paused", "False", "ratioLimit", "2"));
        assertThat(radarr.get("torrents/properties", "hash", hash(link)).statusCode())
                .isEqualTo(200);
        done(radarr.post("torrents/topPrio", "hashes", hash(link)));
        var item = awaitImportable(radarr, "radarr");
        assertThat(item.path("state").asText()).isIn("uploading", "stalledUP");
        var fetched = Path.of(item.path("content_path").asText());
        assertThat(fetched).hasBinaryContent(content(3, 900_000));
        assertThat(radarr.json("torrents/trackers", "hash", hash(link)).findValuesAsText("url"))
                .anyMatch(url -> url.startsWith("http://127.0.0.1:9/"));
        // once more: it is there already
        assertThat(ArrClient.text(radarr.post("torrents/add", "urls", link, "category", "radarr")))
                .isEqualTo("Fails.");
        done(radarr.post("torrents/delete", "hashes", hash(link)));
        assertThat(items(radarr, "radarr")).isEmpty();
        assertThat(fetched).exists();
    }

    @Test
    void othersFindWhatTheyAskFor() throws Exception {
        var album = Files.createDirectories(folder.resolve("from/Album"));
        Files.write(album.resolve("one.flac"), content(4, 100_000));
        Files.createDirectories(album.resolve("art"));
        Files.write(album.resolve("art/cover.png"), content(5, 50_000));
        var hash = hash(shared(album));
        var torrent = Files.readAllBytes(Path.of(album + ".torrent"));
        done(sonarr.parts("torrents/add", "a.torrent", torrent, "paused", "true", "savepath", "music"));
        var info = sonarr.json("torrents/info", "hashes", hash).path(0);
        assertThat(info.path("state").asText()).isEqualTo("pausedDL");
        assertThat(info.path("save_path").asText())
                .isEqualTo(folder.resolve("downloads/music").toString());
        var names = sonarr.json("torrents/files", "hash", hash).findValuesAsText("name");
        int cover = names.indexOf("Album/art/cover.png");
        done(sonarr.post("torrents/filePrio", "hash", hash, "id", Integer.toString(cover), "priority", "0"));
        assertThat(sonarr.json("torrents/files", "hash", hash)
                        .path(cover)
                        .path("priority")
                        .asInt(-1))
                .isZero();
        done(sonarr.post("torrents/renameFolder", "hash", hash, "oldPath", "Album/art", "newPath", "Album/pictures"));
        done(sonarr.post("torrents/renameFile", "hash", hash, "oldPath", "Album/one.flac", "newPath", "Album/1.flac"));
        assertThat(sonarr.json("torrents/files", "hash", hash).findValuesAsText("name"))
                .containsExactlyInAnyOrder("Album/1.flac", "Album/pictures/cover.png");
        assertThat(sonarr.json("torrents/pieceHashes", "hash", hash)).isNotEmpty();
        assertThat(sonarr.json("torrents/pieceStates", "hash", hash))
                .hasSameSizeAs(sonarr.json("torrents/pieceHashes", "hash", hash));
        assertThat(sonarr.get("torrents/export", "hash", hash).body()).isNotEmpty();

        var first = sonarr.json("sync/maindata", "rid", "0");
        assertThat(first.path("full_update").asBoolean()).isTrue();
        assertThat(first.path("torrents").has(hash)).isTrue();
        done(sonarr.post("torrents/addTags", "hashes", hash, "tags", "music"));
        var second = sonarr.json("sync/maindata", "rid", first.path("rid").asText());
        assertThat(second.has("full_update")).isFalse();
        assertThat(second.path("torrents").path(hash).path("tags").asText()).isEqualTo("music");
        done(sonarr.post("app/setPreferences", "json", "{\"dl_limit\": 123456}"));
        assertThat(sonarr.json("transfer/info").path("dl_rate_limit").asLong()).isEqualTo(123_456);
        done(sonarr.post("transfer/setDownloadLimit", "limit", "0"));
        assertThat(ArrClient.text(sonarr.get("transfer/downloadLimit"))).isEqualTo("0");
        done(sonarr.post("torrents/delete", "hashes", hash, "deleteFiles", "true"));
    }

    @Test
    void whatIsSharedInPlaceIsNeverDeleted() throws Exception {
        var mine = Files.write(folder.resolve("mine.bin"), content(6, 50_000));
        var link = node.node()
                .control()
                .results("share", mine.toString())
                .get(0)
                .path("link")
                .asText();
        assertThat(sonarr.json("torrents/info", "hashes", hash(link))).hasSize(1);
        done(sonarr.post("torrents/delete", "hashes", hash(link), "deleteFiles", "true"));
        assertThat(sonarr.json("torrents/info", "hashes", hash(link))).isEmpty();
        assertThat(mine).hasBinaryContent(content(6, 50_000));
    }

    @Test
    void saysWhatIsWrongWithTheStatusThatProgramsKnow() throws Exception {
        assertThat(sonarr.get("torrents/nothing").statusCode()).isEqualTo(404);
        assertThat(sonarr.get("torrents/delete", "hashes", "all").statusCode()).isEqualTo(405);
        assertThat(sonarr.post("torrents/pause").statusCode()).isEqualTo(400);
        assertThat(sonarr.post("torrents/createCategory", "category", "a//b").statusCode())
                .isEqualTo(409);
        assertThat(sonarr.parts("torrents/add", "x.torrent", content(7, 100)).statusCode())
                .isEqualTo(415);
        assertThat(sonarr.post("torrents/createTags", "tags", "y".repeat(1_000_000), "more", "z".repeat(100_000))
                        .statusCode())
                .isEqualTo(409);
        var tooLarge = sonarr.send(
                "POST",
                "torrents/pause",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                new byte[2 << 20]);
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(sonarr.parts("torrents/add", "x.torrent", new byte[13 << 20]).statusCode())
                .isEqualTo(413);
    }

    // ---- S10

    private interface Row {
        HttpResponse<byte[]> ask(String method, String path) throws Exception;
    }

    private static void everyRoute(String what, int wanted, Row row) throws Exception {
        var let = new ArrayList<String>();
        for (var path : READS) {
            note(row.ask("GET", path), wanted, path, let);
            note(row.ask("POST", path), wanted, path, let);
        }
        for (var path : CHANGES) {
            note(row.ask("POST", path), wanted, path, let);
        }
        assertThat(let).as(what).isEmpty();
    }

    private static void note(HttpResponse<byte[]> answer, int wanted, String path, List<String> let) {
        if (answer.statusCode() != wanted) {
            let.add(path + " answers " + answer.statusCode());
        }
    }

    private static Row with(Map<String, String> headers) {
        return (method, path) -> sonarr.send(method, path, headers, new byte[0]);
    }

    /** A route that has no row here is found in the bundle itself. */
    @Test
    void everyRouteHasARow() throws Exception {
        var found = new TreeSet<String>();
        var name = Pattern.compile("(?:auth|app|torrents|transfer|sync)/[a-z][A-Za-z]*");
        try (var files = Files.walk(Distribution.ofThisBuild().folder())) {
            var jar = files.filter(file -> file.getFileName().toString().startsWith("shoal-ui-rpc-qbittorrent"))
                    .findFirst()
                    .orElseThrow();
            try (var open = new JarFile(jar.toFile())) {
                for (var entry : (Iterable<JarEntry>) open.stream()::iterator) {
                    if (entry.getName().endsWith("Actions.class")
                            || entry.getName().matches(".*/(Api|Adding|TorrentReads|TorrentChanges)\\.class")) {
                        var text = new String(open.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                        name.matcher(text).results().forEach(match -> found.add(match.group()));
                    }
                }
            }
        }
        var rows = new TreeSet<>(READS);
        rows.addAll(CHANGES);
        rows.add("auth/login");
        assertThat(found).isEqualTo(rows);
    }

    @Test
    void noRouteAnswersWithoutASession() throws Exception {
        everyRoute("no session", 403, with(Map.of("Cookie", "")));
        everyRoute("the password by HTTP Basic", 403, with(Map.of("Cookie", "", "Authorization", "Basic " + basic())));
    }

    private static String basic() {
        return Base64.getEncoder().encodeToString(("x:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void noRouteAnswersToASessionThatIsMadeUp() throws Exception {
        everyRoute("a wrong session", 403, with(Map.of("Cookie", "SID=" + "A".repeat(43))));
        everyRoute("an empty one", 403, with(Map.of("Cookie", "SID=")));
        assertThat(sonarr.session()).matches("SID=[A-Za-z0-9_-]{40,}");
    }

    @Test
    void noRouteAnswersToANameThatWasMadeToLeadHere() throws Exception {
        var name = "rebound.example:" + node.console().getPort();
        var rebinding = Map.of("Host", name, "Origin", "http://" + name);
        everyRoute("rebinding", 403, with(rebinding));
        assertThat(with(rebinding).ask("POST", "auth/login").statusCode()).isEqualTo(403);
    }

    @Test
    void noRouteAnswersToAnotherSite() throws Exception {
        for (var origin : List.of("http://evil.example", "null", "http://127.0.0.1:1")) {
            everyRoute("origin " + origin, 403, with(Map.of("Origin", origin)));
            assertThat(with(Map.of("Origin", origin)).ask("POST", "auth/login").statusCode())
                    .isEqualTo(403);
        }
        everyRoute("referer", 401, with(Map.of("Referer", "http://evil.example/page")));
        everyRoute("site", 403, with(Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors")));
        var own = node.console().toString();
        assertThat(with(Map.of("Referer", own)).ask("GET", "app/version").statusCode())
                .isEqualTo(200);
    }

    @Test
    void nobodyIsInAfterSigningOut() throws Exception {
        assertThat(leaving.get("app/version").statusCode()).isEqualTo(200);
        var out = leaving.post("auth/logout");
        assertThat(out.statusCode()).isEqualTo(200);
        assertThat(out.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
        assertThat(leaving.get("app/version").statusCode()).isEqualTo(403);
    }

    /** On a node of its own, whose door is shut afterwards; it is killed, and has kept what it was told. */
    @Test
    void fiveWrongPasswordsShutTheDoorAndWhatProgramsSaidOutlivesAKill() throws Exception {
        var place = folder.resolve("other");
        var labels = "";
        try (var other = ConsoleNode.start(place, "--set", ENABLED + "=true")) {
            var client = new ArrClient(other.console());
            assertThat(client.logIn("anything")).isEqualTo("Fails.");
            assertThat(other.node().log())
                    .contains("bin/shoal console --password")
                    .doesNotContain("anything");
            other.setPassword(PASSWORD);
            assertThat(client.logIn(PASSWORD)).isEqualTo("Ok.");
            var hash = "c".repeat(40);
            done(client.post("torrents/createCategory", "category", "tv", "savePath", "series"));
            done(client.post(
                    "torrents/add",
                    "urls",
                    "magnet:?xt=urn:btih:" + hash.toUpperCase(Locale.ROOT),
                    "category",
                    "tv",
                    "tags",
                    "a,b",
                    "paused",
                    "true"));
            labels = Files.readString(labels(other));
            assertThat(labels).contains(hash, "series");
            for (int i = 0; i < 5; i++) {
                assertThat(new ArrClient(other.console()).logIn("guess" + i)).isEqualTo("Fails.");
            }
            var blocked = new ArrClient(other.console()).post("auth/login", "username", "", "password", PASSWORD);
            assertThat(blocked.statusCode()).isEqualTo(403);
            assertThat(Integer.parseInt(
                            blocked.headers().firstValue("Retry-After").orElse("0")))
                    .isBetween(3_000, 3_601);
            assertThat(client.get("app/version").statusCode())
                    .as("who is in stays in")
                    .isEqualTo(200);
            other.node().kill();
        }
        try (var again = ConsoleNode.start(place, "--set", ENABLED + "=true")) {
            var client = new ArrClient(again.console());
            Running.await(
                    "the interface", SECONDS, () -> client.get("app/version").statusCode() == 403);
            assertThat(client.logIn(PASSWORD)).isEqualTo("Ok.");
            var kept = client.json("torrents/info", "category", "tv").path(0);
            assertThat(kept.path("tags").asText()).isEqualTo("a, b");
            assertThat(kept.path("save_path").asText())
                    .isEqualTo(place.resolve("downloads/series").toString());
            assertThat(Files.readString(labels(again))).isEqualTo(labels);
        }
    }
}
