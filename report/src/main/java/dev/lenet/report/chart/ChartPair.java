package dev.lenet.report.chart;

/** Two charts in one picture. */
final class ChartPair extends Chart {
    private static final double GAP = 10;

    private final Chart left;
    private final Chart right;

    ChartPair(Chart left, Chart right) {
        this.left = left;
        this.right = right;
    }

    @Override
    public double width() {
        return left.width() + GAP + right.width();
    }

    @Override
    public double height() {
        return Math.max(left.height(), right.height());
    }

    @Override
    public String description() {
        return left.description() + "; " + right.description();
    }

    @Override
    void draw(Canvas canvas) {
        left.draw(canvas);
        right.draw(new ShiftedCanvas(canvas, left.width() + GAP));
    }
}
