package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VectorTileSourceTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/lenet/engine/jvm");

    private static final String WRITE =
            "To write it anew: mvn test -pl engine-native -am -Dtest=VectorTileSourceTest -Dlenet.tiles=write"
                    + " -Dsurefire.failIfNoSpecifiedTests=false";

    @Test
    void whatIsCommittedIsWhatTheGeneratorWrites() throws IOException {
        for (Map.Entry<String, String> file : VectorTileSource.files().entrySet()) {
            Path path = SOURCE.resolve(file.getKey() + ".java");
            if ("write".equals(System.getProperty("lenet.tiles"))) {
                Files.writeString(path, file.getValue());
            }
            assertThat(path).as(WRITE).exists();
            assertThat(Files.readString(path)).as(WRITE).isEqualTo(file.getValue());
        }
    }
}
