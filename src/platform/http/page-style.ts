import { hash } from 'node:crypto';

/** The look of the pages that the server makes itself: one style sheet, light and dark, from phone to desk. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c1b1a; --soft: #6a645d; --line: #e4ded6; --paper: #fbf9f6; --card: #fff;
  --accent: #a8321f; --code: #f4efe8; --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'D2Coding', monospace; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1ece5; --soft: #a89f94; --line: #3a3531; --paper: #1a1816;
  --card: #221f1c; --accent: #ff9a7f; --code: #2b2723; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.6; overflow-wrap: break-word;
  font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif; }
main, header, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; padding-top: 1.25rem; padding-bottom: 1.25rem; }
header .name { font-weight: 700; font-size: 1.125rem; color: var(--ink); margin-right: auto; text-decoration: none; }
header nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
h1 { font-size: clamp(1.75rem, 5vw, 2.5rem); line-height: 1.2; margin: 1.5rem 0 .75rem; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .75rem; }
p { margin: 0 0 1rem; max-width: 44rem; }
.lead { font-size: 1.125rem; color: var(--soft); }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
code, pre { font-family: var(--mono); font-size: .875rem; }
code { background: var(--code); padding: .1em .35em; border-radius: 4px; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: .875rem 1rem; margin: 0 0 1rem;
  overflow-x: auto; line-height: 1.55; white-space: pre; tab-size: 2; }
pre code, h1 code { background: none; padding: 0; }
h1 code { font-size: .875em; }
:lang(ko) p, :lang(ko) span { word-break: keep-all; }
ul.cards { list-style: none; padding: 0; margin: 1.5rem 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
ul.cards a { display: block; height: 100%; padding: 1rem 1.125rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  text-decoration: none; color: inherit; }
ul.cards a:hover { border-color: var(--accent); }
ul.cards strong { display: block; color: var(--accent); }
ul.cards span { color: var(--soft); font-size: .9375rem; }
ol.steps { padding: 0; margin: 0; list-style: none; counter-reset: step; }
ol.steps > li { counter-increment: step; margin-bottom: 1.5rem; }
ol.steps > li > p::before { content: counter(step); display: inline-block; min-width: 1.6em; height: 1.6em; line-height: 1.6em; text-align: center;
  border-radius: 50%; background: var(--accent); color: var(--paper); font-size: .8125rem; font-weight: 700; margin-right: .6em; }
ol.steps > li > p { margin-bottom: .5rem; }
dl.problems { margin: 0; border-top: 1px solid var(--line); }
dl.problems > div { display: grid; grid-template-columns: minmax(14rem, 1fr) 2fr; gap: 0 1.5rem; padding: .625rem 0; border-bottom: 1px solid var(--line); }
dl.problems > div:target { background: var(--code); }
dl.problems dt a { text-decoration: none; }
dl.problems dt a:hover { text-decoration: underline; }
dl.problems dt code { background: none; padding: 0; }
dl.problems dd { margin: 0; }
@media (max-width: 36rem) { dl.problems > div { grid-template-columns: 1fr; } dl.problems dd { color: var(--soft); } }
.status { display: inline-block; font-family: var(--mono); font-size: .8125rem; padding: 0 .5em; border: 1px solid var(--line); border-radius: 999px; color: var(--soft); }
footer { margin-top: 3rem; padding-top: 1rem; padding-bottom: 2rem; color: var(--soft); font-size: .875rem; border-top: 1px solid var(--line); }
`;

/** What such a page may load: its own style sheet and nothing else. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${hash('sha256', PAGE_STYLE, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Dresses Swagger UI like our own pages. */
export function docsTheme(title: string): { title: string; css: { filename: string; content: string }[] } {
  return { title: `${title}: API`, css: [{ filename: 'jangteo.css', content: DOCS_STYLE }] };
}

const DOCS_STYLE = `
body { margin: 0; background: #fbf9f6; }
.swagger-ui, .swagger-ui .info .title, .swagger-ui .opblock-tag, .swagger-ui .opblock .opblock-summary-description, .swagger-ui button, .swagger-ui select, .swagger-ui label {
  font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif; }
.swagger-ui .topbar { display: none; }
.swagger-ui .wrapper { max-width: 72rem; }
.swagger-ui .info { margin: 2rem 0 1rem; }
.swagger-ui .info .title small, .swagger-ui .info .title small.version-stamp { background: #a8321f; }
.swagger-ui .info a, .swagger-ui .info .link { color: #a8321f; }
.swagger-ui .scheme-container { background: none; box-shadow: none; padding: 0 0 1rem; border-bottom: 1px solid #e4ded6; }
.swagger-ui .btn.authorize { color: #a8321f; border-color: #a8321f; }
.swagger-ui .btn.authorize svg { fill: #a8321f; }
.swagger-ui .btn.execute { background: #a8321f; border-color: #a8321f; }
.swagger-ui .opblock { box-shadow: none; border-radius: 8px; }
.swagger-ui .opblock .opblock-summary-path { word-break: break-word; }
@media (max-width: 40rem) {
  .swagger-ui .wrapper { padding: 0 .75rem; }
  .swagger-ui .info .title { font-size: 1.75rem; }
  .swagger-ui .opblock-tag { flex-wrap: wrap; font-size: 1.125rem; }
  .swagger-ui .opblock-tag small { order: 3; flex-basis: 100%; padding: 0; }
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-method { min-width: 4rem; padding: .25rem 0; font-size: .75rem; }
  .swagger-ui .opblock .opblock-summary-path { font-size: .8125rem; max-width: none; flex: 1; min-width: 0; }
  .swagger-ui .opblock .opblock-summary-path-description-wrapper { flex: 1; min-width: 0; }
  .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: .25rem .5rem; }
  .swagger-ui table.parameters, .swagger-ui table.parameters tbody, .swagger-ui table.parameters tr, .swagger-ui table.parameters td { display: block; width: 100%; }
  .swagger-ui table.parameters thead { display: none; }
}
`;
