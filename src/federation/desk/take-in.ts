/** The first steps at the desk: the person shows a code, and the matter is chosen. */
import { setTimeout as pause } from 'node:timers/promises'
import { GatewayError } from '../../errors.ts'
import type { Loa } from '../../schemas/common.ts'
import { cityOf } from '../../schemas/division.ts'
import type { Matter } from '../../schemas/matter.ts'
import { REGION_IDS } from '../../schemas/regions.ts'
import type { MatterRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { scanPerson } from '../identity/scan.ts'
import { newId } from '../ids.ts'
import { changeDeskCase, type DeskCase, type DeskContent, requireOpen } from './content.ts'
import type { AtDesk } from './enter.ts'
import { isMode, modesOf } from './flows.ts'

const FOUND_AT_MOST = 30
const MOST_CHARACTERS = 100
/** How often, and after which pause, the second of two clicks looks for what the first has made. */
const LOOKS = 5
const LOOK_MS = 40

/** The name that a page gives to the case which its form will open: a form that is sent twice opens one. */
export const newDeskCaseId = (now: Date): string => newId('dsk', now)
export const isDeskCaseId = (id: string): boolean => /^dsk_[0-9a-z]{25}$/.test(id)

/** @throws GatewayError what `scanPerson` throws; `DESK_CASE_NOT_FOUND` for a name that no page has given */
export async function takeIn(
  asked: { readonly id: string; readonly code: string },
  { clerk }: AtDesk,
  actor: Actor,
  deps: Deps,
): Promise<string> {
  if (!isDeskCaseId(asked.id)) throw new GatewayError('DESK_CASE_NOT_FOUND')
  const { store, now, sealing } = deps
  const isThere = async () => (await store.deskCases.read(asked.id))?.clerkId === clerk.id
  if (await isThere()) return asked.id
  const scanned = await scanPerson({ code: asked.code, purpose: 'window' }, actor, deps).catch(
    async (error: unknown) => {
      if (!(error instanceof GatewayError) || error.code !== 'IDENTITY_CODE_USED') throw error
      for (let look = 0; look < LOOKS; look += 1) {
        if (await isThere()) return undefined
        await pause(LOOK_MS)
      }
      throw error
    },
  )
  if (!scanned) return asked.id
  const { learned, personId } = scanned
  const region = REGION_IDS.find((one) => one === learned.region)
  if (!region || learned.loa === undefined) throw new GatewayError('INTERNAL', { reason: 'scan' })
  const content: DeskContent = {
    person: { name: learned.name, idDocument: learned.idDocument },
    loa: learned.loa as Loa,
    region,
    known: [],
    spared: [],
    typed: {},
  }
  const moment = now()
  await store.deskCases.add({
    id: asked.id,
    clientId: clerk.clientId,
    clerkId: clerk.id,
    personId,
    matterId: null,
    division: null,
    sourceDivision: clerk.division,
    mode: null,
    state: 'open',
    consent: null,
    consentAt: null,
    sealed: sealing.seal(content),
    retyped: 0,
    corrected: 0,
    caseId: null,
    version: 0,
    createdAt: moment,
    changedAt: moment,
    handedAt: null,
  })
  return asked.id
}

/** Matters that people can apply for in a city, by words of their names. */
export async function findDeskMatters(
  q: string,
  city: string,
  { store }: Deps,
): Promise<readonly MatterRow[]> {
  const words = q.trim().slice(0, MOST_CHARACTERS)
  if (words === '' || !cityOf(city)) return []
  const rows = await store.matters.search({
    q: words,
    division: cityOf(city) ?? city,
    limit: FOUND_AT_MOST,
    document: { fileable: true },
  })
  return rows.filter(({ document }) => isForPeople(document as Matter))
}

const isForPeople = ({ subjects }: Matter): boolean => subjects.length === 0 || subjects.includes('person')

/** The matter that was chosen for a case. @throws GatewayError `DESK_STEP_MISSING` before one is */
export async function matterOf(
  { row }: DeskCase,
  { catalogue }: Deps,
): Promise<{ readonly matter: Matter; readonly division: string }> {
  const found = row.matterId === null ? undefined : await catalogue.current(row.matterId)
  if (!found || row.division === null) throw new GatewayError('DESK_STEP_MISSING', { step: 'matter' })
  return { matter: found.matter, division: row.division }
}

/**
 * Chooses the matter, and the way in which it is handled. Whoever agreed, agreed to a matter: afterwards it stands.
 * @throws GatewayError `MATTER_NOT_FOUND`, `MATTER_NOT_FILEABLE`, `MATTER_NOT_OFFERED`, `DESK_STEP_MISSING`, `DESK_CHANGED`
 */
export async function chooseDeskMatter(
  desk: DeskCase,
  asked: { readonly matter: string; readonly division: string; readonly mode?: string },
  actor: Actor,
  deps: Deps,
): Promise<void> {
  requireOpen(desk)
  if (desk.row.consent !== null) throw new GatewayError('DESK_STEP_MISSING', { step: 'consent' })
  const found = await deps.catalogue.current(asked.matter)
  if (!found) throw new GatewayError('MATTER_NOT_FOUND', { matter: asked.matter })
  const { matter } = found
  if (!matter.fileable || !matter.region || !isForPeople(matter))
    throw new GatewayError('MATTER_NOT_FILEABLE', { matter: matter.id })
  const city = cityOf(asked.division)
  if (!city || !matter.divisions.includes(city))
    throw new GatewayError('MATTER_NOT_OFFERED', { division: asked.division.slice(0, 12) })
  const [first = 'onBehalf'] = modesOf(matter)
  const mode = isMode(asked.mode) && modesOf(matter).includes(asked.mode) ? asked.mode : first
  await changeDeskCase(desk, { matterId: matter.id, division: city, mode }, [], actor, deps)
}
