package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerCsvTest {
    /** RFC 4180, section 2, rules 5 to 7. */
    @Test
    void commasQuotesAndLineBreaksAreQuoted() {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("name", "a,b");
        layer.put("type", "say \"x\"");
        layer.put("output", List.of(3, 4, 5));
        layer.put("two\nlines", 7L);
        StringWriter text = new StringWriter();
        LayerCsv.print(List.of(layer), new PrintWriter(text, true));
        assertThat(text.toString().replace(System.lineSeparator(), "\n"))
                .isEqualTo("name,type,output,\"two\nlines\"\n\"a,b\",\"say \"\"x\"\"\",3x4x5,7\n");
    }
}
