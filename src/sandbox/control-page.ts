/** The admin page of the sandbox: the clerks' work, the clock, the weather, and what was asked and how it was checked. */
import { html } from 'hono/html'
import { CITIES } from '../schemas/division.ts'
import type { Clock } from './clock.ts'
import type { FaultBox } from './faults.ts'
import type { SignatureCheck } from './moment.ts'
import { PERSONALITIES, PERSONALITY_NAMES } from './personalities.ts'
import type { SimulatedRegion } from './simulated.ts'
import type { Exchange, Staged } from './stage.ts'

export const SHEET = '/__sandbox/sheet.css'
export const style = `body{margin:0 auto;max-width:72rem;padding:1.25rem;font:1rem/1.6 system-ui,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif;color:#1d2733;background:#fbfaf7}
h1{font-size:1.375rem}h2{font-size:1.125rem;margin-top:2rem}.quiet{color:#5b6673}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #ddd6c8;vertical-align:top;overflow-wrap:anywhere}
.wide{overflow-x:auto}select,button{font:inherit;max-width:100%;padding:.3rem .5rem}form{display:flex;gap:.4rem;flex-wrap:wrap}
@media(max-width:40rem){thead{display:none}table,tbody,tr,td{display:block}tr{border-bottom:1px solid #ddd6c8;padding:.5rem 0}td{border:0;padding:.1rem 0}th{display:none}}
label{display:inline-flex;gap:.4rem;align-items:center;max-width:100%;white-space:nowrap}select{min-width:0}input{font:inherit;padding:.3rem .5rem}details details{margin:.3rem 0 .3rem 1rem}pre,code{white-space:pre-wrap;overflow-wrap:anywhere}dd{margin:0 0 .4rem 0}`

/** The admin page. */
export function page(regions: readonly Staged[], clock: Clock) {
  return html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>模拟地区 · Sandbox</title><link rel="stylesheet" href="${SHEET}"></head><body>
<h1>模拟地区 <span class="quiet" lang="en">Sandbox</span></h1>
<p>这里代替四个地区的经办人: 推进办件, 看被拒绝的请求。人员和证件全部虚构。 <span class="quiet" lang="en">Act as the regions’ clerks. All persons and papers are made up.</span></p>
${clockForm(clock)}
${regions.map(({ region, faults, exchanges }) => {
  const [cases, refusals, struck] = [region.cases(), region.refusals(), faults.list()]
  return html`<h2>${region.name.zh} <span class="quiet" lang="en">${region.name.en}</span></h2>
<p class="quiet">办件 ${cases.length} · 被拒绝的请求 ${refusals.length} · 故障 ${struck.length}</p>
${personalityForm(region, faults)}
<div class="wide"><table><tr><th>办件编号</th><th>事项</th><th>城市</th><th>状态</th><th>下一步</th></tr>
${cases
  .slice(-20)
  .reverse()
  .map(
    (
      one,
    ) => html`<tr><td>${one.number}</td><td>${one.matterName}</td><td>${one.division}</td><td>${one.rawStatus}<br><span class="quiet">${one.status}</span></td>
<td>${one.next.length === 0 ? '–' : html`<form method="post" action="/__sandbox/${region.region}/cases/${one.number}/advance"><select name="to" aria-label="下一步状态">${one.next.map((to) => html`<option>${to}</option>`)}</select><button>推进</button></form>`}</td></tr>`,
  )}</table></div>
${holdingList(region)}${exchangeList(exchanges())}${
  refusals.length > 0
    ? html`<details><summary>最近被拒绝的请求</summary><div class="wide"><table>${refusals
        .slice(-10)
        .reverse()
        .map(
          (one) =>
            html`<tr><td>${one.at}</td><td>${one.operation}</td><td>${one.status} ${one.code}</td><td>${one.message}</td></tr>`,
        )}</table></div></details>`
    : ''
}`
})}</body></html>`
}

/** Licences and photos of the region's test persons, each with what a clerk may do to it. */
function holdingList(region: SimulatedRegion) {
  const held = region.holdings?.() ?? []
  if (held.length === 0) return ''
  return html`<details><summary>证照和照片 ${held.length}</summary><div class="wide"><table><tr><th>持有人</th><th>证照</th><th>城市</th><th>状态</th><th>改为</th></tr>
${held.map(
  (one) =>
    html`<tr><td>${one.holder}<br><span class="quiet">${one.idNumber}</span></td><td>${one.kind === 'photo' ? '照片' : '证照'} ${one.name}</td><td>${one.division ?? ''}</td><td>${one.state}</td>
<td>${one.acts.length === 0 ? '–' : html`<form method="post" action="/__sandbox/${region.region}/holdings/${encodeURIComponent(one.id)}"><select name="act" aria-label="改为">${one.acts.map((act) => html`<option>${act}</option>`)}</select><button>执行</button></form>`}</td></tr>`,
)}</table></div></details>`
}

const clockOf = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

function clockForm(clock: Clock) {
  const days = Math.round(clock.aheadMs() / 86_400_000)
  return html`<h2>时钟 <span class="quiet" lang="en">Clock</span></h2>
<p>${clockOf(clock.now())}${days > 0 ? html` <span class="quiet">(比机器快 ${days} 天 · ${days} days ahead)</span>` : ''}</p>
<form method="post" action="/__sandbox/clock"><label>向前 <input name="workingDays" type="number" min="1" max="800" value="1" size="4"> 个工作日 · working days</label><button>拨快 · forward</button></form>
<p class="quiet">网关与四个地区同用此钟, 途中到期的回调按时发出; 令牌仍按机器的钟。 <span lang="en">The gateway and the regions share this clock, and callbacks that fall due on the way are sent at their time; tokens keep the machine’s.</span></p>`
}

/** What the region is like now, and a way to change it, for all of it or for one city. */
function personalityForm(region: SimulatedRegion, faults: FaultBox) {
  const now = faults.list().filter(({ personality }) => personality !== undefined)
  const cities = CITIES.filter((one) => one.region === region.region)
  return html`<form method="post" action="/__sandbox/${region.region}/personality"><label>性格 · personality <select name="name">${PERSONALITY_NAMES.map((name) => html`<option value="${name}">${PERSONALITIES[name].zh} · ${PERSONALITIES[name].en}</option>`)}</select></label>
<label>城市 <select name="division"><option value="">全部</option>${cities.map(({ division, zh }) => html`<option value="${division}">${zh}</option>`)}</select></label><label>种子 <input name="seed" value="${faults.seed()}" maxlength="40" size="10"></label><button>改变 · change</button></form>
${now.length === 0 ? '' : html`<ul>${now.map((one) => html`<li>${one.personality}: ${one.kind}${one.division ? html` · ${one.division}` : ''}${one.operation ? html` · ${one.operation}` : ''} · ${one.struck} / ${one.seen}</li>`)}</ul>`}`
}

function checkLine({ clause, stringToSign, expected, received }: SignatureCheck) {
  return html`<dl><dt>依据 · clause</dt><dd>${clause}</dd><dt>待签字符串 · string to sign</dt><dd><pre>${stringToSign.replaceAll('\n', '⏎\n')}</pre></dd><dt>应为 · expected</dt><dd><code>${expected}</code></dd><dt>收到 · received</dt><dd><code>${received}</code> ${expected === received ? '✓' : '✗ 不一致 · differs'}</dd></dl>`
}

/** The last requests, each with how its signature was checked. */
function exchangeList(exchanges: readonly Exchange[]) {
  if (exchanges.length === 0) return ''
  return html`<details><summary>最近的请求 ${exchanges.length} · requests</summary>${exchanges
    .slice(-20)
    .reverse()
    .map(
      (one) =>
        html`<details><summary>${one.at} ${one.method} ${one.operation} → ${one.status}${one.fault ? html` · ${one.fault}` : ''}</summary><p><code>${one.path}</code></p>${one.checks.length === 0 ? html`<p class="quiet">没有签名可核 · no signature to check</p>` : one.checks.map(checkLine)}</details>`,
    )}</details>`
}
