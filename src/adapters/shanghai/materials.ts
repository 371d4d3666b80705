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
    const entries = wire.stuffs ? filesOf(wire.stuffs, place) : []
    const certs = wire.extInfo?.certs
    if (certs) addLicences(entries, certs, place)
    return inOrder(entries, matter)
  },
  encode: (canon: Application['documents'], context: C, place: Place): Partial<Wire> => {
    const stuffs: WireUpload[] = []
    if (place.notes && canon.length === 0) tell(place, [lineOf('stuffs', place.canon, '材料')])
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
function filesOf(stuffs: readonly WireUpload[], place: Place): DocumentEntry[] {
  const entries: DocumentEntry[] = []
  for (const [index, { stuffCode, stuffId }] of stuffs.entries()) {
    let at = entries.findIndex((one) => one.id === stuffCode)
    if (at < 0) at = entries.push({ id: stuffCode, mode: 'upload', uploads: [] }) - 1
    const uploads = entries[at]?.uploads
    if (place.notes)
      tell(place, [
        lineOf(`stuffs/${index}/stuffCode`, `${place.canon}/${at}/id`, '材料编码'),
        lineOf(`stuffs/${index}/stuffId`, `${place.canon}/${at}/uploads/${uploads?.length}`, '附件'),
      ])
    uploads?.push(stuffId)
  }
  if (place.notes && stuffs.length === 0) tell(place, [lineOf('stuffs', place.canon, '材料')])
  return entries
}

/** Each licence is an entry of its own, after the files. */
function addLicences(entries: DocumentEntry[], certs: NonNullable<WireExtInfo['certs']>, place: Place): void {
  for (const [index, { stuffCode, certUuid }] of certs.entries()) {
    if (place.notes) {
      const [from, to] = [`extInfo/certs/${index}`, `${place.canon}/${entries.length}`]
      tell(place, [
        lineOf(`${from}/stuffCode`, `${to}/id`, '材料编码'),
        lineOf(`${from}/certUuid`, `${to}/licence`, '电子证照'),
      ])
    }
    entries.push({ id: stuffCode, mode: 'licence', licence: certUuid })
  }
}

/** In the order in which the matter asks for them, what it does not ask for last; most come so. */
function inOrder(entries: DocumentEntry[], { documents: wanted }: C['matter']): DocumentEntry[] {
  let asked = 0
  for (const { id } of entries) {
    while (asked < wanted.length && wanted[asked]?.id !== id) asked += 1
    if (asked === wanted.length) break
  }
  if (asked < wanted.length) return entries
  const order = new Map(wanted.map((one, index) => [one.id, index]))
  const rankOf = ({ id }: DocumentEntry) => order.get(id) ?? wanted.length
  return entries.sort((a, b) => rankOf(a) - rankOf(b))
}

function writeEntry(
  stuffs: WireUpload[],
  entry: DocumentEntry,
  { matter }: C,
  place: Place,
  index: number,
): void {
  if (entry.mode === 'licence') return
  if (entry.mode !== 'upload' && entry.mode !== 'scan') {
    if (place.notes)
      tell(place, [lost(leaves(entry, `${place.canon}/${index}`), '材料', REASONS[entry.mode])])
    return
  }
  const wanted = matter.documents.find((one) => one.id === entry.id)
  const name = wanted?.name.zh ?? ''
  const kind = wordOfKind(wanted?.kind)
  if (!entry.uploads) return
  for (const [n, upload] of entry.uploads.entries()) {
    if (place.notes) {
      const [to, at] = [`stuffs/${stuffs.length}`, `${place.canon}/${index}`]
      tell(place, [
        ['copied', [`${to}/stuffCode`], [`${at}/id`, `${at}/mode`], '材料编码', 'text'],
        lineOf(`${to}/stuffId`, `${at}/uploads/${n}`, '附件'),
      ])
    }
    stuffs.push({
      stuffCode: entry.id,
      stuffName: name,
      stuffType: kind,
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
    if (place.notes) {
      const [to, from] = [`extInfo/certs/${certs.length}`, `/documents/${index}`]
      tell(place, [
        ['copied', [`${to}/stuffCode`], [`${from}/id`, `${from}/mode`], '材料编码', 'text'],
        lineOf(`${to}/certUuid`, `${from}/licence`, '电子证照'),
      ])
    }
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
    if (place.notes) tellForm(parsed, place, 'split', 'split')
    // Every value has just been checked.
    return parsed as Application['form']
  },
  encode: (canon: Application['form'], _context: C, place: Place): Partial<Wire> => {
    if (place.notes) tellForm(canon, place, 'merged', 'copied')
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

/** Each value of the form, and a form without any. */
function tellForm(form: object, place: Place, how: 'split' | 'merged', howEmpty: 'split' | 'copied'): void {
  const names = Object.keys(form)
  notesOfForm(place, names, () => `${place.wire}/info`, how, 'info')
  if (names.length === 0) tell(place, [[howEmpty, ['info'], [place.canon], '表单', 'info']])
}
