/** The field of a question, by its type. */
import { html } from 'hono/html'
import type { Draft } from '../../federation/drafts/content.ts'
import { CITIES } from '../../schemas/division.ts'
import type { FormField } from '../../schemas/matter.ts'
import type { Name, Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import type { Step } from './steps.ts'

/** What a phone's keyboard shows. */
const KEYBOARD: Readonly<Partial<Record<FormField['type'], string>>> = {
  number: 'decimal',
  mobile: 'tel',
  phone: 'tel',
}

const faultOf = (fault: Name | undefined, { name }: Reader): Html | '' =>
  fault ? html`<p class="fault" id="fault">${name(fault)}</p>` : ''

export function inputOf(
  step: Step,
  value: string,
  fault: Name | undefined,
  draft: Draft,
  reader: Reader,
): Html {
  const { say } = reader
  if (!step.field) return fileOf(step, fault, draft, reader)
  return html`<label for="answer">${reader.name(step.label)}${step.field.required ? '' : html` <span class="quiet">${say('(可以不填)', '(optional)')}</span>`}</label>
${faultOf(fault, reader)}${control(step.field, value, fault !== undefined, reader)}
<p><button>${say('保存, 下一步', 'Save and go on')}</button></p>`
}

function control(field: FormField, value: string, isWrong: boolean, reader: Reader): Html {
  const marks = isWrong ? html` aria-invalid="true" aria-describedby="fault"` : ''
  const { say, name } = reader
  const options =
    field.type === 'area'
      ? CITIES.map(({ division, zh, en }) => ({ value: division, label: { zh, en } }))
      : field.options
  if ((field.type === 'select' || field.type === 'area') && options)
    return html`<select id="answer" name="answer"${marks}><option value="">${say('请选择', 'Choose')}</option>${options.map(
      (one) =>
        html`<option value="${one.value}"${one.value === value ? html` selected` : ''}>${name(one.label)}</option>`,
    )}</select>`
  if (field.type === 'textarea')
    return html`<textarea id="answer" name="answer" rows="4"${marks}>${value}</textarea>`
  return html`<input id="answer" name="answer" type="${field.type === 'date' ? 'date' : 'text'}" value="${value}"${KEYBOARD[field.type] ? html` inputmode="${KEYBOARD[field.type]}"` : ''}${marks}>`
}

function fileOf({ document, label }: Step, fault: Name | undefined, draft: Draft, reader: Reader): Html {
  const { say, name } = reader
  const held = draft.content.documents.find(({ id }) => id === document?.id)
  const canFollow = document?.necessity === 'deferrable' || document?.necessity === 'creditDeferrable'
  return html`${held?.fileName ? html`<p class="good">✓ ${say('已上传', 'Uploaded')} ${held.fileName}</p>` : ''}<label for="answer">${name(label)} <span class="quiet">${say('照片或 PDF, 至多 20 MB', 'A picture or PDF, at most 20 MB')}</span></label>
${faultOf(fault, reader)}<input id="answer" name="file" type="file" accept=".pdf,.ofd,.jpg,.jpeg,.png"${fault ? html` aria-invalid="true" aria-describedby="fault"` : ''}>
<p><button name="mode" value="upload">${say('上传, 下一步', 'Upload and go on')}</button></p>
<p>${canFollow ? html`<button class="plain" name="mode" value="later">${say('以后再交', 'Hand it in later')}</button> ` : ''}<button class="plain" name="mode" value="paper">${say('交纸质材料', 'Hand it in on paper')}</button></p>`
}
