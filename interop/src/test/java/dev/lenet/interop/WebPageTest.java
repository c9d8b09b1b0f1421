package dev.lenet.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.LenetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Mlp;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page as a file; what it reads is tested in a browser. */
class WebPageTest {
    private static final Pattern HASH = Pattern.compile("(style|script)-src 'sha256-([^']+)'");

    private static String page(ModelFile model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WebPage.write(model, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }

    /** A script or style that the policy does not know would not run at all. */
    @ParameterizedTest
    @MethodSource({"dev.lenet.interop.OnnxWriteTest#models", "dev.lenet.interop.OnnxWriteTest#otherModels"})
    void thePolicyAllowsItsOwnScriptAndStyleAlone(ModelFile model) throws IOException, NoSuchAlgorithmException {
        String page = page(model);
        Map<String, String> parts = Map.of(
                "style", between(page, "<style>", "</style>"),
                "script", between(page, "<script type=\"module\">", "</script>"));
        Matcher hashes = HASH.matcher(page);
        for (int i = 0; i < parts.size(); i++) {
            assertThat(hashes.find()).isTrue();
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.valueOf(parts.get(hashes.group(1))).getBytes(StandardCharsets.UTF_8));
            assertThat(hashes.group(2)).isEqualTo(Base64.getEncoder().encodeToString(digest));
        }
        assertThat(page).contains("default-src 'none'").doesNotContain("@POLICY@", "@MODEL@", "@SCRIPT@");
        assertThat(parts.get("script")).doesNotContain("import ", "export ", "fetch(");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
    }

    @Test
    void noNameOfAClassEndsTheElementAroundIt() throws IOException {
        Network network = Mlp.network(Shape.of(1, 28, 28), 2);
        ModelFile model = new ModelFile(network, Weights.initial(network, 1), Mnist.NORMALIZATION, Map.of())
                .withClassNames(new ClassNames(List.of("</script><script>alert(1)</script>", "\u2028\"\\@MODEL@")));
        String json = between(page(model), "id=\"network\">", "</script>");
        assertThat(json)
                .contains("\"classes\":[\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)")
                .contains("\\u2028\\u0022\\u005c@MODEL@")
                .endsWith("]}");
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        Network large = Mlp.network(Shape.of(1, 32, 32), 10);
        Network images = Network.input(1, 28, 28).layer("tanh", new Tanh()).build();
        Network silent = Mlp.network(Shape.of(1, 28, 28), 10);
        assertThatThrownBy(() -> page(new ModelFile(large, Weights.zeros(large), Mnist.NORMALIZATION, Map.of())))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("expected grey images [1, 28, 28] in, received [1, 32, 32]");
        assertThatThrownBy(() -> page(new ModelFile(images, Weights.zeros(images), Mnist.NORMALIZATION, Map.of())))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("a vector of logits out");
        assertThatThrownBy(() -> page(new ModelFile(silent, Weights.zeros(silent), null, Map.of())))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("how its inputs are normalised");
    }
}
