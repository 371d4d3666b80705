/** 申报材料: files alone. A licence, a paper or a promise has no member in Jiangsu's application (contract 4.b, 4.d). */
import { GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import { oneOrMany } from '../kit/codecs.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire, WireMaterialEntry } from './application.wire.ts'
import { lost, note } from './traces.ts'

const REASONS: Readonly<Partial<Record<DocumentEntry['mode'], string>>> = {
  licence: '江苏的申请只收文件, 不收电子证照',
  later: '容缺后补的材料在江苏不列入申请, 以后再交',
  paper: '江苏网上申请不登记纸质收取的材料',
}

interface Attachment {
  readonly attachguid: string
  readonly attachname?: string
}

export const documents = {
  name: 'materiallist',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: ApplicationContext, place: Place): Application['documents'] => {
    const entries: DocumentEntry[] = []
    oneOrMany<WireMaterialEntry>(wire.materiallist).forEach((entry, index) => {
      const files = oneOrMany<Attachment>(entry.attachlist)
      // A single object stands for a list of one.
      const from = Array.isArray(wire.materiallist) ? `materiallist/${index}` : 'materiallist'
      const to = `${place.canon}/${entries.length}`
      if (files.length === 0) {
        place.notes?.push({
          how: 'dropped',
          wire: leaves(entry, `/${from}`),
          canon: [],
          label: '材料',
          rule: 'absent',
          reason: '没有文件',
        })
        return
      }
      note(place, 'copied', [`${from}/taskmaterialguid`], [`${to}/id`, `${to}/mode`], '材料标识', 'text')
      const named = (pointer: string) =>
        place.notes?.push({
          how: 'dropped',
          wire: [`/${pointer}`],
          canon: [],
          label: '材料名称',
          rule: 'by the identifier',
          reason: '名称由标识得知',
        })
      if (entry.materialname !== undefined) named(`${from}/materialname`)
      files.forEach(({ attachname }, at) => {
        const file = Array.isArray(entry.attachlist) ? `${from}/attachlist/${at}` : `${from}/attachlist`
        note(place, 'copied', [`${file}/attachguid`], [`${to}/uploads/${at}`], '附件', 'text')
        if (attachname !== undefined) named(`${file}/attachname`)
      })
      entries.push({
        id: entry.taskmaterialguid,
        mode: 'upload',
        uploads: files.map((one) => one.attachguid),
      })
    })
    return entries
  },
  encode: (canon: Application['documents'], { matter }: ApplicationContext, place: Place): Partial<Wire> => {
    const materiallist: WireMaterialEntry[] = []
    canon.forEach((entry, index) => {
      const at = `${place.canon}/${index}`
      const wanted = matter.documents.find((one) => one.id === entry.id)
      if (entry.mode !== 'upload' && entry.mode !== 'scan') {
        // Another region's matter is only spoken of in Jiangsu's words: there it is a loss.
        if (wanted?.necessity === 'required' && matter.region === 'jiangsu')
          throw new GatewayError(
            'CONVERSION_INCOMPLETE',
            { field: `/documents/${index}/mode` },
            {
              errors: [
                {
                  pointer: `/documents/${index}/mode`,
                  code: 'MODE',
                  zh: `江苏要求上传“${wanted.name.zh}”的文件`,
                  en: 'Jiangsu wants a file of this document',
                },
              ],
            },
          )
        lost(place, leaves(entry, at), '材料', REASONS[entry.mode] ?? '')
        return
      }
      const to = `materiallist/${materiallist.length}`
      const uploads = entry.uploads ?? []
      note(place, 'copied', [`${to}/taskmaterialguid`], [`${at}/id`, `${at}/mode`], '材料标识', 'text')
      if (wanted) note(place, 'defaulted', [`${to}/materialname`], [], '材料名称', 'matter.documents')
      uploads.forEach((_, n) => {
        note(place, 'copied', [`${to}/attachlist/${n}/attachguid`], [`${at}/uploads/${n}`], '附件', 'text')
      })
      materiallist.push({
        taskmaterialguid: entry.id,
        ...(wanted ? { materialname: wanted.name.zh } : {}),
        attachlist: uploads.map((attachguid) => ({ attachguid })),
      })
    })
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
