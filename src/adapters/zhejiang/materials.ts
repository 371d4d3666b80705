/** The documents of an application, `suffInfoList` (the spelling is right, trap 1), and its form, `affFormInfo` (contract 4.b.2). */
import { GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import { atMost, notesOfForm } from '../kit/codecs.ts'
import type { ApplicationContext as C } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire, WireMaterial } from './application.wire.ts'
import { takeType } from './codes.ts'
import { empty, type Line, tell } from './trace.ts'

/** The name of a document, as long as Zhejiang takes one. */
const nameOf = ({ documents: known }: C['matter'], id: string): string =>
  atMost(known.find((one) => one.id === id)?.name.zh ?? '', 200)

const hasFiles = (mode: DocumentEntry['mode']): boolean => mode === 'upload' || mode === 'scan'

/** 材料; `attPath` carries the upload until the region has answered its own path. */
export const documents = {
  name: 'suffInfoList',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): DocumentEntry[] => {
    if (place.notes && wire.suffInfoList.length === 0) noDocuments(place)
    return wire.suffInfoList.map((material, index) => {
      const mode = takeType.decode(material.takeType, {}, place)
      if (place.notes) tell(place, linesRead(material, `suffInfoList/${index}`, `${place.canon}/${index}`))
      const entry: DocumentEntry = { id: material.suffId, mode }
      if (hasFiles(mode)) entry.uploads = material.attachMentVOs.map((file) => file.attPath)
      if (material.certificateSourceId) entry.licence = material.certificateSourceId
      return entry
    })
  },
  encode: (canon: Application['documents'], { matter }: C, place: Place): Partial<Wire> => {
    if (place.notes && canon.length === 0) noDocuments(place)
    const suffInfoList = canon.map((entry, index): WireMaterial => {
      if (place.notes) tell(place, linesWritten(entry, `suffInfoList/${index}`, `${place.canon}/${index}`))
      const material: WireMaterial = {
        suffId: entry.id,
        suffName: nameOf(matter, entry.id),
        takeType: takeType.codeOf(entry.mode),
        attachMentVOs: filesOf(entry).map((attPath, n) => ({ attName: `附件${n + 1}`, attPath, memo: '' })),
      }
      if (entry.mode === 'licence' && entry.licence) material.certificateSourceId = entry.licence
      return material
    })
    return { suffInfoList }
  },
  rows: () => [
    {
      canon: '/*/id',
      wire: ['suffInfoList/*/suffId'],
      label: '材料标识',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/*/mode',
      wire: ['suffInfoList/*/takeType'],
      label: '收取方式',
      how: 'coded' as const,
      rule: takeType.name,
      optional: false,
    },
    {
      canon: '/*/uploads',
      wire: ['suffInfoList/*/attachMentVOs'],
      label: '附件',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/*/licence',
      wire: ['suffInfoList/*/certificateSourceId'],
      label: '电子证照标识',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}

const noDocuments = (place: Place): void =>
  tell(place, [['copied', ['suffInfoList'], [place.canon], '材料', 'suffInfoList']])

const filesOf = (entry: DocumentEntry): readonly string[] =>
  hasFiles(entry.mode) ? (entry.uploads ?? []) : []

const linesRead = (material: WireMaterial, from: string, to: string): readonly (Line | false)[] => [
  ['copied', [`${from}/suffId`], [`${to}/id`], '材料标识', 'text'],
  ['coded', [`${from}/takeType`], [`${to}/mode`], '收取方式', takeType.name],
  ['dropped', [`${from}/suffName`], [], '材料名称', 'matter.documents', '由事项得知'],
  ...material.attachMentVOs.flatMap((_file, n): Line[] => {
    const file = `${from}/attachMentVOs/${n}`
    return [
      ['copied', [`${file}/attPath`], [`${to}/uploads/${n}`], '附件', 'text'],
      ['dropped', [`${file}/attName`, `${file}/memo`], [], '附件名称', 'upload', '由上传的文件得知'],
    ]
  }),
  material.attachMentVOs.length === 0 && empty(`${from}/attachMentVOs`, '附件'),
  !!material.certificateSourceId && [
    'copied',
    [`${from}/certificateSourceId`],
    [`${to}/licence`],
    '电子证照标识',
    'text',
  ],
]

const linesWritten = (entry: DocumentEntry, to: string, from: string): readonly (Line | false)[] => [
  ['copied', [`${to}/suffId`], [`${from}/id`], '材料标识', 'text'],
  ['coded', [`${to}/takeType`], [`${from}/mode`], '收取方式', takeType.name],
  ['defaulted', [`${to}/suffName`], [], '材料名称', 'matter.documents'],
  !!entry.licence &&
    (entry.mode === 'licence'
      ? ['copied', [`${to}/certificateSourceId`], [`${from}/licence`], '电子证照标识', 'text']
      : ['dropped', [], [`${from}/licence`], '电子证照标识', 'text', '只有证照库的材料写证照标识']),
  ...filesOf(entry).map(
    (_upload, n): Line => [
      'copied',
      [`${to}/attachMentVOs/${n}/attPath`],
      [`${from}/uploads/${n}`],
      '附件',
      'text',
    ],
  ),
  !hasFiles(entry.mode) &&
    (entry.uploads ?? []).length > 0 && [
      'dropped',
      [],
      (entry.uploads ?? []).map((_upload, n) => `${from}/uploads/${n}`),
      '附件',
      'none',
      '这种收取方式不带附件',
    ],
]

/** Each value of the form, and a form without any. */
function tellForm(form: object, place: Place, how: 'split' | 'merged'): void {
  const names = Object.keys(form)
  notesOfForm(place, names, () => `${place.wire}/affFormInfo`, how, 'affFormInfo')
  if (names.length === 0) tell(place, [['copied', ['affFormInfo'], [place.canon], '表单', 'affFormInfo']])
}

/** The form values as JSON in a string (trap 2). */
export const form = {
  name: 'affFormInfo: JSON in a string',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Application['form'] => {
    const parsed = parseInner(wire.affFormInfo)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new GatewayError('FIELD_UNREADABLE')
    for (const value of Object.values(parsed))
      if (typeof value !== 'string') throw new GatewayError('FIELD_UNREADABLE')
    if (place.notes) tellForm(parsed, place, 'split')
    // Every value has just been checked.
    return parsed as Application['form']
  },
  encode: (canon: Application['form'], _context: C, place: Place): Partial<Wire> => {
    if (place.notes) tellForm(canon, place, 'merged')
    return { affFormInfo: JSON.stringify(canon) }
  },
  rows: () => [
    {
      canon: '',
      wire: ['affFormInfo'],
      label: '表单',
      how: 'split' as const,
      rule: 'affFormInfo: JSON in a string',
      optional: false,
    },
  ],
}
