package dev.lenet.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressFileTest {
    @TempDir
    Path folder;

    private JsonObject content() throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("progress.json")))
                .getAsJsonObject();
    }

    @Test
    void tellsHowFarTheRunIs() throws IOException {
        try (ProgressFile progress = new ProgressFile(folder.resolve("progress.json"), "")) {
            progress.started(10, 40, 20);
            assertThat(content().get("step").getAsLong()).isEqualTo(10);
            assertThat(content().get("process").getAsLong())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(content().has("seconds_left")).isFalse();
            for (int step = 11; step <= 30; step++) {
                progress.stepped(step, 32, 0.001 * step);
                progress.lossKnown(step, 2);
            }
        }
        JsonObject last = content();
        assertThat(last.get("step").getAsLong()).isEqualTo(30);
        assertThat(last.get("total_steps").getAsLong()).isEqualTo(40);
        assertThat(last.get("steps_per_epoch").getAsLong()).isEqualTo(20);
        assertThat(last.get("learning_rate").getAsDouble()).isEqualTo(0.03);
        assertThat(last.get("loss").getAsDouble()).isEqualTo(2);
        assertThat(last.get("images_per_second").getAsDouble()).isPositive();
        assertThat(last.getAsJsonObject("losses").get("first").getAsLong()).isEqualTo(11);
        assertThat(last.getAsJsonObject("losses").getAsJsonArray("values")).hasSize(20);
        assertThat(last.getAsJsonObject("learning_rates")
                        .getAsJsonArray("values")
                        .get(19)
                        .getAsFloat())
                .isEqualTo(0.03f);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void tellsWhoIsTrained() throws IOException {
        try (ProgressFile progress = new ProgressFile(folder.resolve("progress.json"), "2 / 8")) {
            progress.started(0, 40, 20);
            assertThat(content().get("teacher").getAsString()).isEqualTo("2 / 8");
        }
        try (ProgressFile progress = new ProgressFile(folder.resolve("progress.json"), "")) {
            progress.started(0, 40, 20);
            assertThat(content().has("teacher")).isFalse();
        }
    }

    /** Steps come by the thousand a second. */
    @Test
    void isNotWrittenAtEveryStep() throws IOException {
        try (ProgressFile progress = new ProgressFile(folder.resolve("progress.json"), "")) {
            progress.started(0, 1000, 1000);
            progress.stepped(1, 32, 0.1);
            assertThat(content().get("step").getAsLong()).isZero();
        }
        assertThat(content().get("step").getAsLong()).isEqualTo(1);
    }

    @Test
    void thatItCannotBeWrittenDoesNotEndTheRun() {
        Path nowhere = folder.resolve("not/there/progress.json");
        try (ProgressFile progress = new ProgressFile(nowhere, "")) {
            progress.started(0, 10, 10);
            progress.stepped(1, 32, 0.1);
        }
        assertThat(nowhere).doesNotExist();
    }
}
