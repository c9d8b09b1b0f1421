package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import dev.lenet.api.model.AtomicFile;
import dev.lenet.api.model.ModelFile;
import dev.lenet.interop.Onnx;
import dev.lenet.interop.OnnxOptions;
import dev.lenet.interop.SourceCode;
import dev.lenet.interop.WebPage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code export} command. */
public final class Exporting {

    /** What other programs read. */
    public enum Format {
        /** For ONNX Runtime and all that read ONNX. */
        ONNX(".onnx"),
        /** Weights by PyTorch's names and layouts, with our metadata. */
        SAFETENSORS(".safetensors"),
        /** A class in Java that needs nothing else, named like the file. */
        JAVA(".java"),
        /** A header in C99 that needs nothing else, whose names begin like the file's. */
        C(".h"),
        /** A page that reads what one draws, with the model inside. */
        HTML(".html");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is asked for besides a format.
     *
     * @param onnx for that format
     * @param int8 for C: integers alone, weights of 8 bits
     */
    public record Wishes(OnnxOptions onnx, boolean int8) {}

    private final TrainedModels models;
    private final Installation installation;

    /** Hears what was written. */
    public interface Events {
        /**
         * @param model its file, as users see it
         * @param output as users see it
         */
        void exported(Path model, Format format, Path output, long bytes);
    }

    @Inject
    Exporting(TrainedModels models, Installation installation) {
        this.models = models;
        this.installation = installation;
    }

    /**
     * Writes a model for other programs.
     *
     * @param format null for the one that the output's ending names
     * @param wishes for some formats
     * @throws ConfigException if the format is not known, or has no such wishes
     */
    public void run(ModelChoice choice, @Nullable String format, Path output, Wishes wishes, Events events) {
        Format chosen = format != null ? named(format) : formatOf(output);
        if (wishes.int8() && chosen != Format.C) {
            throw new ConfigException(
                    "--int8: expected the format c, received " + chosen + ". Leave --int8 out, or write a header.");
        }
        TrainedModel trained = models.findAny(choice);
        Path file = installation.place(output);
        ModelFile model = trained.file().withClassNames(models.classNames(trained.file()));
        switch (chosen) {
            case ONNX -> AtomicFile.write(file, out -> Onnx.write(model, out, wishes.onnx()));
            case SAFETENSORS -> model.write(file);
            case JAVA -> write(file, source(output, name -> SourceCode.java(model, name)));
            case HTML ->
                AtomicFile.write(
                        file,
                        out -> WebPage.write(
                                models.prepared(trained.file()), out, models.readsCharacters(trained.file())));
            case C -> write(file, source(output, name -> c(model, name.toLowerCase(Locale.ROOT), wishes.int8())));
        }
        events.exported(trained.path(), chosen, output, size(file));
    }

    private String c(ModelFile model, String name, boolean int8) {
        return int8
                ? SourceCode.cInt8(model.withNormalization(models.normalization(model)), name)
                : SourceCode.c(model, name);
    }

    /** By the name of the file, up to its first dot. */
    private static String source(Path output, Function<String, String> write) {
        String name = String.valueOf(output.getFileName()).replaceFirst("\\..*", "");
        try {
            return write.apply(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--output: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Format named(String name) {
        return Stream.of(Format.values())
                .filter(format -> format.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigException("--format: expected "
                        + Stream.of(Format.values()).map(Format::toString).collect(Collectors.joining(" or "))
                        + ", received '" + name + "'. Leave it out to go by the ending of --output."));
    }

    private static Format formatOf(Path output) {
        String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
        return Stream.of(Format.values())
                .filter(format -> name.endsWith(format.ending))
                .findFirst()
                .orElseThrow(() -> new ConfigException("--output: expected a file that ends with "
                        + Stream.of(Format.values())
                                .map(format -> format.ending)
                                .collect(Collectors.joining(" or "))
                        + ", received " + output + ". Rename it, or name the format with --format."));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
