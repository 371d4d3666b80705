/** How a document is handed in, in the words of the person who chose it. */
import { html } from 'hono/html'
import type { DraftDocument } from '../../federation/drafts/content.ts'
import type { Theirs } from '../../federation/drafts/save-answer.ts'
import type { Name, Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

export const LEFT_OUT_WORDS = ['不交', 'Left out'] as const

const WAYS: Readonly<Record<DraftDocument['mode'], readonly [zh: string, en: string]>> = {
  upload: ['上传', 'Upload'],
  later: ['以后再交', 'Handed in later'],
  paper: ['交纸质材料', 'On paper'],
  licence: ['电子证照', 'Licence'],
  scan: ['扫描', 'Scan'],
}

const partsOf = ({ mode, fileName, standsFor }: DraftDocument) => ({
  way: standsFor?.kind === 'photo' ? (['照片', 'Photo'] as const) : WAYS[mode],
  what: standsFor?.name ?? fileName,
})

/** A name that is somebody's own is Chinese in both editions. */
export function documentWords(document: DraftDocument, { say }: Reader): Html {
  const { way, what } = partsOf(document)
  return html`${say(...way)}${what === undefined ? '' : html`: <span lang="zh-CN">${what}</span>`}`
}

/** What another tab chose. */
export function theirName(theirs: Theirs): Required<Name> {
  if (theirs.kind === 'answer') return { zh: theirs.value, en: theirs.value }
  if (theirs.kind === 'leftOut') return { zh: LEFT_OUT_WORDS[0], en: LEFT_OUT_WORDS[1] }
  const { way, what } = partsOf(theirs.document)
  const after = what === undefined ? '' : `: ${what}`
  return { zh: way[0] + after, en: way[1] + after }
}
