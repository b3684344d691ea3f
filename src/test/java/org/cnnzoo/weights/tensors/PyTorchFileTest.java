package org.cnnzoo.weights.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch wrote. */
class PyTorchFileTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "types.pth                  | PyTorch state dict",
                "views.pth                  | PyTorch state dict",
                "state.pt                   | PyTorch state dict",
                "plain_dict.pth             | PyTorch state dict",
                "parameter.pth              | PyTorch state dict",
                "parallel.pth               | PyTorch state dict",
                "half_parallel.pth          | PyTorch state dict",
                "protocol4.pth              | PyTorch state dict",
                "big_endian.pth             | PyTorch state dict",
                "number_beside.pth          | PyTorch state dict",
                "under_state_dict.pth       | PyTorch checkpoint, 'state_dict'",
                "under_model.pth            | PyTorch checkpoint, 'model'",
                "under_model_state_dict.pth | PyTorch checkpoint, 'model_state_dict'",
                "under_model_ema.pth        | PyTorch checkpoint, 'model_ema'",
                "beside_a_scalar.pth        | PyTorch checkpoint, 'model'",
            })
    void namesShapesAndBitsAreWhatPyTorchSays(String name, String format) {
        Map<String, Fixtures.Expected> right = Fixtures.expected(name);
        try (TensorFile file = TensorFile.open(Fixtures.file(name))) {
            assertThat(file.format()).isEqualTo(format.replace("\"", "'"));
            assertThat(file.names()).isEqualTo(new ArrayList<>(right.keySet()));
            right.forEach((tensor, expected) -> Fixtures.assertSame(file.tensor(tensor), expected));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "system.pth           | holds a 'posix.system'; only tensors are read",
                "system_inside.pth    | holds a 'posix.system'; only tensors are read",
                "system_protocol4.pth | holds a 'posix.system'; only tensors are read",
                "eval.pth             | holds a '__builtin__.eval'; only tensors are read",
                "foo.pth              | holds a '__main__.Foo'; only tensors are read",
                "whole_model.pth      | holds a whole model, pickled as an object of"
                        + " 'torch.nn.modules.linear.Linear'",
                "legacy.pth           | is in PyTorch's format from before 1.6",
                "bare_pickle.pth      | is a bare pickle, not a file of torch.save",
                "script.pt            | is a TorchScript archive, a program",
                "arrays.npz           | is a zip file with no data.pkl, not one of torch.save",
                "two_dicts.pth        | holds several state dicts: state_dict, model",
                "two_emas.pth         | holds several state dicts: model_ema, state_dict_ema",
                "no_tensors.pth       | holds no tensors by name; its entries are: 'epoch', 'net'",
                "a_tensor.pth         | holds no dict of tensors",
                "a_list.pth           | holds no dict of tensors",
            })
    void whatIsNoStateDictIsRefusedByItsName(String name, String message) {
        Path file = Fixtures.file(name);

        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(file + " " + message.replace("\"", "'"))
                .message()
                .hasLineCount(2);
        assertThat(Files.exists(Path.of("PWNED"))).isFalse();
    }

    @Test
    void compressedStoragesAreRefusedForTheirSizesCannotBeBelieved() {
        assertThatThrownBy(() -> TensorFile.open(Fixtures.file("compressed.pth")))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("is compressed, which torch.save never does");
    }

    @ParameterizedTest
    @ValueSource(strings = {"types.pth", "types.safetensors"})
    void eachCallHandsOutAnArrayOfItsOwn(String name) {
        try (TensorFile file = TensorFile.open(Fixtures.file(name))) {
            float[] first = file.values("f32");
            first[0] = 99;

            assertThat(file.values("f32")[0]).isEqualTo(1 / 3f);
        }
    }
}
