/** The frame of the pages for people: Chinese first, English beside it, one column that fits a phone. */
import { html, raw } from 'hono/html'

export type Html = ReturnType<typeof html>

const STYLE = `:root{color-scheme:light dark;--ink:#1d2733;--quiet:#5b6673;--paper:#fbfaf7;--line:#ddd6c8;--card:#fff;--blue:#0b5394;--on:#fff;--red:#a1260d;--green:#256029}
@media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--quiet:#a9b0b8;--paper:#14181d;--line:#3a424b;--card:#1c2229;--blue:#8ab8e6;--on:#10151a;--red:#ff9b85;--green:#8fd19e}}
*{box-sizing:border-box}body{margin:0 auto;max-width:40rem;padding:1.25rem;font:1.0625rem/1.65 system-ui,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0 1rem}h2{font-size:1.125rem;margin:2rem 0 .5rem}h1 .quiet,h2 .quiet{font-weight:400}p{margin:.5rem 0}a{color:var(--blue)}
.quiet{color:var(--quiet);font-size:.9375rem}.sandbox{background:#fff3cd;color:#4d3800;padding:.6rem .8rem;border-radius:.4rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:.75rem 0}.card h2{margin-top:0}
.row{display:flex;gap:.75rem;flex-wrap:wrap;align-items:center}.row>*{flex:0 1 auto}.grow{flex:1 1 12rem}
.button,button{display:inline-block;font:inherit;min-height:2.75rem;padding:.5rem 1.1rem;border:1px solid var(--blue);border-radius:.4rem;background:var(--blue);color:var(--on);text-decoration:none;cursor:pointer}
.plain{background:transparent;color:var(--blue)}.danger{border-color:var(--red);background:transparent;color:var(--red)}
:focus-visible{outline:3px solid #f2a900;outline-offset:2px}ul{padding-left:1.25rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
label{display:block;margin:.75rem 0 .25rem}input,select{font:inherit;width:100%;min-height:2.75rem;padding:.5rem;border:1px solid var(--line);border-radius:.4rem;background:var(--card);color:var(--ink)}
.code{display:block;width:100%;max-width:22rem;margin:1rem auto;background:#fff;border-radius:.5rem;overflow:hidden}.code svg{display:block;width:100%;height:auto}.digits{font:600 2rem/1.3 ui-monospace,monospace;text-align:center;letter-spacing:.04em;margin:.25rem 0}.big{font-size:1.25rem}dl.big{grid-template-columns:1fr;gap:0}dl.big dt{font-size:.9375rem}dl.big dd{margin-bottom:.5rem}.button .quiet{color:inherit}video{width:100%;border-radius:.5rem;background:#000}[hidden]{display:none}
input[type=checkbox]{width:1.25rem;min-height:1.25rem;vertical-align:middle;margin-right:.5rem}nav{display:flex;gap:0 1rem;flex-wrap:wrap;border-bottom:1px solid var(--line);padding-bottom:.25rem}nav a{padding:.35rem 0}
h3{font-size:1rem;margin:1rem 0 .25rem}h3 .quiet,legend .quiet{font-weight:400}.card h3:first-child,.card h2+h3{margin-top:0}summary{cursor:pointer;padding:.35rem 0;color:var(--blue)}summary .quiet{color:var(--quiet)}details>ul{margin:.25rem 0 .75rem}
.scopes{border:0;gap:.5rem;margin:1rem 0 .5rem;padding:0}.scopes a{border:1px solid var(--line);border-radius:.4rem;padding:.35rem .7rem;text-decoration:none}.scopes a[aria-current]{border-color:var(--blue);background:var(--card);font-weight:600}
.picture{max-width:20rem;margin:1rem auto;text-align:center}.picture img{display:block;width:100%;height:auto;border-radius:.5rem;border:1px solid var(--line)}.picture figcaption{margin-top:.5rem;text-align:left}.masked{border:1px dashed var(--quiet);border-radius:.5rem;padding:2.5rem 1rem;background:var(--card)}
.verdict{border-bottom:1px solid var(--line)}.verdict summary{color:var(--ink)}.sign{display:inline-block;width:1.25rem;font-weight:700}.fits,.canBeMadeToFit{color:var(--green)}.unchecked{color:var(--quiet)}.doesNotFit,.fault{color:var(--red)}.fault .quiet{color:inherit}
fieldset.card{min-width:0}legend{float:left;width:100%;padding:0;margin-bottom:.35rem;font-weight:600}legend+*{clear:both}.choice{display:flex;gap:.6rem;align-items:flex-start;padding:.35rem 0;margin:0}input[type=radio]{flex:none;width:1.25rem;min-height:1.25rem;margin:.25rem 0 0}.choice input[type=checkbox]{flex:none;margin:.25rem 0 0}.choice:has(:disabled){color:var(--quiet)}.under{margin-left:1.85rem}
.figures{display:flex;gap:.75rem;grid-template-columns:none}.figures div{flex:1;text-align:center;border:1px solid var(--line);border-radius:.5rem;padding:.5rem;background:var(--card)}.figures dd{font-size:1.25rem;font-weight:600}dl.fields{grid-template-columns:1fr;gap:0}dl.fields dd+dt{margin-top:.75rem}dl.fields dd>.quiet{display:block}.words{white-space:pre-line}.consent{border-color:var(--blue)}code{overflow-wrap:anywhere}
.viewfinder{position:relative;aspect-ratio:4/5;max-width:24rem;margin:0 auto;overflow:hidden;border-radius:.5rem;background:#000}.viewfinder>*{position:absolute;inset:0;width:100%;height:100%;object-fit:cover}.viewfinder video{transform:scaleX(-1)}.viewfinder ellipse{fill:none;stroke:#fff;stroke-width:.8;stroke-dasharray:3 2}`

/** English beside the Chinese. */
export const en = (text: string): Html => html`<span class="quiet" lang="en">${text}</span>`

/** Another state of the page, shown by itself after a while: works without script. */
export interface Then {
  readonly seconds: number
  readonly path: string
}

/** A whole page. @param nav links for somebody who is logged in @param more what stands in its head */
export const page = (
  title: string,
  body: Html,
  nav = false,
  { then, script }: { readonly then?: Then | undefined; readonly script?: string } = {},
): Html => html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${then ? html`<meta http-equiv="refresh" content="${then.seconds}; url=${then.path}">` : ''}<title>${title} · 长三角政务服务</title><style>${raw(STYLE)}</style>${script ? html`<script type="module" src="${script}"></script>` : ''}</head>
<body>${nav ? html`<nav aria-label="我的"><a href="/me">我的身份</a><a href="/me/code">身份码</a><a href="/me/mandates">授权代办</a><a href="/me/photos">照片</a><a href="/me/licences">证照</a><a href="/me/consents">同意</a><a href="/me/accesses">谁看了</a><a href="/me/scans">谁扫过</a></nav>` : ''}<main>${body}</main></body></html>`
