/** How the address of a result names its parts: nothing of a person, only references that are checked when they are read. */
import { PROBLEMS, type ProblemCode } from '../../errors.ts'
import type { Pick } from './preview-choice.ts'

/** A document and the photo or licence that stands for it. */
export type Use = Omit<Pick, 'kind'>

/** A photo that was made ready, or why not. */
export interface Prepared {
  readonly document: string
  readonly uploadId?: string
  readonly problem?: ProblemCode
}

export interface Parts {
  readonly consents: readonly string[]
  readonly uses: readonly Use[]
  readonly prepared: readonly Prepared[]
}

/** Stands between a document's id and a reference, which never holds it. */
const SEPARATOR = '~'
const MOST = 60

const joined = (document: string, reference: string) => `${document}${SEPARATOR}${reference}`
function split(text: string): readonly [document: string, reference: string] {
  const at = text.lastIndexOf(SEPARATOR)
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)]
}

/** Where the result of a preview stands. */
export const doneAddress = (
  consents: readonly string[],
  uses: readonly Use[],
  prepared: readonly Prepared[],
): string =>
  `/me/preview/done?${new URLSearchParams([
    ...consents.map((id) => ['consent', id]),
    ...uses.map(({ document, holding }) => ['use', joined(document, holding)]),
    ...prepared.flatMap(({ document, uploadId, problem }) => [
      ...(uploadId === undefined ? [] : [['upload', joined(document, uploadId)]]),
      ...(problem === undefined ? [] : [['problem', joined(document, problem)]]),
    ]),
  ])}`

const isProblem = (text: string): text is ProblemCode => Object.hasOwn(PROBLEMS, text)

/** Reads an address or a form. */
export function partsIn(fields: URLSearchParams | FormData): Parts {
  const many = (name: string) => fields.getAll(name).slice(0, MOST).map(String)
  return {
    consents: [...new Set(many('consent'))],
    uses: many('use').map((text) => {
      const [document, holding] = split(text)
      return { document, holding }
    }),
    prepared: [
      ...many('upload').map((text): Prepared => {
        const [document, uploadId] = split(text)
        return { document, uploadId }
      }),
      ...many('problem').flatMap((text): Prepared[] => {
        const [document, problem] = split(text)
        return isProblem(problem) ? [{ document, problem }] : []
      }),
    ],
  }
}
