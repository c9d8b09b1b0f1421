package dev.lenet.engine.djl;

import dev.lenet.api.engine.Loss;

/**
 * Writes a loss and its gradient with respect to the logits, as statements in TorchScript. Given are the logits, {@code labels},
 * and {@code start}, which is 1: d(loss) / d(loss). The loss is {@code loss}.
 */
final class LossSource {
    private final String logits;
    private final String gradient;
    private final StringBuilder text = new StringBuilder();

    private LossSource(String logits, String gradient) {
        this.logits = logits;
        this.gradient = gradient;
    }

    /**
     * @param logits the name of what is given
     * @param gradient the name of what is computed
     */
    static String of(Loss loss, String logits, String gradient) {
        LossSource source = new LossSource(logits, gradient);
        if (loss instanceof Loss.SoftmaxCrossEntropy entropy) {
            source.entropy(entropy.labelSmoothing());
        } else if (loss instanceof Loss.Distillation distillation) {
            source.distillation(distillation.temperature());
        } else {
            throw new IllegalStateException("Loss is sealed, and " + loss + " was forgotten here");
        }
        return source.text.toString();
    }

    /** Labels are class numbers, {@code [N]}. */
    private void entropy(double smoothing) {
        line("logs = torch.log_softmax(%s, 1)".formatted(logits));
        line("sure, total, = torch.nll_loss_forward(logs, labels, None, 1, -100)");
        line("dlogs = torch.nll_loss_backward(start, logs, labels, None, 1, -100, total)");
        if (smoothing == 0) {
            line("loss = sure");
        } else {
            line("loss = torch.sub(torch.mul(sure, %s), torch.mean(logs), alpha=%s)"
                    .formatted(UpdateSource.number(1 - smoothing), UpdateSource.number(smoothing)));
            // Of each of the K values of a row: smoothing / (N * K).
            line("dlogs = torch.sub_(torch.mul_(dlogs, %s), torch.div(torch.mul(start, %s), torch.numel(logs)))"
                    .formatted(UpdateSource.number(1 - smoothing), UpdateSource.number(smoothing)));
        }
        line("%s = torch._log_softmax_backward_data(dlogs, logs, 1, 6)".formatted(gradient));
    }

    /** Labels are probabilities, {@code [N, K]}; xlogy gives 0 for one of 0. */
    private void distillation(double temperature) {
        line("logs = torch.log_softmax(torch.div(%s, %s), 1)".formatted(logits, UpdateSource.number(temperature)));
        line("terms = torch.sub(torch.xlogy(labels, labels), torch.mul(labels, logs))");
        line("loss = torch.mul(torch.mean(torch.sum(terms, [1])), %s)"
                .formatted(UpdateSource.number(temperature * temperature)));
        line("%s = torch.div(torch.mul_(torch.sub_(torch.exp(logs), labels), %s), torch.size(labels, 0))"
                .formatted(gradient, UpdateSource.number(temperature)));
    }

    private void line(String statement) {
        text.append("    ").append(statement).append('\n');
    }
}
