/** How the reference of the API looks: the tokens of the pages, in one column with a list beside it. */
export const referenceStyle = `:root { color-scheme: light dark; --paper: light-dark(#f6f6f3, #0e1113); --surface: light-dark(#fff, #15191c);
  --ink: light-dark(#16191d, #e8eaec); --ink-2: light-dark(#4d545c, #b3bac1); --rule: light-dark(#e3e3df, #262c31); --accent: light-dark(#1b4b7a, #8fbbe8);
  --mono: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 280px minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 24px 16px; border-right: 1px solid var(--rule); font-size: 13px; }
nav ol { list-style: none; margin: 0 0 16px; padding: 0; }
nav a { display: block; padding: 4px 0; color: var(--ink-2); text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { color: var(--accent); text-decoration: underline; }
main { padding: 24px; max-width: 960px; }
h1 { font-size: 24px; margin: 0 0 8px; } h2 { font-size: 18px; margin: 32px 0 8px; } h3 { font: 600 15px/1.5 var(--mono); margin: 0; overflow-wrap: anywhere; }
section { background: var(--surface); border: 1px solid var(--rule); padding: 16px; margin: 0 0 16px; }
section:target { border-color: var(--accent); }
p { margin: 4px 0 8px; color: var(--ink-2); } a { color: var(--accent); } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; font-size: 13px; margin: 8px 0; } th, td { text-align: left; padding: 4px 16px 4px 0; vertical-align: top; border-top: 1px solid var(--rule); }
details { margin: 8px 0 0; font-size: 13px; } summary { cursor: pointer; } pre { margin: 8px 0 0; padding: 8px; overflow: auto; background: var(--paper); font: 12px/1.5 var(--mono); }
code { font-family: var(--mono); }
@media (max-width: 800px) { body { display: block; } nav { position: static; height: auto; border: 0; } main { padding: 16px; } }
@media print { nav { display: none; } body { display: block; } details { display: block; } }
`
