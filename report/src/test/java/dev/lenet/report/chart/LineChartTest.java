package dev.lenet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Curves are where their numbers are. The plot reaches from (54, 36) to (738, 228). */
class LineChartTest {
    private static Curve rising() {
        return new Curve("rising").add(0, 0).add(10, 100);
    }

    @Test
    void aCurveGoesWhereItsNumbersAre() {
        LineChart chart = new LineChart("x", "y").line(rising()).range(0, 100);

        assertThat(Pixels.count(chart, ColorRole.FIRST, 54, 210, 80, 228))
                .as("bottom left")
                .isPositive();
        assertThat(Pixels.count(chart, ColorRole.FIRST, 390, 124, 408, 140))
                .as("middle")
                .isPositive();
        assertThat(Pixels.count(chart, ColorRole.FIRST, 720, 36, 744, 50))
                .as("top right")
                .isPositive();
        assertThat(Pixels.count(chart, ColorRole.FIRST, 54, 36, 380, 120))
                .as("top left")
                .isZero();
        assertThat(Pixels.count(chart, ColorRole.FIRST, 430, 150, 744, 228))
                .as("bottom right")
                .isZero();
    }

    @Test
    void whatIsOutsideTheRangeIsNotDrawn() {
        Curve low = new Curve("").add(0, -50).add(10, -60);

        assertThat(Pixels.count(new LineChart("x", "y").line(low).range(0, 100), ColorRole.FIRST))
                .isZero();
        assertThat(Pixels.count(new LineChart("x", "y").line(low), ColorRole.FIRST))
                .as("an axis of its own")
                .isPositive();
    }

    @Test
    void curvesGetTheirColoursInOrder() {
        LineChart chart = new LineChart("x", "y")
                .faint(new Curve("").add(0, 1).add(10, 5))
                .line(rising())
                .dots(new Curve("").add(5, 20))
                .level("goal", 80);

        for (ColorRole color : new ColorRole[] {ColorRole.FIRST, ColorRole.SECOND, ColorRole.THIRD}) {
            assertThat(Pixels.count(chart, color)).as("%s", color).isPositive();
        }
        assertThat(chart.description()).isEqualTo("Chart of y by x: rising, goal");
    }

    @Test
    void valuesThatAreNotFiniteAreLeftOut() {
        Curve gap = new Curve("gap").add(1, Double.NaN).add(2, 3).add(3, Double.POSITIVE_INFINITY);

        String svg = new LineChart("epoch", "loss").marked(gap).counted().svg();

        assertThat(svg).doesNotContain("NaN", "Infinity").containsOnlyOnce("<circle");
        assertThat(svg).contains("<title>epoch 2: gap loss 3.0000</title>");
    }

    @Test
    void sharesAreWrittenAsPercentages() {
        String svg = new LineChart("epoch", "accuracy")
                .marked(new Curve("test").add(1, 0.96).add(2, 0.9812))
                .counted()
                .percent()
                .svg();

        assertThat(svg).contains(">96.0 %<", ">98.0 %<", "<title>epoch 2: test accuracy 98.12 %</title>");
    }

    @Test
    void equalHeightsAreEqualRatiosOnALogarithmicAxis() {
        LineChart chart = new LineChart("x", "y")
                .line(new Curve("").add(0, 0.1).add(10, 0.1))
                .range(0.01, 1)
                .logarithmic();

        assertThat(Pixels.count(chart, ColorRole.FIRST, 100, 131, 700, 133))
                .as("0.1 is in the middle between 0.01 and 1")
                .isPositive();
        assertThat(chart.svg()).contains(">Y, logarithmic<");
    }

    @Test
    void aChartWithoutPointsIsEmpty() {
        assertThat(Pixels.count(new LineChart("x", "y").line(new Curve("")), ColorRole.FIRST))
                .isZero();
        assertThat(new LineChart("", "").svg()).endsWith("</svg>");
    }

    @Test
    void aLegendThatDoesNotFitBesideTheTitleIsBelowIt() {
        LineChart wide = new LineChart("x", "y").line(rising());
        LineChart narrow = new LineChart("x", "a title that leaves no room for names")
                .line(rising())
                .size(260, 200);

        assertThat(Pixels.count(wide, ColorRole.FIRST, 54, 17, 760, 35))
                .as("below the title")
                .isZero();
        assertThat(Pixels.count(narrow, ColorRole.FIRST, 54, 24, 80, 35))
                .as("below the title")
                .isPositive();
    }

    @Test
    void aCurveIsSmoothedByTheMeanOfTheLastPoints() {
        Curve curve = new Curve("squares");
        for (int i = 1; i <= 5; i++) {
            curve.add(i, i * i);
        }

        assertThat(curve.smoothed(2).points().stream().map(Curve.Point::y)).containsExactly(1.0, 2.5, 6.5, 12.5, 20.5);
        assertThat(curve.end()).isEqualTo(5);
    }

    @Test
    void chartsBesideEachOtherAreOne() {
        Chart both = new LineChart("x", "left")
                .half()
                .beside(new LineChart("x", "right").line(rising()).half());

        assertThat(both.width()).isEqualTo(new LineChart("x", "y").width());
        assertThat(both.description()).isEqualTo("Chart of left by x; Chart of right by x: rising");
        assertThat(Pixels.count(both, ColorRole.FIRST, 0, 0, 380, 270))
                .as("left")
                .isZero();
        assertThat(Pixels.count(both, ColorRole.FIRST, 385, 0, 760, 270))
                .as("right")
                .isPositive();
    }
}
