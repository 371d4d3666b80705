/** The form at the desk: what is known is shown masked with its source and has no field; only the rest is asked. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { type Asked, askedOf } from '../../federation/desk/form.ts'
import { masked } from '../../federation/identity/me.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Html } from '../frame/view.ts'
import type { CaseView } from './case-page.ts'

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

/** Known values: masked, since the clerk needs to know that they are there and no more. */
function knownList(c: Context<PortalEnv>, { desk: { content } }: CaseView, { form }: Matter): Html {
  const { say, name } = c.get('reader')
  if (content.known.length === 0) return html``
  const labelOf = (pointer: string) => {
    if (pointer === '/applicant/mobile') return say('手机号码', 'Mobile')
    if (pointer === '/applicant/address') return say('地址', 'Address')
    const field = form.fields.find((one) => `/form/${one.name}` === pointer)
    return field ? name(field.label) : pointer
  }
  return html`<details><summary>${say(`已知 ${content.known.length} 项, 不用填写`, `${content.known.length} known, not asked`)}</summary><dl>${content.known.map(
    ({ pointer, value, from }) =>
      html`<dt>${labelOf(pointer)}</dt><dd>${masked(value)} <span class="quiet">${say('来自', 'from')} ${name(from)}</span></dd>`,
  )}</dl></details>`
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
