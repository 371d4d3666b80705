/** 快办: what is decided at once, online, without material and with few questions is done on one page and the page with everything. */
import { LIMITS } from '../../config.ts'
import type { Matter } from '../../schemas/matter.ts'

/** What a matter's own data say of it. */
export interface QuickFacts {
  readonly fileable: boolean
  readonly mode?: string | null | undefined
  readonly handling?: string | null | undefined
  /** Of its documents. */
  readonly necessities: readonly string[]
  /** Of its form's fields: whether each is required. */
  readonly asksFor: readonly boolean[]
}

/** Nothing is guessed: a matter of which its region does not say that it is instant (即办件) and online is not quick. */
export const isQuickBy = ({ fileable, mode, handling, necessities, asksFor }: QuickFacts): boolean =>
  fileable &&
  mode === 'online' &&
  handling === 'instant' &&
  !necessities.includes('required') &&
  asksFor.filter(Boolean).length <= LIMITS.quickFields

export const isQuick = ({ fileable, mode, handling, documents, form }: Matter): boolean =>
  isQuickBy({
    fileable,
    mode,
    handling,
    necessities: documents.map(({ necessity }) => necessity),
    asksFor: form.fields.map(({ required }) => required),
  })
