/** `attrXml`: the materials of an application, one `RECORD` each (contract 4b). One record may stand without its list. */
import { GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import type { WireApplication, WireAttr, WireFile } from './application.wire.ts'
import {
  AT,
  filesOf,
  hasFiles,
  isMany,
  noteRead,
  noteWritten,
  nothing,
  push,
  recordsOf,
} from './attachments-trace.ts'
import { takeType } from './codes.ts'
import { wordAt } from './fault.ts'
import { unidOf } from './numbers.ts'

type Attachments = WireApplication['attrXml']

function readRecord(record: WireAttr, at: string, to: string, place: Place): DocumentEntry {
  const mode = wordAt(takeType, record.TAKETYPE, `${at}/TAKETYPE`, '收取方式')
  if (place.notes) noteRead(record, mode, at, to, place)
  const entry: DocumentEntry = { id: record.ATTRID, mode }
  if (hasFiles(mode)) entry.uploads = filesOf(record).map((file) => file.FILEURL)
  if (mode === 'licence' && record.MEMO) entry.licence = record.MEMO
  return entry
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

/** The file of an upload: name and password are Anhui's to give. */
const fileOf = (upload: string, index: number): WireFile => ({
  FILENAME: `附件${index + 1}`,
  FILEURL: upload,
  FILEPWD: '',
})

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
  const uploads = hasFiles(entry.mode) ? (entry.uploads ?? []) : []
  const memo = entry.mode === 'licence' ? (entry.licence ?? '') : ''
  if (place.notes) noteWritten(entry, index, uploads.length, place)
  const record: WireAttr = {
    UNID: unidOf(sourceNumber),
    ATTRNAME: known?.name.zh ?? '',
    ATTRID: entry.id,
    SORTID: String(known?.order ?? (at < 0 ? index : at) + 1),
    TAKETYPE: takeType.codeOf(entry.mode),
    ISTAKE: taken ? '1' : '0',
    AMOUNT: String(known?.copies || 1),
    TAKETIME: taken ? takenAt : '',
    MEMO: memo,
  }
  if (uploads.length > 0) record.FILES = { FILEINFO: uploads.map(fileOf) }
  return record
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
