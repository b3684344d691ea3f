package org.cnnzoo.report;

/**
 * How the pages look: on a phone, on a desk, on paper, light and dark. The eight colours are those
 * of Okabe and Ito, which people with any colour vision tell apart, a little darker or lighter
 * where the background asks for it; lines after the fourth are dashed as well.
 */
final class PageStyle {
    private PageStyle() {}

    static final String CSS =
            """
:root { color-scheme: light dark; --fg: #1b1f24; --bg: #fff; --soft: #59636e;
  --line: #d9dee3; --panel: #f6f8fa;
  --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #b8578d;
  --c4: #3a9bd6; --c5: #c98a00; --c6: #5e5e5e; --c7: #7a5cc0; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6e9ec; --bg: #14171a;
  --soft: #9aa4ae; --line: #343b42; --panel: #1d2226;
  --c0: #56b4e9; --c1: #f0843a; --c2: #2fc49b; --c3: #e49ac4;
  --c4: #9ad4f5; --c5: #f5c04d; --c6: #c4c4c4; --c7: #b6a0ee; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; color: var(--fg);
  background: var(--bg); max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem;
  border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { max-width: 48rem; margin: .5rem 0; }
.soft, figcaption small { color: var(--soft); }
.cards { display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); margin: 1rem 0; }
.cards div { background: var(--panel); border: 1px solid var(--line);
  border-radius: .5rem; padding: .6rem .8rem; }
.cards b { display: block; font-size: 1.35rem; line-height: 1.3; }
.cards small { color: var(--soft); display: block; }
.charts { display: grid; gap: 1.25rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); }
figure { margin: 0; break-inside: avoid; }
figcaption { font-weight: 600; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem;
  padding: 0; margin: .1rem 0; font-size: .85rem; }
.legend li { overflow-wrap: anywhere; }
.legend svg { width: 1.9rem; height: .7rem; margin-right: .35rem; }
svg.chart { width: 100%; height: auto; display: block; }
svg text { fill: var(--soft); font: 13px system-ui, sans-serif; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .axis { stroke: var(--soft); stroke-width: 1; }
svg .s { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
svg .dot { stroke: var(--bg); stroke-width: 1; }
svg .ideal { stroke: var(--soft); stroke-dasharray: 5 4; fill: none; }
svg .bar { fill: var(--c0); } svg .gap { fill: var(--c1); opacity: .8; }
svg .count { fill: var(--soft); opacity: .6; }
.scroll { overflow-x: auto; } .scroll.tall { max-height: 34rem; overflow-y: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .9rem .2rem 0; text-align: right; white-space: nowrap;
  vertical-align: top; }
th[scope=row], th:first-child { text-align: left; font-weight: 400; }
thead th { border-bottom: 1px solid var(--soft); font-weight: 600; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
.words td { text-align: left; } .words td.idle, .words .idle { color: var(--soft); }
.facts { display: grid; gap: 0 2.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
.facts td, .words td { white-space: normal; overflow-wrap: break-word; }
.config th:first-child { white-space: nowrap; }
.figures th, .figures td { padding-right: .7rem; }
    td.best { font-weight: 700; }
.meter { display: inline-block; width: 4.5rem; height: .55rem; margin-left: .6rem;
  background: var(--line); border-radius: .3rem; overflow: hidden; }
.meter i { display: block; height: 100%; background: var(--c0); }
.confusion td { text-align: center; padding: .25rem .3rem; min-width: 2.6rem;
  border: 1px solid var(--bg); }
.confusion thead th { writing-mode: vertical-rl; transform: rotate(180deg);
  text-align: left; padding: .3rem .2rem; border: 0; font-weight: 400; height: 6rem; }
.confusion thead th:first-child { writing-mode: horizontal-tb; transform: none;
  vertical-align: bottom; color: var(--soft); height: auto; }
.confusion tbody tr > * { border-top: 1px solid var(--bg); }
.confusion th[scope=row] { position: sticky; left: 0; background: var(--bg);
  padding-right: .6rem; }
.confusion .strong { color: #fff; } .confusion .zero { color: var(--soft); opacity: .5; }
.pictures { display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); }
.pictures img { width: 100%; aspect-ratio: 1; object-fit: contain; background: #8884;
  border-radius: .3rem; }
.pictures figcaption { font-weight: 400; font-size: .85rem; line-height: 1.35;
  overflow-wrap: anywhere; margin-top: .25rem; }
.pixels { image-rendering: pixelated; }
img.filters, img.matrix { max-width: 100%; width: 44rem; border: 1px solid var(--line); }
@media (max-width: 32rem) { svg.chart text { font-size: 16px; } }
    @media print {
  :root { color-scheme: light; --fg: #000; --bg: #fff; --soft: #444; --line: #ccc;
    --panel: #fff; --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #b8578d;
    --c4: #3a9bd6; --c5: #c98a00; --c6: #5e5e5e; --c7: #7a5cc0; }
  body { font-size: 10pt; max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2 { break-after: avoid; } tr, .cards div { break-inside: avoid; }
  .scroll, .scroll.tall { overflow: visible; max-height: none; }
  .charts { grid-template-columns: 1fr 1fr; }
  .pictures { grid-template-columns: repeat(6, 1fr); }
  .confusion th[scope=row] { position: static; }
}
""";
}
