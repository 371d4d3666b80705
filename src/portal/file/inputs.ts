/** What one question shows: a field by its type, or the ways in which a document may be handed in. */
import { html } from 'hono/html'
import type { Draft } from '../../federation/drafts/content.ts'
import type { MatterDocument } from '../../schemas/matter.ts'
import { fieldOf } from '../forms/field.ts'
import type { Name, Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import type { Step } from './steps.ts'

/** The name of a question's field, whatever its step is called. */
export const ANSWER = 'answer'
/** The answer of somebody who hands a document in in no way. */
export const SKIPPED = 'skipped'

export function inputOf(
  step: Step,
  value: string,
  fault: Name | undefined,
  draft: Draft,
  reader: Reader,
): Html {
  const { say } = reader
  if (!step.field) return step.document ? fileOf(step.document, fault, draft, reader) : html``
  const field = fieldOf(
    { ...step.field, name: ANSWER },
    {
      value,
      error: fault && say(fault.zh, fault.en ?? fault.zh),
      reader,
      label:
        step.field.type === 'select' || step.field.type === 'area'
          ? say('请选择', 'Choose')
          : say('请填写', 'Your answer'),
    },
  )
  return html`${field}<p><button>${say('保存, 下一步', 'Save and go on')}</button></p>`
}

const canFollow = ({ necessity }: MatterDocument): boolean =>
  necessity === 'deferrable' || necessity === 'creditDeferrable'

/** Whoever has the licence, or need not bring the document at all, goes on without it; a filing that lacks it says so. */
const canBeLeftOut = ({ necessity, exemptedBy }: MatterDocument): boolean =>
  necessity !== 'required' || exemptedBy.length > 0

const PICTURES = new Set(['jpg', 'jpeg', 'png'])

/** What the matter takes, else what any region does; a phone offers its camera beside its files. */
const acceptOf = ({ formats }: MatterDocument): string =>
  (formats && formats.length > 0 ? formats.map((one) => one.toLowerCase()) : ['pdf', 'ofd', ...PICTURES])
    .map((one) => `.${one}`)
    .join(',')

/** Whether a document may be handed in so: what a page does not offer is not taken either. */
export function mayBe(mode: string, document: MatterDocument, isHeld: boolean): boolean {
  if (mode === SKIPPED) return canBeLeftOut(document) && !isHeld
  if (mode === 'later') return canFollow(document)
  const ways: readonly string[] = mode === 'paper' ? ['paper'] : ['upload', 'scan']
  return document.modes.length === 0 || document.modes.some((one) => ways.includes(one))
}

function fileOf(document: MatterDocument, fault: Name | undefined, draft: Draft, reader: Reader): Html {
  const { say } = reader
  const held = draft.content.documents.find(({ id }) => id === document.id)
  const may = (mode: string) => mayBe(mode, document, held !== undefined)
  const way = (mode: string, zh: string, en: string) =>
    html`<button class="plain" name="mode" value="${mode}">${say(zh, en)}</button> `
  return html`${held?.fileName ? html`<p class="good">✓ ${say('已上传', 'Uploaded')} ${held.fileName}</p>` : ''}${document.requirement ? html`<p class="hint words" lang="zh-CN">${document.requirement}</p>` : ''}
${document.exemptedBy.length > 0 ? html`<p class="note">${say('有对应的电子证照就不用交。', 'Not needed where you have the electronic licence.')} <a href="/me/preview?matter=${encodeURIComponent(draft.matter.id)}">${say('看看我有哪些证照', 'See which licences I have')}</a></p>` : ''}
${may('upload') ? fileInput(document, fault, reader) : ''}<p class="row">${may(SKIPPED) ? leaveOut(document, reader) : ''}${may('later') ? way('later', '以后再交', 'Hand it in later') : ''}${may('paper') ? way('paper', '交纸质材料', 'Hand it in on paper') : ''}</p>`
}

const fileInput = (document: MatterDocument, fault: Name | undefined, { say, name }: Reader): Html =>
  html`<label for="file">${say('照片或文件, 至多 20 MB', 'A picture or file, at most 20 MB')}</label>${fault ? html`<p class="fault" id="fault">${name(fault)}</p>` : ''}<input id="file" name="file" type="file" accept="${acceptOf(document)}"${fault ? html` aria-invalid="true" aria-describedby="fault"` : ''}><p><button name="mode" value="upload">${say('上传, 下一步', 'Upload and go on')}</button></p>`

const leaveOut = ({ exemptedBy }: MatterDocument, { say }: Reader): Html =>
  html`<button class="plain" name="mode" value="${SKIPPED}">${exemptedBy.length > 0 ? say('用电子证照, 不交', 'I have the licence') : say('不交', 'Leave it out')}</button> `
