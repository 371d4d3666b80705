/** Where each leaf of a material goes, in both directions: the trace of `attachments.ts`. */
import type { DocumentEntry } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import { oneOrMany } from '../kit/codecs.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication, WireAttr, WireFile } from './application.wire.ts'
import { takeType } from './codes.ts'

type Attachments = WireApplication['attrXml']

/** Where the records stand. */
export const AT = '/attrXml/RECORDS/RECORD'

/** Ways of handing in that come with files. */
export const hasFiles = (mode: DocumentEntry['mode']): boolean => mode === 'upload' || mode === 'scan'

/** The records of `attrXml`, however they stand there. */
export const recordsOf = ({ RECORDS }: Attachments): readonly WireAttr[] =>
  RECORDS === '' ? [] : oneOrMany<WireAttr>(RECORDS.RECORD)

/** The files of one record. */
export const filesOf = ({ FILES }: WireAttr): readonly WireFile[] =>
  FILES === undefined || FILES === '' ? [] : oneOrMany<WireFile>(FILES.FILEINFO)

/** Whether the records stand in a list. */
export const isMany = ({ RECORDS }: Attachments): boolean => RECORDS !== '' && Array.isArray(RECORDS.RECORD)
const areMany = ({ FILES }: WireAttr): boolean =>
  FILES !== undefined && FILES !== '' && Array.isArray(FILES.FILEINFO)

/** Notes one step. */
export const push = (
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

/** The reason of what is empty. */
export const nothing = '空值: 没有内容可转换'
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

/** Notes how one record was read. */
export function noteRead(
  record: WireAttr,
  mode: DocumentEntry['mode'],
  at: string,
  to: string,
  place: Place,
): void {
  const files = filesOf(record)
  const many = areMany(record)
  push(place, 'copied', `${at}/ATTRID`, `${to}/id`, '材料标识', 'text')
  push(place, 'coded', `${at}/TAKETYPE`, `${to}/mode`, '收取方式', takeType.name)
  noteEchoes(record, at, place)
  if (record.MEMO !== undefined) noteMemo(record, mode, at, to, place)
  if (files.length === 0 && record.FILES !== undefined)
    for (const leaf of leaves(record.FILES, `${at}/FILES`))
      push(place, 'dropped', leaf, undefined, '文件', 'absent', nothing)
  files.forEach((_file, n) => {
    const from = `${at}/FILES/FILEINFO${many ? `/${n}` : ''}`
    if (hasFiles(mode)) push(place, 'copied', `${from}/FILEURL`, `${to}/uploads/${n}`, '文件', 'text')
    else
      push(place, 'dropped', `${from}/FILEURL`, undefined, '文件', 'takeType', '以这种方式收取的材料没有文件')
    push(place, 'dropped', `${from}/FILENAME`, undefined, '文件名', 'upload', '由上传的文件得知')
    push(place, 'dropped', `${from}/FILEPWD`, undefined, '文件密码', 'secret', '密码不保留')
  })
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

/** Notes how one record was written. */
export function noteWritten(entry: DocumentEntry, index: number, uploads: number, place: Place): void {
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
