/** The look of the report: light and dark, narrow and wide, on paper too. Nothing is fetched. */
export const riskStyle = `
:root { color-scheme: light dark; --paper: light-dark(#f6f6f3, #0e1113); --surface: light-dark(#ffffff, #15191c); --sunk: light-dark(#efefeb, #1b2024);
  --ink: light-dark(#16191d, #e8eaec); --ink-2: light-dark(#4d545c, #b3bac1); --rule: light-dark(#d9d9d3, #2d353b); --accent: light-dark(#1b4b7a, #8fbbe8);
  --other: light-dark(#b8862b, #d9a94e); --mark: light-dark(#b5301f, #f0765f); --good: light-dark(#1f6b4d, #62c095); --on: light-dark(#ffffff, #0e1113); }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 64px }
h1 { font-size: 28px; line-height: 1.25; margin: 0 0 6px } h2 { font-size: 20px; margin: 40px 0 10px; padding-top: 14px; border-top: 1px solid var(--rule) } h3 { font-size: 15px; margin: 24px 0 8px }
p { margin: 6px 0; color: var(--ink-2); max-width: 76ch }
.bar { display: flex; justify-content: flex-end; gap: 6px; margin-bottom: 18px }
.bar label { padding: 3px 12px; border: 1px solid var(--rule); border-radius: 3px; cursor: pointer } .bar input { position: absolute; opacity: 0 }
.bar input:checked + label { background: var(--ink); color: var(--paper) } .bar input:focus-visible + label { outline: 2px solid var(--accent); outline-offset: 2px }
main:has(#zh:checked) [lang="en"], main:has(#en:checked) [lang="zh"] { display: none }
.verdict { margin: 20px 0; padding: 14px 18px; border-left: 5px solid var(--good); background: var(--surface) } .verdict.loud { border-color: var(--mark) }
.verdict strong { font-size: 18px; color: var(--good) } .verdict.loud strong { color: var(--mark) }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); background: var(--surface); border: 1px solid var(--rule); margin: 16px 0 }
dl div { padding: 10px 14px } dt { font-size: 12px; color: var(--ink-2) } dd { margin: 0; font-size: 22px; font-variant-numeric: tabular-nums }
figure { margin: 14px 0; overflow-x: auto } svg { display: block; max-width: 100%; height: auto } figure.wide svg { max-width: none } figure.scrolls svg { min-width: 700px }
table { border-collapse: collapse; width: 100%; background: var(--surface); font-variant-numeric: tabular-nums; font-size: 13px } .scroll { overflow-x: auto; margin: 10px 0 }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--rule); white-space: nowrap } td.n, th.n { text-align: right } th { font-weight: 600; color: var(--ink-2) } td.loud { color: var(--mark); font-weight: 600 }
details summary { cursor: pointer; color: var(--accent); font-size: 13px; padding: 4px 0 }
.many { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr)); gap: 18px } .many h3 { margin: 0; font-weight: 600; overflow-wrap: anywhere }
.legend span.sw { display: inline-block; width: 11px; height: 11px; margin: 0 5px 0 14px } .sw.real, rect.real { background: var(--accent); fill: var(--accent) } .sw.made, rect.made { background: var(--other); fill: var(--other) }
.grid { stroke: var(--rule) } .tick { font-size: 11px; fill: var(--ink-2) } .tick.on { fill: var(--on) } .label { font-size: 12px; fill: var(--ink) } .blank { fill: var(--sunk) }
.span { stroke: var(--accent); stroke-width: 3 } .dot { fill: var(--accent) } .span.loud { stroke: var(--mark) } .dot.loud { fill: var(--mark) } .curve { fill: none; stroke: var(--accent); stroke-width: 2 } .level { stroke: var(--other); stroke-width: 2; stroke-dasharray: 6 4 }
@media print { .bar { display: none } body { background: #fff } details { display: block } }
`
