package dev.lenet.engine.djl;

import dev.lenet.api.engine.Loss;
import java.util.ArrayList;
import java.util.List;

/** One kind of loss and its gradient with respect to the logits, as statements in TorchScript. */
interface LossSource {

    /**
     * Given are the logits, {@code labels}, and {@code start}, which is 1: d(loss) / d(loss). The loss is {@code loss}.
     *
     * @param logits the name of what is given
     * @param gradient the name of what is computed
     */
    List<String> statements(String logits, String gradient);

    /** Whether {@code labels} are probabilities, {@code [N, K]}, or else class numbers, {@code [N]}. */
    boolean takesSoftLabels();

    static LossSource of(Loss loss) {
        return loss.accept(new Loss.Visitor<>() {
            @Override
            public LossSource visit(Loss.SoftmaxCrossEntropy entropy) {
                return new Entropy(entropy.labelSmoothing());
            }

            @Override
            public LossSource visit(Loss.Distillation distillation) {
                return new Divergence(distillation.temperature());
            }
        });
    }

    /** See {@link Loss.SoftmaxCrossEntropy}. */
    record Entropy(double smoothing) implements LossSource {

        @Override
        public List<String> statements(String logits, String gradient) {
            List<String> all = new ArrayList<>();
            all.add("logs = torch.log_softmax(%s, 1)".formatted(logits));
            all.add("sure, total, = torch.nll_loss_forward(logs, labels, None, 1, -100)");
            all.add("dlogs = torch.nll_loss_backward(start, logs, labels, None, 1, -100, total)");
            if (smoothing == 0) {
                all.add("loss = sure");
            } else {
                String rest = UpdateSource.number(1 - smoothing);
                String share = UpdateSource.number(smoothing);
                all.add("loss = torch.sub(torch.mul(sure, %s), torch.mean(logs), alpha=%s)".formatted(rest, share));
                // Of each of the K values of a row: smoothing / (N * K).
                all.add("dlogs = torch.sub_(torch.mul_(dlogs, %s), torch.div(torch.mul(start, %s), torch.numel(logs)))"
                        .formatted(rest, share));
            }
            all.add("%s = torch._log_softmax_backward_data(dlogs, logs, 1, 6)".formatted(gradient));
            return all;
        }

        @Override
        public boolean takesSoftLabels() {
            return false;
        }
    }

    /** See {@link Loss.Distillation}; xlogy gives 0 for a probability of 0. */
    record Divergence(double temperature) implements LossSource {

        @Override
        public List<String> statements(String logits, String gradient) {
            String number = UpdateSource.number(temperature);
            return List.of(
                    "logs = torch.log_softmax(torch.div(%s, %s), 1)".formatted(logits, number),
                    "terms = torch.sub(torch.xlogy(labels, labels), torch.mul(labels, logs))",
                    "loss = torch.mul(torch.mean(torch.sum(terms, [1])), %s)"
                            .formatted(UpdateSource.number(temperature * temperature)),
                    "%s = torch.div(torch.mul_(torch.sub_(torch.exp(logs), labels), %s), torch.size(labels, 0))"
                            .formatted(gradient, number));
        }

        @Override
        public boolean takesSoftLabels() {
            return true;
        }
    }
}
