package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the program computes is the engine contract's concern; here it is shown. */
@DisplayName("The program of a training step")
class StepSourceTest {

    @Test
    @DisplayName("goes forward, back to the first parameters and no further, and updates one flat array")
    void program() {
        Network network = Network.input(3)
                .layer("fc1", Linear.of(2))
                .layer("relu1", new Relu())
                .layer("fc2", Linear.of(4))
                .build();
        TrainingSpec spec = new TrainingSpec(new Optimizer.Sgd(0.9, 0), new Loss.SoftmaxCrossEntropy(), 8, 1);

        assertThat(StepSource.of(network, spec)).startsWith("""
                          def both(self: __torch__.Program,
                            inputs: Tensor,
                            labels: Tensor,
                            start: Tensor,
                            weights: Tensor,
                            masks: List[Tensor]) -> Tuple[Tensor, Tensor]:
                            flat = torch.split_with_sizes(weights, [6, 2, 8, 4], 0)
                            p0 = torch.view(flat[0], [2, 3])
                            p1 = torch.view(flat[1], [2])
                            p2 = torch.view(flat[2], [4, 2])
                            p3 = torch.view(flat[3], [4])
                            x0 = inputs
                            x1 = torch.addmm(p1, x0, torch.t(p0))
                            x2 = torch.relu(x1)
                            x3 = torch.addmm(p3, x2, torch.t(p2))
                            logs = torch.log_softmax(x3, 1)
                            sure, total, = torch.nll_loss_forward(logs, labels, None, 1, -100)
                            dlogs = torch.nll_loss_backward(start, logs, labels, None, 1, -100, total)
                            loss = sure
                            d3 = torch._log_softmax_backward_data(dlogs, logs, 1, 6)
                            g2 = torch.mm(torch.t(d3), x2)
                            g3 = torch.sum(d3, [0])
                            d2 = torch.mm(d3, p2)
                            d1 = torch.threshold_backward(d2, x2, 0)
                            g0 = torch.mm(torch.t(d1), x0)
                            g1 = torch.sum(d1, [0])
                            return (loss, torch.cat([torch.reshape(g0, [-1]), torch.reshape(g1, [-1]), \
                        torch.reshape(g2, [-1]), torch.reshape(g3, [-1])], 0))
                        """.indent(0)).contains("""
                            g = torch.add_(torch.mul_(slots[0], 0.9), g)
                            w = torch.sub_(weights, g, alpha=rates[0])
                            return None
                        """.indent(0));
    }

    @Test
    @DisplayName("is the same where people write other digits")
    void locales() {
        Network network = Fixtures.everyLayer();
        TrainingSpec spec =
                Fixtures.spec(new Optimizer.Adam(), 8).withClipNorm(1).withAverageDecay(0.5);
        String expected = StepSource.of(network, spec);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("fa"));
            assertThat(String.format(Locale.getDefault(), "%d", 1)).isNotEqualTo("1");
            assertThat(StepSource.of(network, spec)).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("gets Adam's corrections with its rate")
    void rates() {
        double[] rates = OptimizerSource.of(new Optimizer.Adam(0.9, 0.99, 1e-8, 0.1, true))
                .rates(0.002, 2);
        double correction = Math.sqrt(1 - 0.99 * 0.99);
        assertThat(rates)
                .containsExactly(
                        new double[] {0.002 / (1 - 0.81) * correction, 1e-8 * correction, 1 - 0.0002}, within(1e-15));
        assertThat(OptimizerSource.of(new Optimizer.Sgd()).rates(0.1, 7)[0]).isEqualTo(0.1);
    }
}
