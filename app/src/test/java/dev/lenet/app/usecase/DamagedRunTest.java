package dev.lenet.app.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lenet.api.LenetException;
import dev.lenet.app.storage.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JSON files of a run, damaged at random: what reads them says so, and never fails in another way. */
class DamagedRunTest {
    private static final long SEED = 3;
    private static final int DAMAGES = 150;

    private static final List<String> VALUES = List.of(
            "null",
            "[]",
            "{}",
            "[null]",
            "true",
            "-1",
            "0",
            "1e999",
            "1e18",
            "99999999999999999999",
            "0.5",
            "NaN",
            "\"\"",
            "\"x\"",
            "\"complete\"",
            "[".repeat(20_000),
            "{\"a\":".repeat(5_000));

    private static final Pattern VALUE = Pattern.compile("(?<=: ?)(\"[^\"]*\"|-?[0-9.eE+]+|true|null|\\[|\\{)");

    private static final Map<String, String> FILES =
            Map.of(RunDirectory.MANIFEST, """
            {"format": 1, "run": "r", "status": "complete", "version": "1", "seed": 42, "parameters": 61706,
             "data": {"dataset": "mnist", "directory": "d", "mean": 0.1, "std": 0.3, "training": 100, "validation": 10, "test": 10,
                      "sha256": {"a": "b"}},
             "sessions": [{"started": "t", "from_step": 0, "engine": "native", "device": "cpu", "detail": "d", "java": "17",
                           "jvm": "j", "system": "s"}],
             "results": {"ending": "completed", "steps": 40, "epochs": 1, "best_epoch": 0, "test_accuracy": 0.9, "test_loss": 0.3,
                         "model": "m", "seconds_of_last_session": 1.5},
             "written": "t"}""", RunDirectory.HISTORY, """
            [{"epoch": 1, "seconds": 0.5, "images_per_second": 100, "train_loss": 0.5, "validation_loss": 0.4,
              "validation_accuracy": 0.9}]""", RunDirectory.PROGRESS, """
            {"process": 1, "step": 3, "total_steps": 40, "steps_per_epoch": 40, "learning_rate": 0.1, "images_per_second": 10,
             "seconds_left": 1, "loss": 0.4, "losses": {"first": 1, "stride": 1, "values": [0.5, null]},
             "learning_rates": {"first": 1, "stride": 1, "values": [0.5]}}""");

    @TempDir
    Path folder;

    @BeforeEach
    void run() throws IOException {
        Files.writeString(folder.resolve(RunDirectory.SETTINGS), "seed: 42\n");
        Files.writeString(folder.resolve(RunDirectory.MODEL), "");
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private RunDirectory directory() {
        return new RunDirectory("r", folder);
    }

    @Test
    void whatIsWholeIsRead() {
        assertThat(directory().isFinished(Optional.of("mnist"))).isTrue();
        assertThat(directory().latestProgress()).isPresent();
        assertThat(RunRecord.of(directory()).history()).isNotNull();
    }

    @Test
    void damageIsSaid() throws IOException {
        Random random = new Random(SEED);
        int said = 0;
        for (int i = 0; i < DAMAGES; i++) {
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                String damaged = damaged(file.getValue(), random);
                Files.writeString(folder.resolve(file.getKey()), damaged);
                said += read(file.getKey(), damaged) ? 0 : 1;
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(said).isGreaterThan(DAMAGES);
    }

    private boolean read(String file, String damaged) {
        try {
            directory().isFinished(Optional.of("mnist"));
            directory().latestProgress();
            RunRecord.of(directory());
            WatchedRuns.state(directory());
            return true;
        } catch (LenetException e) {
            assertThat(e).hasMessageContaining(file);
            return false;
        } catch (RuntimeException | Error e) {
            return fail(file + " of " + damaged.substring(0, Math.min(500, damaged.length())), e);
        }
    }

    private static String damaged(String text, Random random) {
        if (random.nextInt(3) == 0) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(12));
            return text.substring(0, from) + text.substring(to);
        }
        List<MatchResult> values = VALUE.matcher(text).results().toList();
        MatchResult value = values.get(random.nextInt(values.size()));
        String other = VALUES.get(random.nextInt(VALUES.size()));
        return random.nextInt(20) == 0 ? other : text.substring(0, value.start()) + other + text.substring(value.end());
    }
}
