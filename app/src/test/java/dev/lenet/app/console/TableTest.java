package dev.lenet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void namesStandLeftAndNumbersRight() {
        Table table = new Table(1, List.of("layer", "difference"));
        table.row(List.of("conv1", "1.0e-07"));
        table.row(List.of("a longer one", "0"));

        assertThat(table.lines())
                .containsExactly("layer         difference", "conv1            1.0e-07", "a longer one           0");
    }

    @Test
    void noLineEndsWithASpace() {
        Table table = new Table(2, List.of("a", "bbb"));
        table.row(List.of("aa", ""));

        assertThat(table.lines()).containsExactly("a   bbb", "aa");
    }
}
