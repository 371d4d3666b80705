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
    const form: Form = {}
    for (const [name, value] of Object.entries(parsed)) if (!isAbsent(value)) form[name] = asText(value)
    if (place.notes && Object.keys(form).length === 0)
      place.notes.push({
        how: 'dropped',
        wire: ['/formdata'],
        canon: [],
        label: '表单',
        rule: 'absent',
        reason: '空值: 没有内容可转换',
      })
    notesOfForm(place, Object.keys(form), () => '/formdata', 'split', 'formdata: JSON in a string')
    return form
  },
  encode: (canon: Form, _context: ApplicationContext, place: Place): Partial<Wire> => {
    notesOfForm(place, Object.keys(canon), () => '/formdata', 'merged', 'formdata: JSON in a string')
    return { formdata: JSON.stringify(canon) }
  },
}
