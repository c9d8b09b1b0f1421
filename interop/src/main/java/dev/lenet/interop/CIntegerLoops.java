package dev.lenet.interop;

/** The functions that {@link CIntegerSource} writes, each as text. Values are integers in a unit that is a power of two times a constant. */
final class CIntegerLoops {
    /**
     * Makes a unit larger until every value fits, and the bias of the next layer as well: a shift for all values of an image, found for
     * each image. So nothing has to be known of the images beforehand.
     */
    static final String FIT = """
            static inline int NAME_fit(int32_t *x, int count, int32_t limit, int exponent, int least) {
                int32_t most = 0;
                int shift = exponent < least ? least - exponent : 0;
                for (int i = 0; i < count; i++) {
                    const int32_t size = x[i] < 0 ? -x[i] : x[i];
                    most = size > most ? size : most;
                }
                shift = shift > 30 ? 30 : shift;
                while (most >> shift > limit) {
                    shift++;
                }
                if (shift > 0) {
                    const int32_t unit = (int32_t) 1 << shift;
                    for (int i = 0; i < count; i++) {
                        x[i] = (x[i] + (x[i] < 0 ? -(unit / 2) : unit / 2)) / unit;
                    }
                }
                return exponent + shift;
            }

            """;

    /** Of 16 bits in the layer's own unit, and in that of the image. */
    static final String BIAS = """
            static inline int32_t NAME_bias(int16_t bias, int shift) {
                return shift >= 0 ? bias * ((int32_t) 1 << shift) : shift > -16 ? bias / ((int32_t) 1 << -shift) : 0;
            }

            """;

    static final String CONVOLUTION = """
            static inline void NAME_convolve(const int32_t *x, int32_t *y, int channels, int height, int width,
                    const int8_t *weight, const int16_t *bias, int shift, int filters, int kh, int kw, int stride, int ph,
                    int pw, int groups) {
                const int rows = (height + 2 * ph - kh) / stride + 1;
                const int columns = (width + 2 * pw - kw) / stride + 1;
                const int each = channels / groups;
                for (int o = 0; o < filters; o++) {
                    const int32_t *const first = x + o / (filters / groups) * each * height * width;
                    const int32_t start = NAME_bias(bias[o], shift);
                    for (int i = 0; i < rows; i++) {
                        const int top = i * stride - ph;
                        const int last_row = top + kh < height ? top + kh : height;
                        for (int j = 0; j < columns; j++) {
                            const int left = j * stride - pw;
                            const int first_column = left > 0 ? left : 0;
                            const int last_column = left + kw < width ? left + kw : width;
                            int32_t sum = start;
                            for (int c = 0; c < each; c++) {
                                for (int row = top > 0 ? top : 0; row < last_row; row++) {
                                    const int8_t *w = weight + ((o * each + c) * kh + row - top) * kw + first_column - left;
                                    const int32_t *pixel = first + (c * height + row) * width + first_column;
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
            static inline void NAME_connect(const int32_t *x, int32_t *y, int inputs, const int8_t *weight,
                    const int16_t *bias, int shift, int outputs) {
                for (int o = 0; o < outputs; o++) {
                    int32_t sum = NAME_bias(bias[o], shift);
                    for (int i = 0; i < inputs; i++) {
                        sum += *weight++ * x[i];
                    }
                    y[o] = sum;
                }
            }

            """;

    static final String MAXIMUM = """
            static inline void NAME_maximum(int32_t *x, int channels, int height, int width, int k, int stride) {
                const int rows = (height - k) / stride + 1;
                const int columns = (width - k) / stride + 1;
                int32_t *y = x;
                for (int c = 0; c < channels; c++) {
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            const int32_t *first = x + (c * height + i * stride) * width + j * stride;
                            int32_t result = *first;
                            for (int u = 0; u < k; u++) {
                                for (int v = 0; v < k; v++) {
                                    const int32_t each = first[u * width + v];
                                    result = each > result ? each : result;
                                }
                            }
                            *y++ = result;
                        }
                    }
                }
            }

            """;

    static final String RECTIFY = """
            static inline void NAME_rectify(int32_t *x, int count) {
                for (int i = 0; i < count; i++) {
                    x[i] = x[i] > 0 ? x[i] : 0;
                }
            }

            """;

    private CIntegerLoops() {}
}
