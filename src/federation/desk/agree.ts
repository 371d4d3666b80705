/** The person agrees, on their own phone or on paper. Only then the gateway looks into what it knows of them. */
import { GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import { matterFactsOf } from '../cases/matter-facts.ts'
import type { FiledContent } from '../cases/record.ts'
import type { Actor, Deps } from '../deps.ts'
import { personOf } from '../identity/principal.ts'
import { type Previewed, previewRelease } from '../preview/preview.ts'
import {
  changeDeskCase,
  type DeskCase,
  type DeskContent,
  deskFacts,
  forPerson,
  type KnownValue,
  requireOpen,
  type Spared,
} from './content.ts'
import { matterOf } from './take-in.ts'

const EARLIER_CASES = 20
const WAITING_AT_MOST = 20

const EARLIER = { zh: '以前的办件', en: 'an earlier case' } as const

/** What a person's windows wait for: cases that are open, with a matter, without their word. @throws GatewayError `PERSON_REQUIRED` */
export async function waitingForMe(actor: Actor, deps: Deps): Promise<readonly DeskCase[]> {
  const rows = await deps.store.deskCases.ofPerson(personOf(actor).personId, WAITING_AT_MOST)
  return rows
    .filter(({ matterId }) => matterId !== null)
    .map((row) => ({ row, content: deps.sealing.open<DeskContent>(row.sealed) }))
}

/** One of them. @throws GatewayError `DESK_CASE_NOT_FOUND` also for another person's */
export async function myDeskCase(id: string, actor: Actor, deps: Deps): Promise<DeskCase> {
  const row = await deps.store.deskCases.read(id)
  const content = row && deps.sealing.open<DeskContent | null>(row.sealed)
  const isMine = row?.personId === personOf(actor).personId
  if (!row || !content || !isMine || row.matterId === null) throw new GatewayError('DESK_CASE_NOT_FOUND')
  return { row, content }
}

/** The one preview for a case at a desk: the same that the person sees when they file by themselves. */
export const previewAt = ({ row }: DeskCase, actor: Actor, deps: Deps): Promise<Previewed> =>
  previewRelease({ matter: row.matterId, division: row.division, cities: '*' }, actor, deps)

/**
 * The person's word, given on their own phone. @param spared licences and photos for which they have just given a consent
 * @throws GatewayError `DESK_STEP_MISSING` for one that is handed over, `DESK_CHANGED`
 */
export async function agreeOnPhone(
  desk: DeskCase,
  previewed: Previewed,
  spared: readonly Spared[],
  actor: Actor,
  deps: Deps,
): Promise<void> {
  // Twice is once.
  if (desk.row.consent !== null) return
  await agreed(desk, 'phone', previewed, spared, actor, deps)
}

/**
 * The person takes their word back before the case is handed over: what was looked up is forgotten, and the desk stands still again.
 * @throws GatewayError `DESK_STEP_MISSING` afterwards: then the case itself is withdrawn
 */
export async function takeBack(desk: DeskCase, actor: Actor, deps: Deps): Promise<void> {
  requireOpen(desk)
  if (desk.row.consent === null) return
  const content: DeskContent = { ...desk.content, known: [], spared: [], typed: {} }
  const facts = deskFacts(desk, 'takeBack', { fields: [], clock: 'provision', basis: 'holder' }, deps)
  await changeDeskCase(desk, { consent: null, consentAt: null, content }, [facts], actor, deps)
}

/** The person's word on paper, which a second clerk has compared with its original. */
export async function agreeOnPaper(desk: DeskCase, actor: Actor, deps: Deps): Promise<void> {
  if (desk.row.consent !== null) return
  const consented: DeskCase = { ...desk, row: { ...desk.row, consent: 'paper' } }
  const previewed = await previewAt(desk, forPerson(consented, actor), deps)
  await agreed(desk, 'paper', previewed, [], actor, deps)
}

async function agreed(
  desk: DeskCase,
  how: 'phone' | 'paper',
  previewed: Previewed,
  spared: readonly Spared[],
  actor: Actor,
  deps: Deps,
): Promise<void> {
  requireOpen(desk)
  const { matter } = await matterOf(desk, deps)
  const known = await knownOf(desk, matter, previewed, deps)
  const facts = deskFacts(
    desk,
    'agree',
    { fields: ['application', 'licenceDetails'], clock: 'provision', basis: 'consent' },
    deps,
  )
  await changeDeskCase(
    desk,
    {
      consent: how,
      consentAt: deps.now(),
      content: { ...desk.content, known, spared },
    },
    [facts],
    actor,
    deps,
  )
}

/** All that nobody needs to type: from the log-in and the licences first, then from what was filed before. */
async function knownOf(
  { content }: DeskCase,
  matter: Matter,
  { preview, form }: Previewed,
  deps: Deps,
): Promise<readonly KnownValue[]> {
  const sources = new Map(preview.fields.map(({ pointer, source }) => [pointer, source?.name]))
  const fromNow = Object.entries(form).map(([name, value]): KnownValue => {
    const source = sources.get(`/form/${name}`) ?? '电子证照'
    return { pointer: `/form/${name}`, value, from: { zh: source, en: source } }
  })
  const earlier = await earlierValues(content, matter, deps)
  return [...fromNow, ...earlier.filter(({ pointer }) => !fromNow.some((one) => one.pointer === pointer))]
}

/** Values of the person's earlier cases under the very labels of the form, the newest first. */
async function earlierValues(
  { person }: DeskContent,
  matter: Matter,
  { store, sealing }: Deps,
): Promise<readonly KnownValue[]> {
  const party = { holderKeys: sealing.identities(person.idDocument), mandateIds: [] }
  const rows = await store.cases.listOwn(party, { limit: EARLIER_CASES })
  const found = new Map<string, string>()
  const note = (pointer: string, value: string | null | undefined) => {
    if (value && !found.has(pointer)) found.set(pointer, value)
  }
  for (const row of rows.filter(({ origin }) => origin === 'filed')) {
    const { application } = sealing.open<FiledContent>(row.filedSealed)
    const facts = await matterFactsOf(row, store)
    note('/applicant/mobile', application.applicant.mobile)
    note('/applicant/address', application.applicant.address)
    for (const { name, label, options, maxLength } of matter.form.fields) {
      const before = [...(facts?.names.fields ?? [])].find(([, { zh }]) => zh === label.zh)
      const value = before && application.form[before[0]]
      const isTaken =
        (!options || options.length === 0 || options.some((one) => one.value === value)) &&
        (maxLength === undefined || [...(value ?? '')].length <= maxLength)
      if (isTaken) note(`/form/${name}`, value)
    }
  }
  return [...found].map(([pointer, value]) => ({ pointer, value, from: EARLIER }))
}
