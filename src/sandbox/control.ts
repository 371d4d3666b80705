/** The clerks' desk of the sandbox: an admin page, and `/__sandbox/…` for programs. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { CASE_STATUSES, type CaseStatus } from '../schemas/case-status.ts'
import { FAULT_KINDS, type FaultBox, type FaultKind } from './faults.ts'
import { type ClerkAct, HOLDING_ACTS, type SimulatedRegion } from './simulated.ts'

/** A region with its faults. */
export interface ControlledRegion {
  readonly region: SimulatedRegion
  readonly faults: FaultBox
}

const statusOf = (text: unknown): CaseStatus | undefined => CASE_STATUSES.find((one) => one === text)
const strings = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined

function actOf(body: Record<string, unknown>): ClerkAct | string {
  const to = statusOf(body['to'])
  if (!to) return `to: one of ${CASE_STATUSES.join(', ')}`
  const [fields, materials] = [strings(body['fields']), strings(body['materials'])]
  return {
    to,
    ...(typeof body['opinion'] === 'string' && body['opinion'] !== '' ? { opinion: body['opinion'] } : {}),
    ...(fields ? { fields } : {}),
    ...(materials ? { materials } : {}),
    ...(body['silent'] === true || body['silent'] === 'on' ? { silent: true } : {}),
  }
}

/** What a page's form or a program's JSON says. */
async function sent(c: Context): Promise<{ form: boolean; body: Record<string, unknown> }> {
  const form = (c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  const body = form
    ? await c.req.parseBody()
    : ((await c.req.json().catch(() => ({}))) as Record<string, unknown>)
  return { form, body }
}

/** The control of all regions. */
export function controlApp(regions: readonly ControlledRegion[]): Hono {
  const app = new Hono()
  const find = (id: string) => regions.find(({ region }) => region.region === id)
  const none = { error: `region: one of ${regions.map(({ region }) => region.region).join(', ')}` }

  app.get('/__sandbox/:region/cases', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.cases() }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/refusals', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.refusals() }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/callbacks', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.callbacks() }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/persons', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.persons }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/accounts', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.accounts ?? [] }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/holdings', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.holdings?.() ?? [] }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/faults', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.faults.list() }) : c.json(none, 404)
  })

  app.post('/__sandbox/:region/cases/:number/advance', async (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    const { form, body } = await sent(c)
    const act = actOf(body)
    if (typeof act === 'string') return c.json({ error: act }, 400)
    try {
      const moved = found.region.advance(c.req.param('number'), act)
      return form ? c.redirect('/__sandbox', 303) : c.json(moved)
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : 'not possible' }, 409)
    }
  })

  app.post('/__sandbox/:region/holdings/:id', async (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    const { form, body } = await sent(c)
    const act = HOLDING_ACTS.find((one) => one === body['act'])
    if (!act) return c.json({ error: `act: one of ${HOLDING_ACTS.join(', ')}` }, 400)
    try {
      const changed = found.region.changeHolding?.(c.req.param('id'), act)
      if (!changed) return c.json({ error: 'no licences or photos here' }, 404)
      return form ? c.redirect('/__sandbox', 303) : c.json(changed)
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : 'not possible' }, 409)
    }
  })

  // What an app or another system would be handed after a log-in, for whoever tries a token exchange without a browser.
  app.post('/__sandbox/:region/tickets', async (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    const { account, service } = (await c.req.json().catch(() => ({}))) as Record<string, unknown>
    try {
      const ticket = found.region.logIn?.(
        String(account),
        ...(typeof service === 'string' ? ([service] as const) : []),
      )
      return ticket === undefined ? c.json({ error: 'no log-in here' }, 404) : c.json({ ticket }, 201)
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : 'not possible' }, 400)
    }
  })

  app.post('/__sandbox/:region/faults', async (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    const body = (await c.req.json().catch(() => ({}))) as Record<string, unknown>
    const kind = FAULT_KINDS.find((one): one is FaultKind => one === body['kind'])
    if (!kind) return c.json({ error: `kind: one of ${FAULT_KINDS.join(', ')}` }, 400)
    const number = (name: string) => (typeof body[name] === 'number' ? { [name]: body[name] } : {})
    found.faults.add({
      kind,
      ...(typeof body['operation'] === 'string' ? { operation: body['operation'] } : {}),
      ...number('oneIn'),
      ...number('times'),
      ...number('ms'),
    })
    return c.json({ items: found.faults.list() }, 201)
  })
  app.delete('/__sandbox/:region/faults', (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    found.faults.clear()
    return c.body(null, 204)
  })
  app.post('/__sandbox/:region/callbacks/send', async (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    await found.region.sendCallbacks()
    return c.json({ items: found.region.callbacks() })
  })

  app.get(SHEET, (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/__sandbox', (c) => c.html(page(regions)))
  return app
}

const SHEET = '/__sandbox/sheet.css'
const style = `body{margin:0 auto;max-width:72rem;padding:1.25rem;font:1rem/1.6 system-ui,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif;color:#1d2733;background:#fbfaf7}
h1{font-size:1.375rem}h2{font-size:1.125rem;margin-top:2rem}.quiet{color:#5b6673}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #ddd6c8;vertical-align:top;overflow-wrap:anywhere}
.wide{overflow-x:auto}select,button{font:inherit;padding:.3rem .5rem}form{display:flex;gap:.4rem;flex-wrap:wrap}
@media(max-width:40rem){thead{display:none}table,tbody,tr,td{display:block}tr{border-bottom:1px solid #ddd6c8;padding:.5rem 0}td{border:0;padding:.1rem 0}th{display:none}}`

function page(regions: readonly ControlledRegion[]) {
  return html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>模拟地区 · Sandbox</title><link rel="stylesheet" href="${SHEET}"></head><body>
<h1>模拟地区 <span class="quiet" lang="en">Sandbox</span></h1>
<p>这里代替四个地区的经办人: 推进办件, 看被拒绝的请求。人员和证件全部虚构。 <span class="quiet" lang="en">Act as the regions’ clerks. All persons and papers are made up.</span></p>
${regions.map(({ region, faults }) => {
  const [cases, refusals, struck] = [region.cases(), region.refusals(), faults.list()]
  return html`<h2>${region.name.zh} <span class="quiet" lang="en">${region.name.en}</span></h2>
<p class="quiet">办件 ${cases.length} · 被拒绝的请求 ${refusals.length} · 故障 ${struck.length}</p>
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
${holdingList(region)}${
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
