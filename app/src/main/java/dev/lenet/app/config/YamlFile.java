package dev.lenet.app.config;

import dev.lenet.api.ForeignFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML text as nodes that know their line and column, with everything refused that settings do not need: anchors,
 * aliases, tags, several documents, deep nesting, thousands of values, more than a megabyte. So no file, however made, costs much to read.
 */
final class YamlFile {
    private static final int MOST_BYTES = 1 << 20;

    /** Settings nest two deep; the composer's recursion must end before the stack does. */
    private static final int MOST_DEPTH = 16;

    /** Ten times as many as there are settings and their names. */
    private static final int MOST_VALUES = 2000;

    private final String label;
    private final LoadSettings settings;

    /** @param label what messages call the file */
    YamlFile(String label) {
        this.label = label;
        this.settings = LoadSettings.builder()
                .setLabel(label)
                .setSchema(new CoreSchema())
                .setAllowNonScalarKeys(true) // the binder refuses them, in the words of its other refusals
                .build();
    }

    /** Something wrong with the file as a whole; its message is one line for the user. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** The content of a file; nothing if there is nothing but space and comments in it. */
    Optional<Node> read(Path file) throws Malformed {
        if (Files.isDirectory(file)) {
            throw new Malformed(label + ": expected a file of settings, received a directory. Name the file in it.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Malformed(label + ": expected a file of settings of at most 1 MiB, received more."
                        + " Check that it is the right file.");
            }
            refuseForeign(bytes);
            return parse(decode(bytes));
        } catch (NoSuchFileException e) {
            throw new Malformed(label + ": expected a file of settings, found none. Check the path.");
        } catch (AccessDeniedException e) {
            throw new Malformed(label + ": cannot be read: permission denied. Change the file's permissions.");
        } catch (IOException e) {
            throw new Malformed(label + ": cannot be read (" + e.getMessage() + "). Check the file.");
        }
    }

    /** A page or a pointer may well be YAML, of which a message would say anything but what it is. */
    private void refuseForeign(byte[] bytes) throws Malformed {
        Optional<ForeignFile> foreign = ForeignFile.of(Arrays.copyOf(bytes, Math.min(bytes.length, ForeignFile.BYTES)))
                .filter(file -> !file.isText());
        if (foreign.isPresent()) {
            throw new Malformed(
                    label + ": expected a file of settings, " + foreign.get().received());
        }
    }

    /** The content of a text; nothing if there is nothing but space and comments in it. */
    Optional<Node> parse(String text) throws Malformed {
        try {
            refuseUnneeded(text);
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
            throw new Malformed(at(e.getProblemMark().or(e::getContextMark)) + ": is not YAML: " + problem
                    + ". Check indentation, colons and quotes there.");
        } catch (ReaderException e) {
            throw new Malformed(
                    label + ":" + lineAt(text, e.getPosition()) + ": expected text, received the character U+"
                            + String.format(Locale.ROOT, "%04X", e.getCodePoint()) + ". Remove it.");
        } catch (YamlEngineException e) {
            throw new Malformed(label + ": is not YAML: " + e.getMessage() + ". Correct it.");
        }
    }

    /** Looks at the text before nodes are made of it; the parser, unlike the composer, does not recurse. */
    private void refuseUnneeded(String text) throws Malformed {
        int depth = 0;
        int values = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof AliasEvent alias) {
                throw new Malformed(at(event.getStartMark()) + ": aliases such as *"
                        + Scalar.abridged(alias.getAlias().toString())
                        + " are not read here. Write the value out.");
            }
            if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                throw new Malformed(at(event.getStartMark()) + ": anchors such as &"
                        + Scalar.abridged(node.getAnchor().get().toString()) + " are not read here. Remove it.");
            }
            Optional<String> tag = event instanceof ScalarEvent scalar
                    ? scalar.getTag()
                    : event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
            if (tag.isPresent()) {
                throw new Malformed(at(event.getStartMark()) + ": tags such as " + Scalar.abridged(tag.get())
                        + " are not read here. Remove it.");
            }
            if (event instanceof NodeEvent && ++values > MOST_VALUES) {
                throw new Malformed(at(event.getStartMark()) + ": expected at most " + MOST_VALUES
                        + " names and values, received more. Check that it is the right file.");
            }
            if (event instanceof CollectionStartEvent && ++depth > MOST_DEPTH) {
                throw new Malformed(at(event.getStartMark()) + ": expected settings at most " + MOST_DEPTH
                        + " levels deep, received more. Compare it with what 'config template' prints.");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    /** Where in the file, as editors and terminals understand it: {@code file:line:column}, from 1. */
    String at(Optional<Mark> mark) {
        return mark.map(m -> label + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .orElse(label);
    }

    /** Where a setting came from, for showing. */
    String origin(int line) {
        return label + ":" + line;
    }

    private String decode(byte[] bytes) throws Malformed {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new Malformed(label + ":" + lineAt(text, text.length()) + ": expected UTF-8, received the byte 0x"
                    + String.format(Locale.ROOT, "%02X", bytes[in.position()]) + ". Save the file as UTF-8.");
        }
        // The byte order mark some editors write.
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static long lineAt(String text, int position) {
        return 1 + text.codePoints().limit(position).filter(c -> c == '\n').count();
    }
}
