/** The ways in which a document may be handed in. */
import { html } from 'hono/html'
import { isPhoto } from '../../federation/photos/uses.ts'
import { extensionsFor } from '../../federation/uploads/limits.ts'
import type { MatterDocument } from '../../schemas/matter.ts'
import type { Name, Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

/** What the form of a document says of the way. */
export const MODES = {
  upload: 'upload',
  later: 'later',
  paper: 'paper',
  leaveOut: 'leaveOut',
  standIn: 'standIn',
  /** Of two tabs: what this one had chosen, and what the other had. */
  mine: 'mine',
  theirs: 'theirs',
} as const

const canFollow = ({ necessity }: MatterDocument): boolean =>
  necessity === 'deferrable' || necessity === 'creditDeferrable'

/** Whether a document may be handed in so: what a page does not offer is not taken either. */
export function mayBe(mode: string, document: MatterDocument): boolean {
  if (mode === MODES.leaveOut) return document.necessity !== 'required'
  if (mode === MODES.later) return canFollow(document)
  const ways: readonly string[] = mode === MODES.paper ? ['paper'] : ['upload', 'scan']
  return document.modes.length === 0 || document.modes.some((one) => ways.includes(one))
}

/** Without an extension of its own every file may be chosen: what is no use is told when it comes. */
const acceptOf = (extensions: readonly string[]): Html | '' =>
  extensions.length > 0 ? html` accept="${extensions.map((one) => `.${one}`).join(',')}"` : ''

/** @param fault what was wrong with the last try */
export function waysOf(document: MatterDocument, fault: Name | undefined, reader: Reader): Html {
  const { say } = reader
  const way = (mode: string, zh: string, en: string) =>
    mayBe(mode, document)
      ? html`<button class="plain" name="mode" value="${mode}">${say(zh, en)}</button> `
      : ''
  return html`${mayBe(MODES.upload, document) ? fileInputs(document, fault, reader) : ''}<p class="row">${way(MODES.leaveOut, '这份不交', 'Leave it out')}${way(MODES.later, '以后再交', 'Hand it in later')}${way(MODES.paper, '交纸质材料', 'Hand it in on paper')}</p>`
}

/** Files, and on a phone its camera: each by itself, since a field that opens the camera lets nobody choose a file. */
function fileInputs(document: MatterDocument, fault: Name | undefined, { say, name }: Reader): Html {
  const extensions = extensionsFor(document.formats)
  const said = fault ? html` aria-invalid="true" aria-describedby="fault"` : ''
  const camera = extensions.includes('jpg')
    ? html`<div class="camera"><label for="shot">${say('用手机拍', 'Take a picture with the phone')}</label><input id="shot" name="shot" type="file" accept="image/jpeg,image/png" capture="${isPhoto(document) ? 'user' : 'environment'}"></div>`
    : ''
  return html`${fault ? html`<p class="fault" id="fault">${name(fault)}</p>` : ''}${camera}<label for="file">${say('选择照片或文件, 至多 20 MB', 'Choose a picture or file, at most 20 MB')}</label><input id="file" name="file" type="file"${acceptOf(extensions)}${said}><p><button name="mode" value="${MODES.upload}">${say('上传, 下一步', 'Upload and go on')}</button></p>`
}
