/** The documents of an application: files in `stuffs`, licences in `extInfo.certs`; what follows later needs no entry. And its form, `info`. */
import { GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import { notesOfForm } from '../kit/codecs.ts'
import type { ApplicationContext as C } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire, WireExtInfo, WireUpload } from './application.wire.ts'
import { wordOfKind } from './stuff.ts'
import { type Line, lost, tell } from './trace.ts'

const lineOf = (wire: string, canon: string, label: string): Line => [
  'copied',
  [wire],
  [canon],
  label,
  'text',
]

/** Files and licences; the licences are written by `certsOf`. */
export const documents = {
  name: 'stuffs and extInfo.certs',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, { matter }: C, place: Place): DocumentEntry[] => {
    const files = filesOf(wire.stuffs ?? [], place)
    if (wire.stuffs?.length === 0) tell(place, [lineOf('stuffs', place.canon, '材料')])
    const licences = (wire.extInfo?.certs ?? []).map((cert, index): DocumentEntry => {
      const [from, to] = [`extInfo/certs/${index}`, `${place.canon}/${files.length + index}`]
      if (place.notes)
        tell(place, [
          lineOf(`${from}/stuffCode`, `${to}/id`, '材料编码'),
          lineOf(`${from}/certUuid`, `${to}/licence`, '电子证照'),
        ])
      return { id: cert.stuffCode, mode: 'licence', licence: cert.certUuid }
    })
    const order = new Map(matter.documents.map((one, index) => [one.id, index]))
    return [...files, ...licences].sort((a, b) => (order.get(a.id) ?? 999) - (order.get(b.id) ?? 999))
  },
  encode: (canon: Application['documents'], context: C, place: Place): Partial<Wire> => {
    const stuffs: WireUpload[] = []
    if (canon.length === 0) tell(place, [lineOf('stuffs', place.canon, '材料')])
    for (const [index, entry] of canon.entries()) writeEntry(stuffs, entry, context, place, index)
    return { stuffs }
  },
  rows: () => [
    {
      canon: '/*/id',
      wire: ['stuffs/*/stuffCode'],
      label: '材料编码',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/*/uploads',
      wire: ['stuffs/*/stuffId'],
      label: '附件',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/*/licence',
      wire: ['extInfo/certs/*/certUuid'],
      label: '电子证照',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}

/** Uploads of one material become one entry. */
function filesOf(stuffs: readonly WireUpload[], place: Place): readonly DocumentEntry[] {
  const entries = new Map<string, { at: number; uploads: string[] }>()
  for (const [index, stuff] of stuffs.entries()) {
    const entry = entries.get(stuff.stuffCode) ?? { at: entries.size, uploads: [] }
    entries.set(stuff.stuffCode, entry)
    const to = `${place.canon}/${entry.at}`
    if (place.notes)
      tell(place, [
        lineOf(`stuffs/${index}/stuffCode`, `${to}/id`, '材料编码'),
        lineOf(`stuffs/${index}/stuffId`, `${to}/uploads/${entry.uploads.length}`, '附件'),
      ])
    entry.uploads.push(stuff.stuffId)
  }
  return [...entries].map(([id, { uploads }]) => ({ id, mode: 'upload', uploads }))
}

function writeEntry(
  stuffs: WireUpload[],
  entry: DocumentEntry,
  { matter }: C,
  place: Place,
  index: number,
): void {
  const at = `${place.canon}/${index}`
  if (entry.mode === 'licence') return
  if (entry.mode !== 'upload' && entry.mode !== 'scan') {
    if (place.notes) tell(place, [lost(leaves(entry, at), '材料', REASONS[entry.mode])])
    return
  }
  const wanted = matter.documents.find((one) => one.id === entry.id)
  for (const [n, upload] of (entry.uploads ?? []).entries()) {
    const to = `stuffs/${stuffs.length}`
    if (place.notes)
      tell(place, [
        ['copied', [`${to}/stuffCode`], [`${at}/id`, `${at}/mode`], '材料编码', 'text'],
        lineOf(`${to}/stuffId`, `${at}/uploads/${n}`, '附件'),
      ])
    stuffs.push({
      stuffCode: entry.id,
      stuffName: wanted?.name.zh ?? '',
      stuffType: wordOfKind(wanted?.kind),
      stuffStatus: '0',
      stuffId: upload,
    })
  }
}

const REASONS = {
  later: '容缺后补的材料在上海不列入申请, 以后再交',
  paper: '上海网上申请不登记纸质收取的材料',
} as const

/** `extInfo.certs`: the documents that a licence stands for. */
export function certsOf(entries: Application['documents'], place: Place): NonNullable<WireExtInfo['certs']> {
  const certs: NonNullable<WireExtInfo['certs']> = []
  for (const [index, entry] of entries.entries()) {
    if (entry.mode !== 'licence') continue
    const [to, from] = [`extInfo/certs/${certs.length}`, `/documents/${index}`]
    if (place.notes)
      tell(place, [
        ['copied', [`${to}/stuffCode`], [`${from}/id`, `${from}/mode`], '材料编码', 'text'],
        lineOf(`${to}/certUuid`, `${from}/licence`, '电子证照'),
      ])
    certs.push({ stuffCode: entry.id, certUuid: entry.licence ?? '' })
  }
  return certs
}

/** `info`: the form values as JSON in a string (trap 2). */
export const form = {
  name: 'info: JSON in a string',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Application['form'] => {
    const parsed = parseInner(wire.info)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new GatewayError('FIELD_UNREADABLE')
    for (const value of Object.values(parsed))
      if (typeof value !== 'string') throw new GatewayError('FIELD_UNREADABLE')
    if (Object.keys(parsed).length === 0)
      place.notes?.push({
        how: 'split',
        wire: [`${place.wire}/info`],
        canon: [place.canon],
        label: '表单',
        rule: 'info',
      })
    notesOfForm(place, Object.keys(parsed), () => `${place.wire}/info`, 'split', 'info')
    // Every value has just been checked.
    return parsed as Application['form']
  },
  encode: (canon: Application['form'], _context: C, place: Place): Partial<Wire> => {
    notesOfForm(place, Object.keys(canon), () => `${place.wire}/info`, 'merged', 'info')
    if (Object.keys(canon).length === 0)
      place.notes?.push({
        how: 'copied',
        wire: [`${place.wire}/info`],
        canon: [place.canon],
        label: '表单',
        rule: 'info',
      })
    return { info: JSON.stringify(canon) }
  },
  rows: () => [
    {
      canon: '',
      wire: ['info'],
      label: '表单',
      how: 'split' as const,
      rule: 'info: JSON in a string',
      optional: false,
    },
  ],
}
