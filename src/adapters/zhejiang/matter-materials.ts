/** The documents that a matter asks for, `MATERIAL_INFO`: XML in a string (contract 4.a.2). */
import type { MatterDocument } from '../../schemas/matter.ts'
import { asText } from '../kit/codecs.ts'
import type { RecordContext } from '../kit/contract.ts'
import { necessity } from './codes.ts'
import type { WireMatter as Wire } from './matter.wire.ts'
import { elements, itemsOf, listOf, textIn as told } from './xml.ts'

const SOURCES: Readonly<Record<string, MatterDocument['source']>> = {
  '10': 'applicant',
  '20': 'government',
  '99': 'other',
}
const FORMATS: Readonly<Record<string, MatterDocument['form']>> = {
  '1': 'paper',
  '2': 'electronic',
  '3': 'both',
}
const codeIn = (table: Readonly<Record<string, unknown>>, word: unknown) =>
  Object.keys(table).find((key) => table[key] === word) ?? ''

const urlIn = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'FILEURL' in value ? told(value.FILEURL) : ''

/** `MATERIAL_INFO`: XML in a string. */
export const documents = {
  name: 'MATERIAL_INFO: XML in a string',
  how: 'split' as const,
  decode: (wire: Wire, { alarms }: RecordContext): MatterDocument[] =>
    materialsOf(wire).map((one) => {
      if (necessity.find(necessityIn(one)) === undefined)
        alarms?.push({ table: necessity.name, code: necessityIn(one).slice(0, 40) })
      return readMaterial(one)
    }),
  encode: (canon: MatterDocument[]): Partial<Wire> => ({
    MATERIAL_INFO: listOf('MATERIALS', 'MATERIAL', canon.map(writeMaterial)),
  }),
}

type Element = Readonly<Record<string, unknown>>

const materialsOf = (wire: Wire): readonly Element[] =>
  itemsOf(wire.MATERIAL_INFO ?? '', 'MATERIALS', 'MATERIAL')

/** `NECESSITY/IS_RQ`, both needed. */
const necessityIn = (one: Element): string => `${told(one['NECESSITY'])}/${told(one['IS_RQ']) || '0'}`

/** Whether the table knows how necessary every document is: a matter with another one cannot be filed. */
export const areKnownMaterials = (wire: Wire): boolean =>
  materialsOf(wire).every((one) => necessity.find(necessityIn(one)) !== undefined)

/** All that is said about a document; canonically one text. */
const requirementIn = (one: Element): string =>
  [
    ...['NECESSITY_DESC', 'DETAIL_REQUIREMENT', 'BAK']
      .map((name) => told(one[name]))
      .filter((text) => text !== '')
      .join('\n'),
  ]
    .slice(0, 2000)
    .join('')

function readMaterial(one: Element): MatterDocument {
  // A necessity that no table knows is shown as required; the matter cannot be filed.
  const kind = necessity.find(necessityIn(one)) ?? 'required'
  const licence = told(one['CERT_TYPE_CODE'])
  const [format, source] = [FORMATS[told(one['FORMAT'])], SOURCES[told(one['MATERIAL_RES'])]]
  const [requirement, sample, blank] = [
    requirementIn(one),
    urlIn(one['EXAMPLETABLE']),
    urlIn(one['EMPTYTABLE']),
  ]
  return {
    id: asText(one['MATERIALGUID']),
    name: { zh: asText(one['NAME']) },
    necessity: kind,
    exemptedBy: licence === '' ? [] : [{ licenceType: licence }],
    modes: [
      'upload',
      'scan',
      ...(format === 'electronic' ? [] : ['paper' as const]),
      ...(licence === '' ? [] : ['licence' as const]),
      ...(kind === 'deferrable' ? ['later' as const] : []),
    ],
    ...(format ? { form: format } : {}),
    ...(source ? { source } : {}),
    ...(requirement === '' ? {} : { requirement }),
    ...(sample === '' ? {} : { sampleUrl: sample }),
    ...(blank === '' ? {} : { blankFormUrl: blank }),
  }
}

function writeMaterial(one: MatterDocument): string {
  const [NECESSITY = '1', IS_RQ = '0'] = necessity
    .codeOf(one.necessity === 'creditDeferrable' ? 'deferrable' : one.necessity)
    .split('/')
  const file = (url: string | undefined) => elements({ FILEURL: url ?? '', FILENAME: '' })
  return `${elements({
    MATERIALGUID: one.id,
    NAME: one.name.zh,
    FORMAT: codeIn(FORMATS, one.form),
    NECESSITY,
    IS_RQ,
    NECESSITY_DESC: '',
    DETAIL_REQUIREMENT: one.requirement ?? '',
    BAK: '',
    MATERIAL_RES: codeIn(SOURCES, one.source),
    CERT_TYPE_CODE: one.exemptedBy[0]?.licenceType ?? '',
  })}<EXAMPLETABLE>${file(one.sampleUrl)}</EXAMPLETABLE><EMPTYTABLE>${file(one.blankFormUrl)}</EMPTYTABLE>`
}
