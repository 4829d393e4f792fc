import { css } from "lit"

/** Inherits the page's tokens where there is a page, and stands on its own where a chart is embedded elsewhere. */
export const chartStyle = css`
  :host {
    display: block;
    color: var(--ink, #16191d);
    font: 13px/1.5 var(--font, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif);
    font-variant-numeric: tabular-nums;
    min-width: 0;
  }
  figure {
    margin: 0;
  }
  figcaption {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: baseline;
    justify-content: space-between;
    margin-bottom: 8px;
  }
  .title {
    font-weight: 600;
  }
  .tools {
    display: flex;
    gap: 2px;
    margin-left: auto;
  }
  .tools button {
    font: inherit;
    font-size: 11px;
    line-height: 22px;
    min-width: 24px;
    color: var(--ink-3, #6b7279);
    background: none;
    border: 1px solid transparent;
    border-radius: 2px;
    padding: 0 5px;
    cursor: pointer;
  }
  .tools button:hover,
  .tools button[aria-pressed="true"] {
    color: var(--ink, #16191d);
    border-color: var(--rule-2, #c9c9c3);
  }
  :focus-visible {
    outline: 2px solid var(--accent, #1b4b7a);
    outline-offset: 1px;
  }
  .picture {
    position: relative;
    overflow-x: auto;
    overflow-y: hidden;
  }
  .picture > svg {
    display: block;
    font-family: inherit;
  }
  svg a:focus-visible rect:first-of-type,
  svg a:hover rect:first-of-type {
    stroke: var(--accent, #1b4b7a);
    stroke-width: 2;
  }
  svg .dim {
    opacity: 0.18;
  }
  svg path.lit {
    stroke: var(--accent, #1b4b7a);
    stroke-opacity: 1;
    stroke-width: 1.75;
  }
  .tip {
    position: absolute;
    z-index: 2;
    pointer-events: none;
    max-width: 280px;
    white-space: pre-line;
    padding: 4px 8px;
    font-size: 12px;
    color: var(--surface, #fff);
    background: var(--ink, #16191d);
    border-radius: 2px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 12px;
    color: var(--ink-2, #4d545c);
  }
  .note {
    margin: 4px 0 0;
    font-size: 12px;
    color: var(--ink-3, #6b7279);
  }
  .table {
    overflow: auto;
    max-height: 420px;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 12px;
  }
  th,
  td {
    text-align: left;
    padding: 3px 12px 3px 0;
    border-bottom: 1px solid var(--rule, #e3e3df);
    white-space: nowrap;
  }
  th {
    font-weight: 400;
    color: var(--ink-3, #6b7279);
  }
  .number {
    text-align: right;
  }
  @media (forced-colors: active) {
    .picture,
    .legend svg {
      forced-color-adjust: none;
      background: var(--surface, #fff);
    }
  }
  @media print {
    .tools,
    .tip {
      display: none;
    }
    .picture,
    .legend,
    .row,
    tr {
      break-inside: avoid;
    }
    figcaption {
      break-after: avoid;
    }
    .picture,
    .table {
      overflow: visible;
      max-height: none;
    }
    .picture > svg {
      max-width: 100%;
      height: auto;
    }
    th,
    td {
      white-space: normal;
      overflow-wrap: anywhere;
    }
    details::details-content {
      content-visibility: visible;
      block-size: auto;
    }
  }
`
