/** `FORMDATA`: the form of an application, one element for each field of the matter (contract 4b). */
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import { escapePointer } from '../../schemas/pointers.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { type Place, REASONS } from '../kit/trace.ts'
import { area } from './areas.ts'
import type { Flat } from './flat.ts'
import { isArea, readValue, writeValue } from './form.ts'
import { unidOf } from './numbers.ts'

const FORM_AT = '/formXml/RECORD/FORMDATA'

/** The codec of the form: every field of the matter has its element, empty where nothing is said. */
export const form = {
  name: 'FORMDATA',
  how: 'copied' as const,
  deep: true as const,
  decode: (
    { formXml }: Flat,
    { matter, branches }: ApplicationContext,
    place: Place,
  ): Application['form'] => {
    const { FORMDATA } = formXml.RECORD
    place.notes?.push({
      how: 'dropped',
      wire: ['/formXml/RECORD/UNID'],
      canon: [],
      label: '申请标识',
      rule: 'UNID',
      reason: '网关为每份申请另编标识',
    })
    const told = FORMDATA === '' ? {} : FORMDATA
    const names = Object.keys(told)
    const out: Record<string, string> = {}
    for (const name of names) {
      const value = told[name] ?? ''
      if (value !== '') out[name] = readValue(matter, name, value)
      const isCut = value !== '' && out[name] !== value && !value.endsWith('000000')
      if (isCut) branches?.push(name)
      if (place.notes) noteRead(name, { isEmpty: value === '', isCut, ...wayOf(matter, name) }, place)
    }
    if (names.length === 0)
      place.notes?.push({
        how: 'copied',
        wire: [FORM_AT],
        canon: [place.canon],
        label: '表单',
        rule: 'FORMDATA',
      })
    return out
  },
  encode: (
    canon: Application['form'],
    { matter, sourceNumber }: ApplicationContext,
    place: Place,
  ): Partial<Flat> => {
    place.notes?.push({
      how: 'defaulted',
      wire: ['/formXml/RECORD/UNID'],
      canon: [],
      label: '申请标识',
      rule: 'UNID',
    })
    const data: Record<string, string> = {}
    for (const { name } of matter.form.fields) data[name] = writeValue(matter, name, canon[name] ?? '')
    // What the matter does not ask stands behind what it does.
    for (const name of Object.keys(canon))
      if (!Object.hasOwn(data, name)) data[name] = writeValue(matter, name, canon[name] ?? '')
    if (place.notes) noteWritten(Object.keys(data), canon, matter, place)
    if (Object.keys(canon).length === 0)
      place.notes?.push({
        how: 'copied',
        wire: [FORM_AT],
        canon: [place.canon],
        label: '表单',
        rule: 'FORMDATA',
      })
    return { formXml: { RECORD: { UNID: unidOf(sourceNumber), FORMDATA: data } } }
  },
  rows: () => [
    { canon: '', wire: [FORM_AT], label: '表单', how: 'copied' as const, rule: 'FORMDATA', optional: false },
  ],
}

const leaf = (name: string) => ({ wire: [`${FORM_AT}/${escapePointer(name)}`], label: name })

/** How a value of the form goes: told by the field, whatever stands in it. */
const wayOf = (matter: Matter, name: string) =>
  isArea(matter, name)
    ? { how: 'derived' as const, rule: area.name }
    : { how: 'copied' as const, rule: 'text' }

/** Where each element came from: what nobody filled in is empty. */
function noteWritten(
  names: readonly string[],
  canon: Application['form'],
  matter: Matter,
  place: Place,
): void {
  for (const name of names)
    place.notes?.push(
      canon[name] === undefined
        ? { ...leaf(name), canon: [], how: 'defaulted', rule: 'constant "" for nothing said' }
        : { ...leaf(name), canon: [`${place.canon}/${escapePointer(name)}`], ...wayOf(matter, name) },
    )
}

/** Where one value went: nowhere when it is empty, and of an area what lies below the county is lost. */
function noteRead(
  name: string,
  { isEmpty, isCut, how, rule }: { isEmpty: boolean; isCut: boolean } & ReturnType<typeof wayOf>,
  place: Place,
): void {
  if (!place.notes) return
  const at = leaf(name)
  if (isEmpty) {
    place.notes.push({ ...at, canon: [], how: 'dropped', rule: 'absent', reason: REASONS.empty })
    return
  }
  place.notes.push({ ...at, canon: [`${place.canon}/${escapePointer(name)}`], how, rule })
  if (isCut)
    place.notes.push({
      ...at,
      canon: [],
      how: 'dropped',
      rule: 'none',
      reason: '网关的区划到县级为止, 街道和村没有去处',
    })
}
