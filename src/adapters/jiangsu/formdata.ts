/** `formdata`: the form's values as JSON in a string, all of them texts (contract 4.b). */
import { GatewayError } from '../../errors.ts'
import { asText, notesOfForm } from '../kit/codecs.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import { isAbsent } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire } from './application.wire.ts'

type Form = Record<string, string>

export const formdata = {
  name: 'formdata: JSON in a string',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: ApplicationContext, place: Place): Form => {
    const parsed = parseInner(wire.formdata)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new GatewayError('FIELD_UNREADABLE')
    const form = Object.values(parsed).every(isTold) ? (parsed as Form) : toldIn(parsed)
    if (place.notes) tellRead(Object.keys(form), place)
    return form
  },
  encode: (canon: Form, _context: ApplicationContext, place: Place): Partial<Wire> => {
    if (place.notes)
      notesOfForm(place, Object.keys(canon), () => '/formdata', 'merged', 'formdata: JSON in a string')
    return { formdata: JSON.stringify(canon) }
  },
}

/** Most forms hold text in every field, and are taken as they stand. */
const isTold = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** The fields that say something, as text. */
function toldIn(parsed: object): Form {
  const form: Form = {}
  for (const [name, value] of Object.entries(parsed)) if (!isAbsent(value)) form[name] = asText(value)
  return form
}

function tellRead(names: readonly string[], place: Place): void {
  notesOfForm(place, names, () => '/formdata', 'split', 'formdata: JSON in a string')
  if (names.length > 0) return
  place.notes?.push({
    how: 'dropped',
    wire: ['/formdata'],
    canon: [],
    label: '表单',
    rule: 'absent',
    reason: '空值: 没有内容可转换',
  })
}
