package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserPathTest {
    private static final Path HOME = Path.of(System.getProperty("user.home"));

    @Test
    void aTildeIsTheHomeDirectory() {
        assertThat(UserPath.of("~")).isEqualTo(HOME);
        assertThat(UserPath.of("~/runs/m.safetensors")).isEqualTo(HOME.resolve("runs/m.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/~/b", "./~", "./~root/m", "~backup", "/tmp/~", "m.safetensors"})
    void elsewhereItIsACharacterLikeOthers(String text) {
        assertThat(UserPath.of(text)).isEqualTo(Path.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"~root/m.safetensors", "", "  "})
    void whatNamesNoFileIsRefused(String text) {
        assertThatThrownBy(() -> UserPath.of(text)).isInstanceOf(InvalidPathException.class);
    }
}
