package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Which libtorch is loaded")
class LibtorchTest {
    @TempDir
    Path root;

    private Path lib = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        lib = Files.createDirectories(root.resolve("torch/lib"));
    }

    private void library(String name) throws IOException {
        Files.createFile(lib.resolve(System.mapLibraryName(name)));
    }

    private void torch() throws IOException {
        library("torch");
        library("torch_cpu");
        library("c10");
    }

    private Libtorch find(Map<String, String> more) throws Torch.Missing {
        return Libtorch.find(name -> name.equals(Libtorch.PATH) ? lib.toString() : more.get(name));
    }

    @Test
    @DisplayName("Without a variable it is the one for CPUs, from the jars, and DJL is told nothing")
    void fromTheJars() throws Torch.Missing {
        Libtorch build = Libtorch.find(name -> null);
        assertThat(build).isEqualTo(new Libtorch(null, null, "cpu"));
        assertThat(build.hasCuda()).isFalse();
        assertThat(build.properties()).isEmpty();
    }

    @Test
    @DisplayName("PYTORCH_LIBRARY_PATH alone is enough for Python's torch: it says its version and flavour")
    void pythons() throws Exception {
        torch();
        library("torch_cuda");
        Files.writeString(root.resolve("torch/version.py"), "__version__ = '2.7.1+cu128'\ndebug = False\n");
        Libtorch build = find(Map.of());
        assertThat(build).isEqualTo(new Libtorch(lib, "2.7.1", "cu128"));
        assertThat(build.hasCuda()).isTrue();
        assertThat(build.properties())
                .containsOnly(
                        Map.entry("PYTORCH_LIBRARY_PATH", lib.toString()),
                        Map.entry("PYTORCH_VERSION", "2.7.1"),
                        Map.entry("PYTORCH_FLAVOR", "cu128"));
    }

    @Test
    @DisplayName("Where nothing says its flavour, it is that of DJL's library for CUDA, or cpu without CUDA")
    void flavors() throws Exception {
        torch();
        assertThat(find(Map.of())).isEqualTo(new Libtorch(lib, "2.7.1", "cpu"));
        library("torch_cuda");
        assertThat(find(Map.of())).isEqualTo(new Libtorch(lib, "2.7.1", "cu128"));
    }

    @Test
    @DisplayName("Another version than DJL's is refused, unless PYTORCH_VERSION asks for it")
    void versions() throws Exception {
        torch();
        Files.writeString(root.resolve("torch/build-version"), "2.11.0+cu130\n");
        Torch.Missing missing = catchThrowableOfType(Torch.Missing.class, () -> find(Map.of()));
        assertThat(missing.reason())
                .isEqualTo("expected libtorch 2.7.1, which DJL's JNI library is made for, received 2.11.0 in " + lib);
        assertThat(missing.remedy()).contains("PYTORCH_LIBRARY_PATH", "2.7.1");
        assertThat(find(Map.of(Libtorch.VERSION, "2.7.1", Libtorch.FLAVOR, "cu128")))
                .isEqualTo(new Libtorch(lib, "2.7.1", "cu128"));
    }

    @Test
    @DisplayName("PYTORCH_VERSION alone is refused, as DJL would fetch that version")
    void versionAlone() throws Exception {
        Torch.Missing missing = catchThrowableOfType(
                Torch.Missing.class, () -> Libtorch.find(name -> name.equals(Libtorch.VERSION) ? "2.3.0" : null));
        assertThat(missing.reason())
                .isEqualTo("expected PYTORCH_VERSION with PYTORCH_LIBRARY_PATH, received 2.3.0 alone");
        assertThat(Libtorch.find(name -> name.equals(Libtorch.VERSION) ? "2.7.1" : null))
                .isEqualTo(new Libtorch(null, null, "cpu"));
    }

    @Test
    @DisplayName("A folder without it is an error that names the folder")
    void nothingThere() {
        Torch.Missing missing = catchThrowableOfType(Torch.Missing.class, () -> find(Map.of()));
        assertThat(missing.reason())
                .isEqualTo("expected " + System.mapLibraryName("torch") + " in " + lib
                        + ", where PYTORCH_LIBRARY_PATH points, found none");
    }

    @Test
    @DisplayName("A part that is missing is named, as the system would load one of its own in its place")
    void partMissing() throws IOException {
        library("torch");
        library("c10");
        Torch.Missing missing = catchThrowableOfType(Torch.Missing.class, () -> find(Map.of()));
        assertThat(missing.reason()).startsWith("expected " + System.mapLibraryName("torch_cpu") + " in " + lib);
    }
}
