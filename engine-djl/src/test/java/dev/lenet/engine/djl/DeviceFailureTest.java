package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.lenet.api.LenetException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The messages are PyTorch's own, as they came on a GPU or stand in its source. */
@DisplayName("What goes wrong on a device is a sentence")
class DeviceFailureTest {

    @Test
    @DisplayName("if its memory is full")
    void memory() {
        EngineException error = new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total"
                + " capacity of 139.80 GiB of which 21.56 MiB is free. If reserved but unallocated memory is large try"
                + " setting PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True\nException raised from malloc at ...");
        assertThat(DeviceFailure.explain(error, "cuda:0"))
                .isInstanceOf(LenetException.class)
                .hasCause(error)
                .hasMessage(
                        "Engine 'djl' on cuda:0: expected memory for what was to be computed, received: CUDA out of memory."
                                + " Tried to"
                                + " allocate 20.00 MiB. GPU 0 has a total capacity of 139.80 GiB of which 21.56 MiB is free. Take a"
                                + " smaller batch size, stop what else runs on the device, or take another device.");
        assertThat(DeviceFailure.explain(
                        new EngineException("[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't"
                                + " allocate memory: you tried to allocate 9 bytes."),
                        "cpu"))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("on cpu: expected memory");
    }

    @Test
    @DisplayName("if its memory is full in the middle of a step, too")
    void inAScript() {
        EngineException error = new EngineException("""
                The following operation failed in the TorchScript interpreter.
                Traceback of TorchScript, serialized code (most recent call last):
                  File "code/__torch__.py", line 9
                RuntimeError: CUDA out of memory. Tried to allocate 9.00 GiB.
                """);
        assertThat(DeviceFailure.explain(error, "cuda:0"))
                .hasMessageContaining("received: CUDA out of memory. Tried to allocate 9.00 GiB. Take a smaller");
    }

    @Test
    @DisplayName("if it fails or is gone")
    void device() {
        assertThat(DeviceFailure.explain(
                        new EngineException("CUDA error: unspecified launch failure\nCUDA kernel errors might ..."),
                        "cuda:1"))
                .isInstanceOf(LenetException.class)
                .hasMessage(
                        "Engine 'djl' on cuda:1: expected the device to answer, received: CUDA error: unspecified launch"
                                + " failure. Look at it with nvidia-smi, and start the program anew; a training goes on"
                                + " from its last checkpoint.");
    }

    @Test
    @DisplayName("and what is neither stays as it is")
    void others() {
        EngineException error = new EngineException("mat1 and mat2 shapes cannot be multiplied (1x2 and 3x4)");
        assertThat(DeviceFailure.explain(error, "cpu")).isSameAs(error);
        EngineException silent = new EngineException((String) null);
        assertThat(DeviceFailure.explain(silent, "cpu")).isSameAs(silent);
    }
}
