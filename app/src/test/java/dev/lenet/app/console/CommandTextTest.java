package dev.lenet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTextTest {
    @Test
    void namesTheJarAsItWasNamed() {
        assertThat(CommandText.of(List.of(), "app/target/app.jar", "train", "--resume"))
                .isEqualTo("java -jar app/target/app.jar train --resume");
    }

    @Test
    void keepsWhatTheJvmWasToldAsItChangesBits() {
        assertThat(CommandText.of(List.of("--add-modules=jdk.incubator.vector", "-Xmx1g"), "app.jar", "train"))
                .isEqualTo("java --add-modules=jdk.incubator.vector -Xmx1g -jar app.jar train");
    }

    @Test
    void namesAClassPathWithTheMainClass() {
        String path = "app.jar" + System.getProperty("path.separator") + "mine.jar";
        assertThat(CommandText.of(List.of(), path, "train"))
                .isEqualTo("java -cp " + path + " dev.lenet.app.Main train");
    }

    @Test
    void quotesWhatAShellWouldTakeApart() {
        assertThat(CommandText.of(List.of("-Dx=$y"), "my 'own' app.jar"))
                .isEqualTo("java '-Dx=$y' -jar 'my '\\''own'\\'' app.jar'");
    }
}
