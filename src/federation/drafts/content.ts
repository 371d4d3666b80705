/** What a draft holds, and how it becomes an application. */
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Candidate } from '../../schemas/preview.ts'
import type { DraftRow } from '../../store/index.ts'
import type { PersonContent } from '../identity/persons.ts'

/** One answer, with the version of the draft in which it was given: so a tab knows whether it has seen it. */
export interface Answer {
  readonly value: string
  readonly version: number
  /** Where it was taken from, where nobody typed it. */
  readonly source?: { readonly name: string; readonly en?: string }
}

/** A photo or a licence of the one preview that stands for a document, as its person knows it. */
export interface StandsFor {
  readonly kind: Candidate['kind']
  readonly holding: string
  readonly name: string
}

/** A document as it will be handed in, with what the person is told of it and the version in which it was chosen. */
export type DraftDocument = DocumentEntry & {
  readonly version?: number
  readonly fileName?: string
  readonly standsFor?: StandsFor
}

/** The answer of somebody who hands a document in in no way. A word of ours: no page shows it. */
export const LEFT_OUT = 'skipped'

/** The place among the answers for a document that is handed in in no way. */
export const documentKey = (id: string): string => `doc.${id}`

export interface DraftContent {
  readonly matter: string
  /** By key: `form.<field>`, `division`, `mobile`, `legalRepresentative`, `delivery`, `address`; `doc.<id>` for what is left out. */
  readonly answers: Readonly<Record<string, Answer>>
  readonly documents: readonly DraftDocument[]
  /** On which mandate it is filed for somebody else. */
  readonly mandate?: { readonly id: string; readonly giverId: string }
}

/** A draft, opened. */
export interface Draft {
  readonly row: DraftRow
  readonly content: DraftContent
  readonly matter: Matter
  /** Who applies: the person, the firm of the log-in, or whoever gave the mandate. */
  readonly subject: PersonContent
  /** Who types. */
  readonly person: PersonContent
}

const FIRM = '001'
export const isFirm = ({ subject }: Pick<Draft, 'subject'>): boolean => subject.idDocument.type === FIRM

export const answerTo = ({ content }: Pick<Draft, 'content'>, key: string): string =>
  content.answers[key]?.value ?? ''

const optional = <K extends string>(name: K, value: string) =>
  (value === '' ? {} : { [name]: value }) as { readonly [key in K]?: string }

/** The application as it stands; what is wrong with it, the checks of a filing say. */
export function applicationOf(draft: Draft): Application {
  const { matter, subject, person, content } = draft
  const mobile = answerTo(draft, 'mobile')
  const division = answerTo(draft, 'division')
  const form = matter.form.fields.flatMap(({ name }) => {
    const value = answerTo(draft, `form.${name}`)
    return value === '' ? [] : [[name, value] as const]
  })
  return {
    matter: matter.id,
    division,
    sourceDivision: answerTo(draft, 'sourceDivision') || division,
    applicant: {
      kind: isFirm(draft) ? 'organisation' : 'person',
      name: subject.name,
      idDocument: subject.idDocument,
      ...optional('mobile', mobile),
      ...optional('legalRepresentative', answerTo(draft, 'legalRepresentative')),
    },
    ...(isFirm(draft) || content.mandate
      ? {
          agent: {
            name: person.name,
            idDocument: person.idDocument,
            ...optional('mobile', mobile),
            ...optional('mandate', content.mandate?.id ?? ''),
          },
        }
      : {}),
    form: Object.fromEntries(form),
    documents: content.documents.map(entryOf),
    ...deliveryOf(draft, mobile),
  }
}

/** What a region is told of a document. */
const entryOf = ({ version: _version, fileName: _name, standsFor: _what, ...entry }: DraftDocument) => entry

function deliveryOf(draft: Draft, mobile: string): Pick<Application, 'delivery'> {
  const mode = draft.matter.deliveryModes?.find((one) => one === answerTo(draft, 'delivery'))
  if (!mode) return {}
  if (mode !== 'post') return { delivery: { mode } }
  return {
    delivery: {
      mode,
      name: draft.person.name,
      ...optional('mobile', mobile),
      ...optional('address', answerTo(draft, 'address')),
    },
  }
}
