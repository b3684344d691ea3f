package org.cnnzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cnnzoo.run.EpochRecord;
import org.junit.jupiter.api.Test;

class RunPageTest {
    private final String page =
            RunPage.html(
                    "a <run>",
                    Map.of("model", "lenet5"),
                    List.of(new EpochRecord(3, 9, 0.1, 1, 0.5, 1.5, 0.6125, 0.9, 1000, 1, 0)),
                    new byte[] {1, 2, 3},
                    "lr: 0.1 # & more");

    @Test
    void showsWhatItIsGivenEscaped() {
        assertThat(page)
                .contains("a &lt;run&gt;", "<td>lenet5</td>", "<td>61.25</td>", "# &amp; more");
    }

    @Test
    void loadsNothingFromAnywhere() {
        assertThat(page).contains("src=\"data:image/png;base64,AQID\"");
        assertThat(page).doesNotContain("http", "url(", "@import", "<script");
    }
}
