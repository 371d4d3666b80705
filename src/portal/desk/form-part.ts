/** The form at the desk: what is known is shown masked with its source and has no field; only the rest is asked. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { LIMITS } from '../../config.ts'
import type { KnownValue } from '../../federation/desk/content.ts'
import { type Asked, askedOf, questionsOf } from '../../federation/desk/form.ts'
import { masked } from '../../federation/identity/me.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Html } from '../frame/view.ts'
import type { CaseView } from './case-view.ts'

const LONGEST = 500

export function formPart(c: Context<PortalEnv>, seen: CaseView, matter: Matter): Html {
  const { say } = c.get('reader')
  const { row, content } = seen.desk
  const asked = askedOf(matter, content)
  return html`<section class="card" id="form"><h2>${say('补填信息', 'What nobody knows yet')}</h2>${knownList(c, seen, matter)}
${
  asked.length === 0
    ? html`<p>✓ ${say('没有要填的项。', 'Nothing is left to fill in.')}</p>`
    : html`<form method="post" action="/desk/cases/${row.id}/form">${tokenField(c)}${asked.map((field) => question(c, seen, field))}<p><button>${say('保存', 'Save')}</button></p></form>`
}</section>`
}

/** Known values: masked, since the clerk needs to know that they are there and no more. A wrong one is corrected, with a reason. */
function knownList(c: Context<PortalEnv>, seen: CaseView, matter: Matter): Html {
  const { say } = c.get('reader')
  const { known } = seen.desk.content
  if (known.length === 0) return html``
  const isWrong = seen.sent['pointer'] !== undefined
  return html`<details${isWrong ? html` open` : ''}><summary>${say(`已知 ${known.length} 项, 不用填写`, `${known.length} known, not asked`)}</summary>${known.map((one) => knownItem(c, seen, matter, one))}</details>`
}

function knownItem(c: Context<PortalEnv>, seen: CaseView, matter: Matter, one: KnownValue): Html {
  const { say, name } = c.get('reader')
  const { pointer, value, from, corrected } = one
  const field = questionsOf(matter).find((question) => question.pointer === pointer)
  const label = field
    ? name(field.label)
    : pointer === '/applicant/address'
      ? say('地址', 'Address')
      : pointer
  const source = corrected
    ? html`<span class="tag">${say('已更正', 'corrected')}</span> <span class="quiet">${say('原来自', 'was from')} ${name(from)}; ${say('原因', 'reason')}: <span lang="zh-CN">${corrected.reason}</span></span>`
    : html`<span class="quiet">${say('来自', 'from')} ${name(from)}</span>`
  return html`<dl><dt>${label}</dt><dd>${masked(value)} ${source}</dd></dl>${correctionForm(c, seen, { pointer, label, field })}`
}

/** Closed, so that nobody types what is known; open again where it was sent and not taken. */
function correctionForm(
  c: Context<PortalEnv>,
  { desk: { row }, sent, errors }: CaseView,
  { pointer, label, field }: { pointer: string; label: Html | string; field: Asked | undefined },
): Html {
  const { say } = c.get('reader')
  const isSent = sent['pointer'] === pointer
  const told = (at: string) => (isSent ? errors.filter((one) => one.pointer === at) : [])
  const part = (at: string, id: string, words: string, input: (rest: Html) => Html) => {
    const faults = told(at)
    const rest = faults.length > 0 ? html` aria-invalid="true" aria-describedby="fault-${id}"` : html``
    return html`<label for="${id}">${words}<span class="unseen"> ${label}</span></label>${faults.length > 0 ? html`<p class="fault" id="fault-${id}">${faults.map(({ zh, en }) => say(zh, en)).join('; ')}</p>` : ''}${input(rest)}`
  }
  const [valueId, reasonId] = [`right${pointer}`, `reason${pointer}`]
  const value = isSent ? (sent['value'] ?? '') : ''
  return html`<details${isSent ? html` open` : ''}><summary>${say('本人说不对? 更正', 'Wrong, they say? Correct it')}<span class="unseen"> ${label}</span></summary><form method="post" action="/desk/cases/${row.id}/correction">${tokenField(c)}<input type="hidden" name="pointer" value="${pointer}">
${part(pointer, valueId, say('正确的值', 'The right value'), (rest) =>
  field?.options && field.options.length > 0
    ? html`<select id="${valueId}" name="value" required${rest}><option value="">${say('请选择', 'Choose')}</option>${field.options.map((option) => html`<option value="${option.value}"${option.value === value ? html` selected` : ''}>${option.label.zh}</option>`)}</select>`
    : html`<input id="${valueId}" name="value" type="${field ? inputType(field) : 'text'}" value="${value}" maxlength="${field?.maxLength ?? LONGEST}" autocomplete="off" required${rest}>`,
)}
${part('/reason', reasonId, say('为什么更正', 'Why'), (rest) => html`<input id="${reasonId}" name="reason" value="${isSent ? (sent['reason'] ?? '') : ''}" maxlength="${LIMITS.correctionReasonCharacters}" autocomplete="off" required${rest}>`)}
<p><button class="plain">${say('更正并登记', 'Correct and record')}</button></p></form></details>`
}

/** The kind of input that a field is typed into. */
const inputType = ({ type }: Asked): string =>
  type === 'date' ? 'date' : type === 'mobile' || type === 'phone' ? 'tel' : 'text'

function question(c: Context<PortalEnv>, { desk: { content }, errors }: CaseView, field: Asked): Html {
  const { say, name } = c.get('reader')
  const { pointer, label, required, options = [], maxLength } = field
  const fault = errors.find((one) => one.pointer === pointer)
  const value = content.typed[pointer] ?? ''
  const rest = html`${required ? html` required` : ''}${fault ? html` aria-invalid="true" aria-describedby="fault-${pointer}"` : ''}`
  return html`<label for="${pointer}">${name(label)}${required ? '' : say(' (可不填)', ' (optional)')}</label>${fault ? html`<p class="fault" id="fault-${pointer}">${say(fault.zh, fault.en)}</p>` : ''}${
    options.length > 0
      ? html`<select id="${pointer}" name="${pointer}"${rest}><option value="">${say('请选择', 'Choose')}</option>${options.map((one) => html`<option value="${one.value}"${one.value === value ? html` selected` : ''}>${one.label.zh}</option>`)}</select>`
      : field.type === 'textarea'
        ? html`<textarea id="${pointer}" name="${pointer}" rows="3" maxlength="${maxLength ?? LONGEST}"${rest}>${value}</textarea>`
        : html`<input id="${pointer}" name="${pointer}" type="${inputType(field)}" value="${value}" maxlength="${maxLength ?? LONGEST}" autocomplete="off"${rest}>`
  }`
}
