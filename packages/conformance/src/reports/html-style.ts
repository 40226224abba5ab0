import { markup } from './markup.js';

/** The looks of the page: light or dark as the reader has it, one column, from 320 px up. */
export const htmlStyle = markup`
:root {
  color-scheme: light;
  --page: #fff; --raised: #f4f6f8; --line: #cdd4db; --text: #1a2027; --quiet: #55606c; --focus: #0b5cad;
  --good: #14692f; --bad: #b3161b; --odd: #84500a;
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #14181d; --raised: #1e242b; --line: #3a444f; --text: #e6eaee; --quiet: #a5b0bb; --focus: #7db8f5;
    --good: #74d28d; --bad: #ff938c; --odd: #eab860;
  }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 1rem clamp(0.75rem, 3vw, 2rem) 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 1.5rem 0 0.75rem; font-size: 1.25rem; }
p { margin: 0.5rem 0; overflow-wrap: anywhere; }
code, pre, dd { font: 0.875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; unicode-bidi: isolate; direction: ltr; }
pre { margin: 0.25rem 0; padding: 0.5rem 0.75rem; background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
  white-space: pre-wrap; }
footer { margin-top: 1rem; padding-bottom: 2rem; }
.quiet, footer { color: var(--quiet); font-size: 0.875rem; }
.conformant h1, .pass, .yes { color: var(--good); }
.not-conformant h1, .fail, .blocked, .error, .stale { color: var(--bad); }
.passed h1, .not-tested h1, .warn, .inconclusive, .known, .left { color: var(--odd); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 1rem 0 0; align-items: baseline; }
dt { color: var(--quiet); font-size: 0.875rem; line-height: 1.5; }
dd { margin: 0; }
.counts { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.counts li { padding: 0.25rem 0.75rem; border: 1px solid currentcolor; border-radius: 6px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: 0.375rem 0.75rem; border-bottom: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums; }
th { font-weight: 600; white-space: nowrap; }
th:first-child, td:nth-child(2), thead th:nth-child(2) { text-align: left; }
tfoot { font-weight: 600; }
form { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; margin-bottom: 1rem; }
label { display: grid; gap: 0.125rem; font-size: 0.875rem; color: var(--quiet); }
label.text { flex: 1 1 12rem; }
input, select, button { font: inherit; font-size: 1rem; min-height: 2.5rem; padding: 0.25rem 0.75rem; color: var(--text);
  background: var(--page); border: 1px solid var(--quiet); border-radius: 6px; max-width: 100%; }
button { cursor: pointer; background: var(--raised); }
output { flex: 1 0 100%; color: var(--quiet); font-size: 0.875rem; }
.check { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; }
summary { cursor: pointer; padding: 0.5rem 0.75rem; overflow-wrap: anywhere; }
.verdict { display: inline-block; min-width: 3.5rem; font-weight: 700; }
.check > summary .quiet { white-space: nowrap; }
.inside { padding: 0 0.75rem 0.5rem; border-top: 1px solid var(--line); }
.difference { display: grid; grid-template-columns: max-content 1fr; gap: 0.125rem 0.75rem; margin: 0.75rem 0;
  padding: 0.5rem 0.75rem; background: var(--raised); border-left: 4px solid var(--bad); }
.difference dd { white-space: pre-wrap; }
ol { margin: 0.5rem 0; padding-left: 1.75rem; }
.exchange { margin-bottom: 1rem; }
.curl summary { padding: 0.25rem 0; color: var(--quiet); font-size: 0.875rem; }
@media print {
  form, .curl { display: none !important; }
  .check { break-inside: auto; }
  summary, .difference, tr { break-inside: avoid; }
}
@media (max-width: 30rem) {
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 0.5rem; }
  .check > summary > code, .check .title { display: block; }
  th, td { padding: 0.375rem 0.25rem; font-size: 0.8125rem; }
  form { gap: 0.5rem; }
  label { flex: 1 1 5rem; min-width: 0; }
  input, select { width: 100%; }
  select { padding: 0.25rem; }
  ol { padding-left: 1.25rem; }
}
`;
