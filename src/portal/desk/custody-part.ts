/** Where the papers are, and the forms for what happens to them next. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import {
  CUSTODY,
  type CustodyStep,
  DELIVERIES,
  isCustodyStep,
  isDelivered,
  nextSteps,
} from '../../federation/desk/custody.ts'
import { flowOf } from '../../federation/desk/flows.ts'
import type { CustodyRow } from '../../store/index.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Html } from '../frame/view.ts'
import type { CaseView } from './case-view.ts'
import { dayAndMinute } from './words.ts'

/** The steps so far, the newest first. */
export function custodyList(c: Context<PortalEnv>, rows: readonly CustodyRow[]): Html {
  const { say } = c.get('reader')
  return html`<ol class="timeline" reversed>${rows
    .toReversed()
    .map(({ step, at, courier, courierNumber }) => {
      const words = isCustodyStep(step) ? CUSTODY[step] : { zh: step, en: step }
      return html`<li><time datetime="${at.toISOString()}">${dayAndMinute(at)}</time> ${say(words.zh, words.en)}${courier ? html` · <span lang="zh-CN">${courier}</span> ${courierNumber ?? ''}` : ''}</li>`
    })}</ol>`
}

export function custodyPart(c: Context<PortalEnv>, seen: CaseView): Html {
  const { say } = c.get('reader')
  const { row } = seen.desk
  if (!flowOf(row.mode).steps.includes('custody')) return html``
  const next = nextSteps(seen.custody, 'source').filter(
    (step) => !DELIVERIES.includes(step) && (step !== 'sent' || row.caseId !== null),
  )
  if (next.length === 0 && seen.isWhole && row.caseId !== null) return html``
  return html`<section class="card" id="custody"><h2>${say('纸质材料交接', 'Where the papers are')}</h2>${
    seen.isWhole
      ? ''
      : html`<p class="bad" role="alert">${say('交接记录前后不符, 请联系网关运维。', 'The record does not hold together: tell the operators of the gateway.')}</p>`
  }${row.caseId === null && seen.custody.length > 0 ? custodyList(c, seen.custody) : ''}${next.map((step) => stepForm(c, row.id, step))}</section>`
}

/** The result: handed to the person or posted, once the region has decided. With it the flow ends. */
export function deliverPart(c: Context<PortalEnv>, { desk: { row }, custody, isDecided }: CaseView): Html {
  const { say } = c.get('reader')
  if (!flowOf(row.mode).steps.includes('deliver')) return html``
  const head = html`<h2>${say('结果送达', 'The result')}</h2>`
  if (isDelivered(custody))
    return html`<section class="card" id="deliver">${head}<p>✓ ${say('结果已送达, 本件在窗口办完。', 'The result was handed over; nothing is left to do here.')}</p></section>`
  if (!isDecided)
    return html`<section class="card" id="deliver">${head}<p>${say('办理地还没有作出决定。有了结果, 在这里登记送达。', 'The other city has not decided yet. Once it has, the handing over is noted here.')}</p></section>`
  const next = nextSteps(custody, 'source').filter((step) => DELIVERIES.includes(step))
  return html`<section class="card" id="deliver">${head}<p>${say('请核对本人身份证件后再交出。', 'Look at the person’s identity document before you hand it over.')}</p>${next.map((step) => stepForm(c, row.id, step))}</section>`
}

const BY_COURIER: readonly CustodyStep[] = ['sent', 'posted']

function stepForm(c: Context<PortalEnv>, id: string, step: CustodyStep): Html {
  const { say } = c.get('reader')
  const words = CUSTODY[step]
  const path = DELIVERIES.includes(step) ? 'delivery' : 'custody'
  return html`<form method="post" action="/desk/cases/${id}/${path}">${tokenField(c)}<input type="hidden" name="step" value="${step}">${
    BY_COURIER.includes(step)
      ? html`<label for="courier-${step}">${say('快递公司', 'Courier')}</label><input id="courier-${step}" name="courier" maxlength="30" required><label for="courierNumber-${step}">${say('快递单号', 'Number of the consignment')}</label><input id="courierNumber-${step}" name="courierNumber" maxlength="40" autocomplete="off" required>`
      : ''
  }<p><button class="plain">${say(`登记: ${words.zh}`, `Note: ${words.en}`)}</button></p></form>`
}
