/** What every check of an identifier answers: parts, or what is wrong. A message never holds the number. */
export type Checked<Parts extends object = object> =
  | ({ readonly ok: true } & Parts)
  | {
      readonly ok: false
      readonly code: 'format' | 'length' | 'component' | 'checksum'
      readonly message: { readonly zh: string; readonly en: string }
    }

/** A failed check. */
export const failed = (code: 'format' | 'length' | 'component' | 'checksum', zh: string, en: string) => ({
  ok: false as const,
  code,
  message: { zh, en },
})
