package net.shoal.ui.rest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;

/** {@code /api/v1/uploads}. */
final class UploadRoutes {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 2_000;
    private static final int MOST_FILES = 10_000;

    private final Uploads uploads;
    private final Preparations preparations;

    UploadRoutes(Uploads uploads, Preparations preparations) {
        this.uploads = uploads;
        this.preparations = preparations;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/v1/uploads", this::begin),
                new Route("GET", "/api/v1/uploads/{upload}", this::show),
                new Route("DELETE", "/api/v1/uploads/{upload}", this::abandon),
                new Route("PUT", "/api/v1/uploads/{upload}/files/{file}", this::receive),
                new Route("POST", "/api/v1/uploads/{upload}/share", this::share));
    }

    private void begin(Exchange exchange) throws ApiException, IOException {
        var body = exchange.body("name", "folder", "files");
        var files = new LinkedHashMap<String, Long>();
        for (var each : body.list("files", MOST_FILES)) {
            var file = Body.of(each, List.of("path", "size"));
            var path = file.needed("path", LONGEST_PATH);
            long size = file.whole("size", 0, Long.MAX_VALUE)
                    .orElseThrow(() -> ApiException.wrong("size", "size is missing"));
            if (files.put(path, size) != null) {
                throw ApiException.wrong("files", "'" + path + "' is there twice");
            }
        }
        if (files.isEmpty()) {
            throw ApiException.wrong("files", "files are missing");
        }
        var upload = uploads.begin(body.needed("name", LONGEST_NAME), body.flag("folder"), files);
        exchange.json(201, upload.toJson());
    }

    private void show(Exchange exchange) throws ApiException, IOException {
        exchange.json(uploads.find(exchange.name("upload")).toJson());
    }

    private void abandon(Exchange exchange) throws ApiException {
        uploads.abandon(uploads.find(exchange.name("upload")));
        exchange.nothing();
    }

    private void receive(Exchange exchange) throws ApiException, IOException {
        var upload = uploads.find(exchange.name("upload"));
        var file = exchange.name("file");
        if (!file.matches("[0-9]{1,6}")) {
            throw ApiException.unknown("this upload has no such file", "");
        }
        var request = exchange.request();
        upload.receive(Integer.parseInt(file), request.getInputStream(), request.getContentLengthLong());
        exchange.json(upload.toJson());
    }

    private void share(Exchange exchange) throws ApiException, IOException {
        var upload = uploads.find(exchange.name("upload"));
        if (!upload.isComplete()) {
            throw ApiException.conflict("not all of its files have come", "send the others first");
        }
        boolean hasBody = exchange.request().getContentLengthLong() > 0;
        var body = hasBody ? exchange.body(ShareRoutes.OPTIONS) : Body.of(Json.object(), ShareRoutes.OPTIONS);
        var begun = preparations.begin(ShareRoutes.request(upload.root(), body));
        uploads.done(upload);
        exchange.json(202, begun);
    }
}
