package dev.lenet.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.DivergedException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeachersTest {
    private static final float LOG3 = (float) Math.log(3);

    /** Its first logit is 0; the second is the example's second value, times the confidence. */
    private static Model teacher(double confidence) {
        return new FakeEngine(step -> 0).confident(steps -> confidence).model();
    }

    private static float[] softLabel(Batch batch, int i) {
        float[] target = {-1, -1, -1};
        batch.readSoftLabel(i, target, 1);
        assertThat(target[0]).isEqualTo(-1);
        return new float[] {target[1], target[2]};
    }

    private static Batch taught(Teachers teachers, Batch batch) {
        return new Lesson(teachers, Integer.MAX_VALUE).of(batch, batch.order(), batch.offset());
    }

    @Test
    void aSoftLabelIsTheMeanOfTheTeachersSoftenedProbabilities() {
        Dataset points = Points.of(new float[][] {{0, 0}, {0, 2 * LOG3}, {2 * LOG3, 0}}, new int[] {0, 1, 0});
        Batch batch = new Batch(points, new int[] {9, 1, 2, 0}, 1, 3);

        Batch taught = taught(new Teachers(List.of(teacher(1), teacher(2)), 2), batch);

        // 1/4 and 3/4 by the first, 1/10 and 9/10 by the second.
        assertThat(softLabel(taught, 0)).containsExactly(new float[] {0.175f, 0.825f}, within(1e-6f));
        assertThat(softLabel(taught, 1)).containsExactly(new float[] {0.825f, 0.175f}, within(1e-6f));
        assertThat(softLabel(taught, 2)).containsExactly(0.5f, 0.5f);
    }

    @Test
    void whatIsTaughtStaysTheSameExample() {
        Dataset points = Points.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {0, 1, 0});
        Batch batch = new Batch(points, new int[] {2, 1}, 0, 2);

        Batch taught = taught(new Teachers(List.of(teacher(1)), 1), batch);

        assertThat(taught.size()).isEqualTo(2);
        assertThat(taught.label(0)).isZero();
        assertThat(taught.label(1)).isEqualTo(1);
        float[] values = new float[2];
        taught.read(1, values, 0);
        assertThat(values).containsExactly(3, 4);
        assertThat(taught.dataset()).isSameAs(points);
    }

    @Test
    void extremeLogitsAreProbabilities() {
        Dataset points = Points.of(new float[][] {{-1e30f, 1e30f}}, new int[] {0});

        Batch taught = taught(new Teachers(List.of(teacher(1)), 4), Batch.range(points, 0, 1));

        assertThat(softLabel(taught, 0)).containsExactly(0, 1);
    }

    @Test
    void answersThatAreNoNumbersEndTheRun() {
        Dataset points = Points.of(new float[][] {{0, 0}, {0, Float.NaN}}, new int[] {0, 0});

        assertThatThrownBy(() -> new Teachers(List.of(teacher(1)), 1).answers(Batch.range(points, 0, 2)))
                .isInstanceOf(DivergedException.class)
                .hasMessage(
                        "Teachers: expected finite logits for each example, received others for example 1 of the batch."
                                + " Check the values of the examples, and the weights of the teachers.");
    }

    @Test
    void theLoopAsksTheTeachersOfEachBatchAndTrainsOnWhatTheySay() {
        FakeEngine engine = new FakeEngine(step -> 1);
        FakeEngine teaching = new FakeEngine(step -> 1);
        TrainingSettings settings = new TrainingSettings(1, 2, 0.1, new Optimizer.Sgd(), 7)
                .withShuffle(false)
                .withLoss(new Loss.Distillation(3));

        new TrainingLoop(engine, settings)
                .taughtBy(List.of(teaching.model(), teaching.model()))
                .run(engine.model(), Points.count(3), Points.count(0), new TrainingListener() {});

        assertThat(teaching.events.stream().filter(event -> event.startsWith("predict")))
                .containsExactly("predict 0,1", "predict 0,1", "predict 2", "predict 2");
        assertThat(engine.events.stream().filter(event -> event.startsWith("step")))
                .containsExactly("step 0,1", "step 2");
    }

    @Test
    void outliersAreOfAllClassesAlikeAndTheOthersOfTheirOwn() {
        Dataset points = Points.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {0, 1, 0});
        // Read ahead, so that its rows are not those of the training set.
        Batch batch = Batch.range(points, 0, 3);

        Batch lesson = new Lesson(null, 7).of(batch, new int[] {9, 9, 6, 7, 2}, 2);

        assertThat(softLabel(lesson, 0)).containsExactly(1, 0);
        assertThat(softLabel(lesson, 1)).containsExactly(0.5f, 0.5f);
        assertThat(softLabel(lesson, 2)).containsExactly(1, 0);
    }

    @Test
    void teachersAreNotAskedAboutOutliers() {
        Dataset points = Points.of(new float[][] {{0, 2 * LOG3}, {0, 2 * LOG3}}, new int[] {0, 1});
        Batch batch = Batch.range(points, 0, 2);

        Batch lesson = new Lesson(new Teachers(List.of(teacher(1)), 2), 1).of(batch, batch.order(), 0);

        assertThat(softLabel(lesson, 0)).containsExactly(new float[] {0.25f, 0.75f}, within(1e-6f));
        assertThat(softLabel(lesson, 1)).containsExactly(0.5f, 0.5f);
    }

    @Test
    void aBatchWithoutTeachersAndOutliersStaysAsItIs() {
        Batch batch = Batch.range(Points.count(3), 0, 3);

        assertThat(new Lesson(null, Integer.MAX_VALUE).of(batch, batch.order(), 0))
                .isSameAs(batch);
    }

    @Test
    void aLossThatTakesNoNoticeOfOutliersIsRefused() {
        TrainingSettings settings = new TrainingSettings(1, 2, 0.1, new Optimizer.Sgd(), 7);

        assertThatThrownBy(() -> new TrainingLoop(new FakeEngine(step -> 1), settings).withOutliersFrom(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a loss that learns from outliers, received SoftmaxCrossEntropy");
    }

    @Test
    void aLossThatTakesNoNoticeOfTeachersIsRefused() {
        TrainingSettings settings = new TrainingSettings(1, 2, 0.1, new Optimizer.Sgd(), 7);

        assertThatThrownBy(() -> new TrainingLoop(new FakeEngine(step -> 1), settings).taughtBy(List.of(teacher(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a loss that learns from teachers, received SoftmaxCrossEntropy");
    }
}
