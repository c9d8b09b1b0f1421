package dev.lenet.datasets;

import ai.djl.Application;
import ai.djl.basicdataset.BasicDatasets;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.Metadata;
import ai.djl.repository.VersionRange;
import ai.djl.util.JsonUtils;
import com.google.gson.JsonParseException;
import dev.lenet.datasets.DatasetKind.Layout;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What DJL's repository of data sets has to offer: addresses, sizes and digests.
 *
 * <p>The layout of the repository and the meaning of its metadata are DJL's ({@link MRL}, {@link Metadata}). The bytes
 * are fetched by us: DJL has no timeouts, keeps copies in the user's home, takes a folder that exists for a good one,
 * and is switched off as a whole by {@code ai.djl.offline}, which is set to keep its engines from loading libraries.
 */
final class DjlCatalog {
    /** The repository of the project's own data sets. */
    static final URI REPOSITORY = BasicDatasets.REPOSITORY.getBaseUri();

    private static final String VERSION = "1.0";

    private static final Pattern SHA1 = Pattern.compile("\\p{XDigit}{40}");

    /** The metadata of a data set takes 2 KB. */
    private static final int MOST_METADATA = 1 << 20;

    private final URI repository;
    private final HttpSource source;

    DjlCatalog(URI repository, HttpSource source) {
        this.repository = repository;
        this.source = source;
    }

    /**
     * A file to be had.
     *
     * @param size in bytes, 0 if it is not told
     * @param sha1 of the file as it is sent, if it is told
     */
    record Offer(URI address, long size, @Nullable String sha1) {}

    /** Where the list of a data set is. */
    URI address(String artifact) {
        return repository.resolve(resource(artifact).toURI()).resolve("metadata.json");
    }

    /** All files of a data set. */
    Map<DataFile, Offer> offers(String artifact, Layout layout) throws HttpSource.Failure {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        source.get(address(artifact), MOST_METADATA, () -> {
            body.reset();
            return body;
        });
        try {
            return read(resource(artifact), layout, body.toString(StandardCharsets.UTF_8));
        } catch (RuntimeException | StackOverflowError e) {
            // DJL's own classes read it. They trust it, so that a null or a text in the wrong place can make them throw
            // anything.
            throw new HttpSource.Failure(
                    "expected the list of files that DJL keeps there, received " + describe(body), e);
        }
    }

    private Map<DataFile, Offer> read(MRL resource, Layout layout, String json) throws HttpSource.Failure {
        @Nullable Metadata metadata = JsonUtils.GSON.fromJson(json, Metadata.class);
        if (metadata == null || metadata.getArtifacts() == null) {
            throw new JsonParseException("no artifacts");
        }
        metadata.init(Map.of());
        metadata.setRepositoryUri(resource.toURI());
        Artifact newest = metadata.search(VersionRange.parse(VERSION), null).stream()
                .max(Comparator.comparing(Artifact::getParsedVersion))
                .orElseThrow(() -> new JsonParseException("no artifact"));
        Map<DataFile, Offer> offers = new EnumMap<>(DataFile.class);
        for (DataFile file : DataFile.of(layout)) {
            Artifact.@Nullable Item item = newest.getFiles().get(file.djlKey());
            if (item == null || item.getUri() == null) {
                throw new HttpSource.Failure("expected " + file.djlKey() + " in the list of files, found none");
            }
            @Nullable String sha1 = item.getSha1Hash();
            if (sha1 != null && !SHA1.matcher(sha1).matches()) {
                throw new HttpSource.Failure("expected the SHA-1 of " + file.djlKey()
                        + " in the list of files to be 40 hexadecimal digits, found something else");
            }
            URI address = repository.resolve(metadata.getRepositoryUri()).resolve(URI.create(item.getUri()));
            offers.put(file, new Offer(address, item.getSize(), sha1));
        }
        return offers;
    }

    private static MRL resource(String artifact) {
        // Wherever a repository is, this is the same in all of them.
        return BasicDatasets.REPOSITORY.dataset(Application.CV.ANY, BasicDatasets.GROUP_ID, artifact, VERSION);
    }

    private static String describe(ByteArrayOutputStream body) {
        String text = body.toString(StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return "nothing";
        }
        return text.startsWith("<") ? "a web page" : "something else";
    }
}
