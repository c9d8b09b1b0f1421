package dev.lenet.interop;

/** The methods that {@link JavaSource} writes, each as text. */
final class JavaLoops {
    static final String CONVOLUTION = """
                private static double[] convolve(double[] x, int channels, int height, int width, float[] weight, float[] bias, int filters, int kh, int kw, int stride, int ph, int pw, int groups) {
                    int rows = (height + 2 * ph - kh) / stride + 1;
                    int columns = (width + 2 * pw - kw) / stride + 1;
                    int each = channels / groups;
                    double[] y = new double[filters * rows * columns];
                    for (int o = 0; o < filters; o++) {
                        int firstChannel = o / (filters / groups) * each;
                        for (int i = 0; i < rows; i++) {
                            int top = i * stride - ph;
                            int lastRow = Math.min(height, top + kh);
                            for (int j = 0; j < columns; j++) {
                                int left = j * stride - pw;
                                int lastColumn = Math.min(width, left + kw);
                                double sum = bias == null ? 0 : bias[o];
                                for (int c = 0; c < each; c++) {
                                    for (int row = Math.max(0, top); row < lastRow; row++) {
                                        int w = ((o * each + c) * kh + row - top) * kw - left;
                                        int pixel = ((firstChannel + c) * height + row) * width;
                                        for (int column = Math.max(0, left); column < lastColumn; column++) {
                                            sum += (double) weight[w + column] * x[pixel + column];
                                        }
                                    }
                                }
                                y[(o * rows + i) * columns + j] = sum;
                            }
                        }
                    }
                    return y;
                }
            """;

    static final String LINEAR = """
                private static double[] connect(double[] x, float[] weight, float[] bias) {
                    double[] y = new double[bias.length];
                    for (int o = 0; o < y.length; o++) {
                        double sum = bias[o];
                        for (int i = 0; i < x.length; i++) {
                            sum += (double) weight[o * x.length + i] * x[i];
                        }
                        y[o] = sum;
                    }
                    return y;
                }
            """;

    static final String POOLING = """
                private static double[] %s(double[] x, int channels, int height, int width, int k, int stride) {
                    int rows = (height - k) / stride + 1;
                    int columns = (width - k) / stride + 1;
                    double[] y = new double[channels * rows * columns];
                    for (int c = 0; c < channels; c++) {
                        for (int i = 0; i < rows; i++) {
                            for (int j = 0; j < columns; j++) {
                                double result = %s;
                                for (int u = 0; u < k; u++) {
                                    for (int v = 0; v < k; v++) {
                                        double each = x[(c * height + i * stride + u) * width + j * stride + v];
                                        %s;
                                    }
                                }
                                y[(c * rows + i) * columns + j] = result%s;
                            }
                        }
                    }
                    return y;
                }
            """;

    static final String EACH = """
                private static double[] %s(double[] x) {
                    double[] y = new double[x.length];
                    for (int i = 0; i < x.length; i++) {
                        y[i] = %s;
                    }
                    return y;
                }
            """;

    static final String NORMAL_PROBABILITY = """
                private static double below(double x) {
                    double z = Math.abs(x) * Math.sqrt(0.5);
                    double tail;
                    if (z < 3) {
                        double term = z;
                        double sum = z;
                        for (int n = 1; n <= 60; n++) {
                            term *= 2 * z * z / (2 * n + 1);
                            sum += term;
                        }
                        tail = 0.5 - Math.exp(-z * z) * sum / Math.sqrt(Math.PI);
                    } else {
                        double fraction = z;
                        for (int n = 60; n > 0; n--) {
                            fraction = z + (n / 2.0) / fraction;
                        }
                        tail = Math.exp(-z * z) / Math.sqrt(Math.PI) / fraction / 2;
                    }
                    return x < 0 ? tail : 1 - tail;
                }
            """;

    static final String FLOATS = """
                private static float[] floats(String... parts) {
                    int size = 0;
                    byte[][] bytes = new byte[parts.length][];
                    for (int i = 0; i < parts.length; i++) {
                        bytes[i] = Base64.getDecoder().decode(parts[i]);
                        size += bytes[i].length / 4;
                    }
                    float[] values = new float[size];
                    int next = 0;
                    for (byte[] part : bytes) {
                        FloatBuffer floats = ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
                        int count = floats.remaining();
                        floats.get(values, next, count);
                        next += count;
                    }
                    return values;
                }
            """;

    static final String MEANS = """
                private static double[] means(double[] x, int parts) {
                    double[] y = new double[parts];
                    int size = x.length / parts;
                    for (int i = 0; i < x.length; i++) {
                        y[i / size] += x[i] / size;
                    }
                    return y;
                }
            """;

    static final String GROUPS = """
                private static double[] normalizeGroups(double[] x, int groups, float[] weight, float[] bias, float epsilon) {
                    double[] y = new double[x.length];
                    double[] mean = means(x, groups);
                    int size = x.length / groups;
                    int area = x.length / weight.length;
                    for (int i = 0; i < x.length; i++) {
                        y[i] = (x[i] - mean[i / size]) * (x[i] - mean[i / size]);
                    }
                    double[] variance = means(y, groups);
                    for (int i = 0; i < x.length; i++) {
                        double normal = (x[i] - mean[i / size]) / Math.sqrt(variance[i / size] + epsilon);
                        y[i] = normal * weight[i / area] + bias[i / area];
                    }
                    return y;
                }
            """;

    static final String BATCH = """
                private static double[] normalizeBatch(double[] x, float[] weight, float[] bias, float[] mean, float[] variance, float epsilon) {
                    double[] y = new double[x.length];
                    int area = x.length / weight.length;
                    for (int i = 0; i < x.length; i++) {
                        int c = i / area;
                        y[i] = (x[i] - mean[c]) / Math.sqrt((double) variance[c] + epsilon) * weight[c] + bias[c];
                    }
                    return y;
                }
            """;

    static final String SUM = """
                private static double[] add(double[] a, double[] b) {
                    double[] y = new double[a.length];
                    for (int i = 0; i < a.length; i++) {
                        y[i] = a[i] + b[i];
                    }
                    return y;
                }
            """;

    private JavaLoops() {}
}
