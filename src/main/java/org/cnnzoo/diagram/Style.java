package org.cnnzoo.diagram;

/** The drawing's style sheet: colours for a light and a dark page. */
final class Style {
    static final String SHEET =
            """

svg{max-width:100%;height:auto}
text{font-family:system-ui,sans-serif;fill:#1f2328}
.name{font-size:20px;font-weight:600}
.text{font-size:12px}
.title{font-size:12px;font-weight:600}
.detail,.note{font-size:10px}
.count{font-size:16px;font-weight:600}
.detail,.note{fill:#4d5560}
.middle{text-anchor:middle}
.left{text-anchor:end}
path{fill:none;stroke:#6e7781;stroke-width:1.3}
.shortcut{stroke:#1a7f37;stroke-width:1.8}
.aside{stroke-dasharray:4 3}
.head{fill:#6e7781;stroke:none}
.shortcut.head{fill:#1a7f37}
.page{fill:#fff}
.frame{fill:none;stroke:#8c959f;stroke-dasharray:5 4}
.bar{fill:#1f2328;fill-opacity:.55}
.conv{fill:#b6d7ff}
.depthwise{fill:#a8e6df}
.dense{fill:#dcc8ff}
.pool{fill:#ffc9b5}
.norm{fill:#f7e3a1}
.activation{fill:#f3d0e3}
.gate{fill:#ffb3cf}
.join{fill:#bfe8c5}
.other{fill:#e2e5e9}
.end{fill:#fff;stroke:#6e7781}
@media(prefers-color-scheme:dark){
text{fill:#e6edf3}
.detail,.note{fill:#b1bac4}
path{stroke:#8b949e}
.shortcut{stroke:#3fb950}
.head{fill:#8b949e}
.shortcut.head{fill:#3fb950}
.page{fill:#0d1117}
.frame{stroke:#6e7681}
.bar{fill:#e6edf3}
.conv{fill:#1f4b82}
.depthwise{fill:#14595a}
.dense{fill:#4b3a85}
.pool{fill:#7d3a22}
.norm{fill:#5e4d12}
.activation{fill:#653152}
.gate{fill:#802b50}
.join{fill:#21572c}
.other{fill:#3d444d}
.end{fill:#0d1117;stroke:#8b949e}
}
""";

    private Style() {}
}
