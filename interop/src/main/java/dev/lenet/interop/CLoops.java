package dev.lenet.interop;

/** The functions that {@link CSource} writes, each as text. */
final class CLoops {
    static final String CONVOLUTION = """
            static inline void NAME_convolve(const float *x, float *y, int channels, int height, int width,
                    const float *weight, const float *bias, int filters, int kh, int kw, int stride, int ph, int pw,
                    int groups) {
                const int rows = (height + 2 * ph - kh) / stride + 1;
                const int columns = (width + 2 * pw - kw) / stride + 1;
                const int each = channels / groups;
                for (int o = 0; o < filters; o++) {
                    const float *const first = x + o / (filters / groups) * each * height * width;
                    for (int i = 0; i < rows; i++) {
                        const int top = i * stride - ph;
                        const int last_row = top + kh < height ? top + kh : height;
                        for (int j = 0; j < columns; j++) {
                            const int left = j * stride - pw;
                            const int first_column = left > 0 ? left : 0;
                            const int last_column = left + kw < width ? left + kw : width;
                            float sum = bias ? bias[o] : 0;
                            for (int c = 0; c < each; c++) {
                                for (int row = top > 0 ? top : 0; row < last_row; row++) {
                                    const float *w = weight + ((o * each + c) * kh + row - top) * kw + first_column - left;
                                    const float *pixel = first + (c * height + row) * width + first_column;
                                    for (int n = last_column - first_column; n > 0; n--) {
                                        sum += *w++ * *pixel++;
                                    }
                                }
                            }
                            *y++ = sum;
                        }
                    }
                }
            }

            """;

    static final String LINEAR = """
            static inline void NAME_connect(const float *x, float *y, int inputs, const float *weight, const float *bias, int outputs) {
                for (int o = 0; o < outputs; o++) {
                    float sum = bias[o];
                    for (int i = 0; i < inputs; i++) {
                        sum += *weight++ * x[i];
                    }
                    y[o] = sum;
                }
            }

            """;

    static final String POOLING = """
            static inline void NAME_%s(float *x, int channels, int height, int width, int k, int stride) {
                const int rows = (height - k) / stride + 1;
                const int columns = (width - k) / stride + 1;
                float *y = x;
                for (int c = 0; c < channels; c++) {
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            const float *first = x + (c * height + i * stride) * width + j * stride;
                            float result = %s;
                            for (int u = 0; u < k; u++) {
                                for (int v = 0; v < k; v++) {
                                    const float each = first[u * width + v];
                                    result = %s;
                                }
                            }
                            *y++ = result%s;
                        }
                    }
                }
            }

            """;

    static final String EACH = """
            static inline void NAME_%s(float *x, int count) {
                for (int i = 0; i < count; i++) {
                    x[i] = %s;
                }
            }

            """;

    static final String MEANS = """
            static inline void NAME_means(float *x, int parts, int size) {
                for (int c = 0; c < parts; c++) {
                    float sum = 0;
                    for (int i = 0; i < size; i++) {
                        sum += x[c * size + i];
                    }
                    x[c] = sum / (float) size;
                }
            }

            """;

    /** By Newton's method, so that no library is needed. */
    static final String GROUPS = """
            static inline void NAME_normalize(float *x, int groups, int size, int area, const float *weight, const float *bias,
                    float epsilon) {
                for (int g = 0; g < groups; g++) {
                    float *const first = x + g * size;
                    float mean = 0;
                    float variance = 0;
                    float root = 1;
                    for (int i = 0; i < size; i++) {
                        mean += first[i];
                    }
                    mean /= (float) size;
                    for (int i = 0; i < size; i++) {
                        variance += (first[i] - mean) * (first[i] - mean);
                    }
                    variance = variance / (float) size + epsilon;
                    for (int i = 0; i < 64; i++) {
                        root = (root + variance / root) / 2;
                    }
                    for (int i = 0; i < size; i++) {
                        const int c = (g * size + i) / area;
                        first[i] = (first[i] - mean) / root * weight[c] + bias[c];
                    }
                }
            }

            """;

    static final String SCALE = """
            static inline void NAME_scale(float *x, int channels, int area, const float *scale, const float *shift) {
                for (int i = 0; i < channels * area; i++) {
                    x[i] = x[i] * scale[i / area] + shift[i / area];
                }
            }

            """;

    static final String COPY = """
            static inline void NAME_copy(const float *x, float *y, int count) {
                for (int i = 0; i < count; i++) {
                    y[i] = x[i];
                }
            }

            """;

    static final String SUM = """
            static inline void NAME_add(float *x, const float *y, int count) {
                for (int i = 0; i < count; i++) {
                    x[i] += y[i];
                }
            }

            """;

    private CLoops() {}
}
