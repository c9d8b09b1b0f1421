/**
 * Reports on models: a page to read and pictures to show. {@link dev.lenet.report.Report} writes them:
 *
 * <pre>{@code
 * ModelFile file = ModelFile.read(Path.of("models/lenet5.safetensors"), List.of());
 * try (Engine engine = Engines.named("native").open(EngineOptions.DEFAULT);
 *         Model model = engine.build(file.network(), file.weights())) {
 *     Report.of(engine, model, test).title("LeNet-5").dataset("mnist").write(Path.of("out"));
 * }
 * }</pre>
 *
 * <p>A {@link dev.lenet.report.TrainingHistory} adds the learning curves; its recorder listens to a training. The charts alone
 * are in {@link dev.lenet.report.chart}, event files for TensorBoard in {@link dev.lenet.report.tensorboard}.
 */
@NullMarked
package dev.lenet.report;

import org.jspecify.annotations.NullMarked;
