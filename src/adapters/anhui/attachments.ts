/** `attrXml`: the materials of an application, one `RECORD` each (contract 4b). One record may stand without its list. */
import { GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import { oneOrMany, wallClock } from '../kit/codecs.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { leaves, type Place, ROOT } from '../kit/table.ts'
import type { WireApplication, WireAttr, WireFile } from './application.wire.ts'
import { takeType } from './codes.ts'
import { wordAt } from './fault.ts'
import { unidOf } from './numbers.ts'

type Attachments = WireApplication['attrXml']

const AT = '/attrXml/RECORDS/RECORD'

/** The records of `attrXml`, however they stand there. */
export const recordsOf = ({ RECORDS }: Attachments): readonly WireAttr[] =>
  RECORDS === '' ? [] : oneOrMany<WireAttr>(RECORDS.RECORD)

/** The files of one record. */
export const filesOf = ({ FILES }: WireAttr): readonly WireFile[] =>
  FILES === undefined || FILES === '' ? [] : oneOrMany<WireFile>(FILES.FILEINFO)

const isMany = ({ RECORDS }: Attachments): boolean => RECORDS !== '' && Array.isArray(RECORDS.RECORD)
const areMany = ({ FILES }: WireAttr): boolean =>
  FILES !== undefined && FILES !== '' && Array.isArray(FILES.FILEINFO)

const push = (
  place: Place,
  how: 'copied' | 'coded' | 'dropped',
  wire: string,
  canon: string | undefined,
  label: string,
  rule: string,
  reason?: string,
): void =>
  void place.notes?.push({
    how,
    wire: [wire],
    canon: canon === undefined ? [] : [canon],
    label,
    rule,
    ...(reason === undefined ? {} : { reason }),
  })

const nothing = '空值: 没有内容可转换'
const byMatter = '由事项得知'

/** Members that the matter, the file or the application tells already. */
const ECHOES: readonly (readonly [member: keyof WireAttr, label: string, rule: string, reason: string])[] = [
  ['UNID', '申请标识', 'UNID', '网关为每份申请另编标识'],
  ['ATTRNAME', '材料名称', 'matter.documents', byMatter],
  ['SORTID', '排序', 'matter.documents', byMatter],
  ['AMOUNT', '份数', 'matter.documents', byMatter],
  ['ISTAKE', '是否收取', 'by the way of handing in', '由收取方式得知'],
  ['TAKETIME', '收取时间', 'appliedAt', '与申请时间相同'],
]

function readRecord(record: WireAttr, at: string, to: string, place: Place): DocumentEntry {
  const mode = wordAt(takeType, record.TAKETYPE, `${at}/TAKETYPE`, '收取方式')
  const files = filesOf(record)
  const many = areMany(record)
  const withFiles = mode === 'upload' || mode === 'scan'
  if (place.notes) {
    push(place, 'copied', `${at}/ATTRID`, `${to}/id`, '材料标识', 'text')
    push(place, 'coded', `${at}/TAKETYPE`, `${to}/mode`, '收取方式', takeType.name)
    noteEchoes(record, at, place)
    if (record.MEMO !== undefined) noteMemo(record, mode, at, to, place)
    if (files.length === 0 && record.FILES !== undefined)
      for (const leaf of leaves(record.FILES, `${at}/FILES`))
        push(place, 'dropped', leaf, undefined, '文件', 'absent', nothing)
    files.forEach((_file, n) => {
      const from = `${at}/FILES/FILEINFO${many ? `/${n}` : ''}`
      if (withFiles) push(place, 'copied', `${from}/FILEURL`, `${to}/uploads/${n}`, '文件', 'text')
      else
        push(
          place,
          'dropped',
          `${from}/FILEURL`,
          undefined,
          '文件',
          'takeType',
          '以这种方式收取的材料没有文件',
        )
      push(place, 'dropped', `${from}/FILENAME`, undefined, '文件名', 'upload', '由上传的文件得知')
      push(place, 'dropped', `${from}/FILEPWD`, undefined, '文件密码', 'secret', '密码不保留')
    })
  }
  return {
    id: record.ATTRID,
    mode,
    ...(withFiles ? { uploads: files.map((file) => file.FILEURL) } : {}),
    ...(mode === 'licence' && record.MEMO ? { licence: record.MEMO } : {}),
  }
}

function noteEchoes(record: WireAttr, at: string, place: Place): void {
  for (const [member, label, rule, reason] of ECHOES) {
    const value = record[member]
    if (value === undefined) continue
    if (value === '') push(place, 'dropped', `${at}/${member}`, undefined, label, 'absent', nothing)
    else push(place, 'dropped', `${at}/${member}`, undefined, label, rule, reason)
  }
}

function noteMemo(record: WireAttr, mode: DocumentEntry['mode'], at: string, to: string, place: Place): void {
  if (record.MEMO === '') push(place, 'dropped', `${at}/MEMO`, undefined, '备注', 'absent', nothing)
  else if (mode === 'licence') push(place, 'copied', `${at}/MEMO`, `${to}/licence`, '电子证照标识', 'text')
  else push(place, 'dropped', `${at}/MEMO`, undefined, '备注', 'none', '网关的材料没有备注这一项')
}

/** A way of handing in that the material does not list: Anhui would refuse the whole application for it (4b, `TAKETYPE`). */
const notTaken = (index: number): GatewayError => {
  const pointer = `/documents/${index}/mode`
  return new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: pointer },
    {
      errors: [
        {
          pointer,
          code: 'MODE',
          zh: '这份材料不能以这种方式提交',
          en: 'This document cannot be handed in this way',
        },
      ],
    },
  )
}

function writeRecord(
  entry: DocumentEntry,
  index: number,
  { matter, sourceNumber }: ApplicationContext,
  takenAt: string,
  place: Place,
): WireAttr {
  const at = matter.documents.findIndex((one) => one.id === entry.id)
  const known = matter.documents[at]
  if (known && known.modes.length > 0 && !known.modes.includes(entry.mode)) throw notTaken(index)
  const taken = entry.mode !== 'later'
  const uploads = entry.mode === 'upload' || entry.mode === 'scan' ? (entry.uploads ?? []) : []
  const memo = entry.mode === 'licence' ? (entry.licence ?? '') : ''
  if (place.notes) noteRecord(entry, index, uploads.length, place)
  return {
    UNID: unidOf(sourceNumber),
    ATTRNAME: known?.name.zh ?? '',
    ATTRID: entry.id,
    SORTID: String(known?.order ?? (at < 0 ? index : at) + 1),
    TAKETYPE: takeType.codeOf(entry.mode),
    ISTAKE: taken ? '1' : '0',
    AMOUNT: String(known?.copies || 1),
    TAKETIME: taken ? takenAt : '',
    MEMO: memo,
    ...(uploads.length > 0
      ? {
          FILES: {
            FILEINFO: uploads.map((upload, n) => ({
              FILENAME: `附件${n + 1}`,
              FILEURL: upload,
              FILEPWD: '',
            })),
          },
        }
      : {}),
  }
}

function noteRecord(entry: DocumentEntry, index: number, uploads: number, place: Place): void {
  const [to, from] = [`${AT}/${index}`, `${place.canon}/${index}`]
  push(place, 'copied', `${to}/ATTRID`, `${from}/id`, '材料标识', 'text')
  push(place, 'coded', `${to}/TAKETYPE`, `${from}/mode`, '收取方式', takeType.name)
  for (const [member, label, rule] of ECHOES)
    place.notes?.push({ how: 'defaulted', wire: [`${to}/${member}`], canon: [], label, rule })
  if (entry.licence !== undefined && entry.mode === 'licence')
    push(place, 'copied', `${to}/MEMO`, `${from}/licence`, '电子证照标识', 'text')
  else if (entry.licence !== undefined)
    place.notes?.push({
      how: 'dropped',
      wire: [],
      canon: [`${from}/licence`],
      label: '电子证照标识',
      rule: 'none',
      reason: '这份材料不以电子证照提交',
    })
  if (entry.mode !== 'licence')
    place.notes?.push({
      how: 'defaulted',
      wire: [`${to}/MEMO`],
      canon: [],
      label: '备注',
      rule: 'constant "" for nothing said',
    })
  const told = entry.uploads ?? []
  for (let n = 0; n < uploads; n += 1) {
    push(place, 'copied', `${to}/FILES/FILEINFO/${n}/FILEURL`, `${from}/uploads/${n}`, '文件', 'text')
    for (const member of ['FILENAME', 'FILEPWD'])
      place.notes?.push({
        how: 'defaulted',
        wire: [`${to}/FILES/FILEINFO/${n}/${member}`],
        canon: [],
        label: '文件',
        rule: 'given by materialUpload',
      })
  }
  if (uploads === 0 && entry.uploads !== undefined)
    place.notes?.push({
      how: 'dropped',
      wire: [],
      canon: leaves(told, `${from}/uploads`),
      label: '文件',
      rule: told.length === 0 ? 'absent' : 'none',
      reason: told.length === 0 ? nothing : '以这种方式收取的材料没有文件',
    })
}

/** The codec of the documents. A material that is listed as not handed in (`ISTAKE` 0) is none, unless it follows later. */
export const documents = {
  name: 'attrXml',
  how: 'derived' as const,
  deep: true as const,
  decode: ({ attrXml }: { attrXml: Attachments }, _context: object, place: Place): DocumentEntry[] => {
    const out: DocumentEntry[] = []
    const records = recordsOf(attrXml)
    if (records.length === 0)
      for (const leaf of leaves(attrXml, '/attrXml'))
        push(place, 'dropped', leaf, undefined, '材料', 'absent', nothing)
    records.forEach((record, index) => {
      const at = isMany(attrXml) ? `${AT}/${index}` : AT
      if (record.ISTAKE === '0' && takeType.find(record.TAKETYPE) !== 'later') {
        for (const leaf of leaves(record, at))
          push(place, 'dropped', leaf, undefined, '材料', 'ISTAKE 0', '没有提交的材料')
        return
      }
      out.push(readRecord(record, at, `${place.canon}/${out.length}`, place))
    })
    return out
  },
  encode: (canon: Application['documents'], context: ApplicationContext, place: Place) => {
    const takenAt = wallClock.encode(context.appliedAt, {}, ROOT)
    if (canon.length === 0)
      place.notes?.push({
        how: 'copied',
        wire: [AT],
        canon: [place.canon],
        label: '材料',
        rule: 'attrXml',
      })
    return {
      attrXml: {
        RECORDS: {
          RECORD: canon.map((entry, index) => writeRecord(entry, index, context, takenAt, place)),
        },
      },
    }
  },
  rows: () => [
    {
      canon: '/*/id',
      wire: [`${AT}/*/ATTRID`],
      label: '材料标识',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/*/mode',
      wire: [`${AT}/*/TAKETYPE`],
      label: '收取方式',
      how: 'coded' as const,
      rule: takeType.name,
      optional: false,
    },
    {
      canon: '/*/uploads',
      wire: [`${AT}/*/FILES/FILEINFO/*/FILEURL`],
      label: '文件',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/*/licence',
      wire: [`${AT}/*/MEMO`],
      label: '电子证照标识',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}
