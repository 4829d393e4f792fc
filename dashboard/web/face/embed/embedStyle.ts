import { css } from "lit"

/** On a page of others there are no tokens of ours: these are the same, in the light that the page around is in. */
export const embedStyle = css`
  :host {
    color-scheme: light;
    --paper: light-dark(#f6f6f3, #0e1113);
    --surface: light-dark(#ffffff, #15191c);
    --ink: light-dark(#16191d, #e8eaec);
    --ink-2: light-dark(#4d545c, #b3bac1);
    --ink-3: light-dark(#666d74, #8e969e);
    --rule: light-dark(#e3e3df, #262c31);
    --rule-2: light-dark(#c4c4bd, #3d464d);
    --accent: light-dark(#1b4b7a, #8fbbe8);
    box-sizing: border-box;
    margin-block-end: 16px;
    padding: 16px;
    background: var(--surface);
    border: 1px solid var(--rule);
    border-radius: 3px;
  }
  :host([data-light="dark"]) {
    color-scheme: dark;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
    align-items: baseline;
    justify-content: space-between;
    margin: 0 0 16px;
  }
  .head p,
  .said p {
    margin: 0;
  }
  .name {
    font-size: 15px;
    font-weight: 600;
  }
  .amount {
    font-size: 24px;
    line-height: 1.2;
  }
  .quiet {
    font-size: 12px;
    color: var(--ink-3);
  }
  a {
    color: var(--accent);
  }
  .wait {
    height: 96px;
    background: var(--paper);
  }
`
