/** 谁看了我的材料: one's own records, the newest first, over both clocks. Read from the database each time: a look is there at once. */
import { type Access, AccessRecord } from '../../schemas/access.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { validator } from '../../schemas/validate.ts'
import type { AccessPlace, AccessRecordRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { requireWhole } from '../identity/codes.ts'
import { personOf, subjectContent } from '../identity/principal.ts'
import { questionState } from './question-state.ts'

export interface AccessAsk {
  readonly limit: number
  readonly before?: AccessPlace | undefined
  /** `granted`, `refused`, or one problem code. */
  readonly outcome?: string | undefined
  readonly body?: string | undefined
  /** Whether one's own looks are left out. */
  readonly hidesOwn: boolean
}

const check = validator(AccessRecord)

/** The keys under which the records of the person, or of the firm for which they are logged in, stand. */
export async function holderKeysOf(actor: Actor, deps: Deps): Promise<readonly string[]> {
  const principal = personOf(actor)
  requireWhole(actor)
  return deps.sealing.identities((await subjectContent(principal, deps)).idDocument)
}

/** What is stored, as this room wrote it. @throws Error for a row that was changed beyond reading: `audit verify` says which */
export function recordIn(row: Pick<AccessRecordRow, 'record'>): AccessRecord {
  if (check(row.record)) throw new Error('a record of access does not have its form')
  // It has just been checked.
  return row.record as AccessRecord
}

/**
 * A page of one's own records.
 * @throws GatewayError `PERSON_REQUIRED`; `AUDIENCE_MISMATCH` for a token that is narrowed to a place
 */
export async function listAccesses(
  { limit, before, outcome, body, hidesOwn }: AccessAsk,
  actor: Actor,
  deps: Deps,
): Promise<{ readonly items: readonly Access[]; readonly next: AccessPlace | undefined }> {
  const holderKeys = await holderKeysOf(actor, deps)
  const found = await deps.store.accesses.list(holderKeys, {
    before,
    body,
    outcome,
    withoutOwn: hidesOwn,
    // One more than asked for tells whether there is a next page.
    limit: limit + 1,
  })
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return { items: await shown(holderKeys, rows, deps), next: last && { at: last.at, id: last.id } }
}

/** Records with the names of their matters and what was asked about them. */
async function shown(
  holderKeys: readonly string[],
  rows: readonly AccessRecordRow[],
  deps: Deps,
): Promise<readonly Access[]> {
  const records = rows.map((row) => ({ row, record: recordIn(row) }))
  const asked = await deps.store.questions.about(
    holderKeys,
    rows.map(({ id }) => id),
  )
  const questions = new Map(asked.map((one) => [one.accessId, one]))
  const names = await matterNames(
    records.map(({ record }) => record.matter),
    deps,
  )
  return records.map(({ row: { id, at }, record: { matter, ...record } }) => {
    const question = questions.get(id)
    return {
      id,
      at: formatInstant(at),
      ...record,
      matter: matter === null ? null : { id: matter, name: names.get(matter) ?? matter },
      question: question ? questionState(question, deps) : null,
    }
  })
}

/** Names of matters by their ids; one that the catalogue does not know any more keeps its id. */
export async function matterNames(
  ids: readonly (string | null)[],
  { catalogue }: Pick<Deps, 'catalogue'>,
): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids)].filter((id) => id !== null)
  return new Map(
    await Promise.all(
      known.map(async (id) => [id, (await catalogue.current(id))?.matter.name.zh ?? id] as const),
    ),
  )
}
