/** Which matters make which document of a photo, and which of a matter's documents is the photo. */
import book from '../../../data/photo-uses.json' with { type: 'json' }
import { DOCUMENTS, type DocumentKind } from '../../pictures/rules.ts'
import type { Matter, MatterDocument } from '../../schemas/matter.ts'

const documentOf = (text: string): DocumentKind => {
  const found = DOCUMENTS.find((one) => one === text)
  if (!found) throw new Error(`data/photo-uses.json names a document that has no rule: ${text}`)
  return found
}

const uses = new Map(
  book.uses.flatMap(({ document, matters }) => matters.map((name) => [name, documentOf(document)] as const)),
)

/** The document that a matter makes of a photo; `undefined` where nobody has told. */
export const documentMadeBy = (matter: Pick<Matter, 'name'>): DocumentKind | undefined =>
  uses.get(matter.name.zh)

/** Names of the matters that make a document. */
export const mattersMaking = (document: DocumentKind): readonly string[] =>
  [...uses].flatMap(([name, made]) => (made === document ? [name] : []))

/** Whether a document of a matter is a photo of the applicant: its region says so, or it is called one. */
export const isPhoto = ({ isPhoto: told, name }: Pick<MatterDocument, 'isPhoto' | 'name'>): boolean =>
  told === true || /照片|证件照/.test(name.zh)
