/** 申报材料: files alone. A licence, a paper or a promise has no member in Jiangsu's application (contract 4.b, 4.d). */
import { GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import type { MatterDocument } from '../../schemas/matter.ts'
import { oneOrMany } from '../kit/codecs.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import type { Place } from '../kit/trace.ts'
import type { Attachment, WireApplication as Wire, WireMaterialEntry } from './application.wire.ts'
import { tellEntryLost, tellEntryRead, tellEntryWritten, tellNoFiles } from './documents-trace.ts'

export const documents = {
  name: 'materiallist',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: ApplicationContext, place: Place): Application['documents'] => {
    const entries: DocumentEntry[] = []
    let index = 0
    for (const entry of oneOrMany<WireMaterialEntry>(wire.materiallist)) {
      const files = oneOrMany<Attachment>(entry.attachlist)
      if (place.notes) {
        // A single object stands for a list of one.
        const from = Array.isArray(wire.materiallist) ? `materiallist/${index}` : 'materiallist'
        if (files.length === 0) tellNoFiles(entry, from, place)
        else tellEntryRead(entry, files, from, `${place.canon}/${entries.length}`, place)
      }
      index += 1
      if (files.length === 0) continue
      const uploads: string[] = []
      for (const { attachguid } of files) uploads.push(attachguid)
      entries.push({ id: entry.taskmaterialguid, mode: 'upload', uploads })
    }
    return entries
  },
  encode: (canon: Application['documents'], { matter }: ApplicationContext, place: Place): Partial<Wire> => {
    const materiallist: WireMaterialEntry[] = []
    for (const [index, entry] of canon.entries()) {
      const wanted = matter.documents.find((one) => one.id === entry.id)
      if (entry.mode === 'upload' || entry.mode === 'scan') {
        if (place.notes) {
          const to = `materiallist/${materiallist.length}`
          tellEntryWritten(entry, wanted !== undefined, `${place.canon}/${index}`, to, place)
        }
        materiallist.push(materialOf(entry, wanted))
        continue
      }
      // Another region's matter is only spoken of in Jiangsu's words: there it is a loss.
      if (wanted?.necessity === 'required' && matter.region === 'jiangsu') throw wantsFile(index, wanted)
      if (place.notes) tellEntryLost(entry, `${place.canon}/${index}`, place)
    }
    return { materiallist }
  },
  rows: () => [
    {
      canon: '/*/id',
      wire: ['materiallist/*/taskmaterialguid'],
      label: '材料标识',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/*/uploads',
      wire: ['materiallist/*/attachlist/*/attachguid'],
      label: '附件',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}

function materialOf(
  { id, uploads = [] }: DocumentEntry,
  wanted: MatterDocument | undefined,
): WireMaterialEntry {
  const attachlist: Attachment[] = []
  for (const attachguid of uploads) attachlist.push({ attachguid })
  return wanted
    ? { taskmaterialguid: id, materialname: wanted.name.zh, attachlist }
    : { taskmaterialguid: id, attachlist }
}

const wantsFile = (index: number, { name }: MatterDocument): GatewayError =>
  new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: `/documents/${index}/mode` },
    {
      errors: [
        {
          pointer: `/documents/${index}/mode`,
          code: 'MODE',
          zh: `江苏要求上传“${name.zh}”的文件`,
          en: 'Jiangsu wants a file of this document',
        },
      ],
    },
  )
