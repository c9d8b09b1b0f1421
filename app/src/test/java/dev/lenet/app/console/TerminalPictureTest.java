package dev.lenet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.vision.DigitImage;
import dev.lenet.vision.ModelImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalPictureTest {

    @Test
    void coloursAreForTerminalsThatHaveThem() {
        assertThat(TerminalPicture.of(Map.of("TERM", "xterm-256color"), true)).isEqualTo(TerminalPicture.GREYS);
        assertThat(TerminalPicture.of(Map.of("TERM", "xterm", "COLORTERM", "truecolor"), true))
                .isEqualTo(TerminalPicture.EXACT);
        assertThat(TerminalPicture.of(Map.of("TERM", "vt100"), true)).isEqualTo(TerminalPicture.ASCII);
        assertThat(TerminalPicture.of(Map.of(), true)).isEqualTo(TerminalPicture.ASCII);
        assertThat(TerminalPicture.of(Map.of("TERM", "dumb", "COLORTERM", "truecolor"), true))
                .isEqualTo(TerminalPicture.ASCII);
    }

    @Test
    void whoWantsNoColourOrHasNoBlocksGetsShadesOfCharacters() {
        assertThat(TerminalPicture.of(Map.of("TERM", "xterm-256color", "NO_COLOR", "1"), true))
                .isEqualTo(TerminalPicture.ASCII);
        assertThat(TerminalPicture.of(Map.of("TERM", "xterm-256color", "NO_COLOR", ""), true))
                .isEqualTo(TerminalPicture.GREYS);
        assertThat(TerminalPicture.of(Map.of("TERM", "xterm-256color"), false)).isEqualTo(TerminalPicture.ASCII);
    }

    @Test
    void aPixelIsTwoCharactersOrHalfOne() {
        byte[] pixels = new byte[784];
        pixels[0] = (byte) 255;
        pixels[1] = 1;
        pixels[28] = (byte) 128;
        ModelImage digit = ModelImage.of(new DigitImage(pixels));

        assertThat(TerminalPicture.ASCII.draw(List.of(digit), 80).lines().toList())
                .hasSize(28)
                .startsWith("@@..", "++");
        assertThat(TerminalPicture.EXACT.draw(List.of(digit), 80).lines().toList())
                .hasSize(14)
                .first()
                .asString()
                .startsWith("\u001b[38;2;255;255;255;48;2;128;128;128m\u2580\u001b[38;2;1;1;1;48;2;0;0;0m\u2580")
                .endsWith("\u001b[0m");
        assertThat(TerminalPicture.GREYS.draw(List.of(digit), 80))
                .startsWith("\u001b[38;5;231;48;5;244m\u2580\u001b[38;5;16;48;5;16m\u2580");
    }

    @Test
    void asManyAreSideBySideAsFit() {
        byte[] pixels = new byte[784];
        pixels[27] = (byte) 255;
        List<ModelImage> three = Collections.nCopies(3, ModelImage.of(new DigitImage(pixels)));

        assertThat(TerminalPicture.EXACT.draw(three, 80).lines()).hasSize(28);
        assertThat(TerminalPicture.ASCII.draw(three, 80).lines()).hasSize(84);
        assertThat(TerminalPicture.ASCII.draw(three, 200).lines().findFirst())
                .contains((" ".repeat(54) + "@@|").repeat(2) + " ".repeat(54) + "@@");
    }

    @Test
    void coloursAreShownAndWhatIsTooWideIsScaledDown() {
        byte[] pixels = new byte[3 * 3 * 100];
        Arrays.fill(pixels, 0, 300, (byte) 255);
        ModelImage red = new ModelImage(Shape.of(3, 3, 100), pixels);

        List<String> lines =
                TerminalPicture.EXACT.draw(List.of(red), 200).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("\u001b[38;2;255;0;0;48;2;255;0;0m\u2580");
        assertThat(lines.get(1)).as("the last row has nothing below it").startsWith("\u001b[38;2;255;0;0m\u2580");
        assertThat(TerminalPicture.ASCII.draw(List.of(red), 80).lines()).containsExactly("-".repeat(80));
        assertThat(TerminalPicture.ASCII.draw(List.of(), 80)).isEmpty();
    }
}
