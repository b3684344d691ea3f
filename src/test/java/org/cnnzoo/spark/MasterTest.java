package org.cnnzoo.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;

class MasterTest {
    @Test
    void knowsSparksFormsOfAnAddress() {
        for (String url :
                new String[] {
                    "spark://host:7077",
                    "spark://a.example:7077,b.example:7077",
                    "local",
                    "local[4]",
                    "local[*]",
                    "local-cluster[2,1,1024]"
                }) {
            assertThat(Master.parse(url).url()).isEqualTo(url);
        }
    }

    @Test
    void anythingElseIsRefusedWithWhatWouldBeRight() {
        for (String url :
                new String[] {
                    "", "yarn", "host:7077", "spark://host", "local[0]", "local-cluster[2]"
                }) {
            assertThatThrownBy(() -> Master.parse(url))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("spark://HOST:PORT, local[N]");
        }
    }

    @Test
    void aMasterThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Master.parse("spark://127.0.0.1:1").requireReachable())
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("no Spark master answers at spark://127.0.0.1:1");
        assertThatThrownBy(() -> Master.parse("spark://127.0.0.1:99999").requireReachable())
                .isInstanceOf(BadInput.class);
    }
}
