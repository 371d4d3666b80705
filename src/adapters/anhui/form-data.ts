/** `FORMDATA`: the form of an application, one element for each field of the matter (contract 4b). */
import type { Application } from '../../schemas/application.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { escapePointer, type Place } from '../kit/table.ts'
import { area } from './areas.ts'
import type { Flat } from './flat.ts'
import { readValue, writeValue } from './form.ts'
import { unidOf } from './numbers.ts'

const FORM_AT = '/formXml/RECORD/FORMDATA'

/** The codec of the form: every field of the matter has its element, empty where nothing is said. */
export const form = {
  name: 'FORMDATA',
  how: 'copied' as const,
  deep: true as const,
  decode: ({ formXml }: Flat, { matter }: ApplicationContext, place: Place): Application['form'] => {
    const { FORMDATA } = formXml.RECORD
    place.notes?.push({
      how: 'dropped',
      wire: ['/formXml/RECORD/UNID'],
      canon: [],
      label: '申请标识',
      rule: 'UNID',
      reason: '网关为每份申请另编标识',
    })
    const told = FORMDATA === '' ? [] : Object.entries(FORMDATA)
    const out: Record<string, string> = {}
    for (const [name, value] of told) {
      if (value !== '') out[name] = readValue(matter, name, value)
      noteRead(name, value, out[name], place)
    }
    if (told.length === 0)
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
    const names = [...new Set([...matter.form.fields.map((field) => field.name), ...Object.keys(canon)])]
    const data: Record<string, string> = {}
    for (const name of names) {
      const value = canon[name] ?? ''
      data[name] = writeValue(matter, name, value)
      place.notes?.push(
        canon[name] === undefined
          ? { ...leaf(name), canon: [], how: 'defaulted', rule: 'constant "" for nothing said' }
          : {
              ...leaf(name),
              canon: [`${place.canon}/${escapePointer(name)}`],
              how: data[name] === value ? 'copied' : 'derived',
              rule: data[name] === value ? 'text' : area.name,
            },
      )
    }
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

/** Where one value went: nowhere when it is empty, and of an area what lies below the county is lost. */
function noteRead(name: string, value: string, kept: string | undefined, place: Place): void {
  if (!place.notes) return
  const at = leaf(name)
  if (kept === undefined) {
    place.notes.push({ ...at, canon: [], how: 'dropped', rule: 'absent', reason: '空值: 没有内容可转换' })
    return
  }
  const canon = [`${place.canon}/${escapePointer(name)}`]
  if (kept === value) {
    place.notes.push({ ...at, canon, how: 'copied', rule: 'text' })
    return
  }
  place.notes.push({ ...at, canon, how: 'derived', rule: area.name })
  if (!value.endsWith('000000'))
    place.notes.push({
      ...at,
      canon: [],
      how: 'dropped',
      rule: 'none',
      reason: '网关的区划到县级为止, 街道和村没有去处',
    })
}
