package dev.lenet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Evaluation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
    /** Four of class 0, one of them taken for a 1; two of class 1. */
    private static final Evaluation EVALUATION = new Evaluation(6, 0.25, new int[][] {{3, 1}, {0, 2}});

    private static String printed(boolean json, ClassNames names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        EngineDescription engine = new EngineDescription("loops", "cpu", "plain loops");
        new EvaluationReport(new Console(stream, stream, json, false))
                .evaluated(engine, Path.of("m.safetensors"), EVALUATION, names);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void peopleGetATableForEachClassAndTheConfusion() {
        assertThat(printed(false, ClassNames.numbered(2, 0))).isEqualTo("""
                accuracy 83.33 %, loss 0.2500 (6 images)

                digit  precision    recall      F1  images
                    0   100.00 %   75.00 %  0.8571       4
                    1    66.67 %  100.00 %  0.8000       2

                confusion (row: true digit, column: predicted digit)
                          0     1
                    0     3     1
                    1     0     2
                """);
    }

    @Test
    void programsGetOneObjectWithTheModelAndTheNamesOfItsClasses() {
        JsonObject event = JsonParser.parseString(printed(true, new ClassNames(List.of("cat", "dog"))))
                .getAsJsonObject();
        assertThat(event.keySet())
                .containsExactly("engine", "model", "count", "accuracy", "loss", "confusion", "classes");
        assertThat(event.get("model").getAsString()).isEqualTo("m.safetensors");
        assertThat(event.get("confusion").toString()).isEqualTo("[[3,1],[0,2]]");
        assertThat(event.get("classes").toString()).isEqualTo("[\"cat\",\"dog\"]");
    }
}
