/** What a question with one answer shows: a field by its type. */
import { html } from 'hono/html'
import type { FormField } from '../../schemas/matter.ts'
import { fieldOf } from '../forms/field.ts'
import type { Name, Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

/** The name of a question's field, whatever its step is called. */
export const ANSWER = 'answer'

export function inputOf(
  field: FormField,
  { value, fault }: { readonly value: string; readonly fault?: Name | undefined },
  reader: Reader,
): Html {
  const { say } = reader
  const shown = fieldOf(
    { ...field, name: ANSWER },
    {
      value,
      error: fault && say(fault.zh, fault.en ?? fault.zh),
      reader,
      label:
        field.type === 'select' || field.type === 'area'
          ? say('请选择', 'Choose')
          : say('请填写', 'Your answer'),
    },
  )
  return html`${shown}<p><button>${say('保存, 下一步', 'Save and go on')}</button></p>`
}
