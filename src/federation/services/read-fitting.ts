/** 主动服务: services that fit a person or a firm, by rules that they see, from what they let be used, and from nothing else. */
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { regionOf } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { recordAccess } from '../audit/access.ts'
import { presentRow } from '../cases/record.ts'
import { ageOf } from '../consent/ages.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Subject, subjectIn } from '../holdings/holder.ts'
import { statusOf } from '../licences/present.ts'
import type { Service } from '../matters/search/services.ts'
import { type Choices, choicesOf } from './choices.ts'
import { type ConcludedCase, type Facts, fitting, type HeldLicence, type Reason } from './fitting.ts'
import { FIELDS_OF, type Rule, rulesOn, serviceKey } from './rules.ts'

/** A service with every reason for which it is shown. */
export interface FittingService {
  readonly service: Service
  readonly reasons: readonly Reason[]
}

export interface Fitting {
  readonly choices: Choices
  /** None without consent. */
  readonly services: readonly FittingService[]
}

/**
 * Reads only the facts that some rule needs which is switched on, and records that before. Without a consent nothing is read.
 * @throws GatewayError `PERSON_REQUIRED`, `ASSURANCE_TOO_LOW`
 */
export async function readFitting(actor: Actor, deps: Deps): Promise<Fitting> {
  const subject = await subjectIn(actor, deps)
  const choices = choicesOf(subject, await deps.store.serviceChoices.read(subject.id), deps.now())
  const rules = choices.state === 'on' ? rulesOn(choices.audience, choices.hidden) : []
  const fields = new Set(rules.flatMap(({ when }) => FIELDS_OF[when.fact]))
  if (fields.size === 0) return { choices, services: [] }
  await recordAccess(
    {
      holder: subject.key,
      clock: 'access',
      act: 'services.fit',
      purpose: 'fittingServices',
      basis: 'consent',
      fields: [...fields],
      outcome: 'granted',
      role: 'holder',
    },
    actor,
    deps,
  )
  const facts = await factsFor(fields, subject, deps)
  return { choices, services: await servicesFor(fitting(rules, facts, deps.now()), choices, deps) }
}

async function factsFor(fields: ReadonlySet<string>, subject: Subject, deps: Deps): Promise<Facts> {
  const { idDocument } = subject.holder
  const [licences, cases] = await Promise.all([
    fields.has('licenceDetails') ? licencesOf(subject, deps) : undefined,
    fields.has('caseStatus') ? casesOf(subject, deps) : undefined,
  ])
  return {
    ...(fields.has('age') ? { age: ageOf(idDocument, deps.now()) } : {}),
    ...(fields.has('numberPlace') && idDocument.type === '111'
      ? { home: (subject.home && regionOf(subject.home)) || null }
      : {}),
    ...(licences ? { licences } : {}),
    ...(cases ? { cases } : {}),
  }
}

/** What the person looked up here and is valid. */
async function licencesOf({ id }: Subject, deps: Deps): Promise<readonly HeldLicence[]> {
  const { rows } = await deps.store.holdings.known(id, 'licence')
  return rows.flatMap((row) => {
    const found = deps.sealing.open<FoundLicence>(row.sealed)
    return row.region !== null && statusOf(found, deps.now()) === 'valid'
      ? [{ ...found, region: row.region }]
      : []
  })
}

/** Own cases that ended well. */
async function casesOf({ holder }: Subject, deps: Deps): Promise<readonly ConcludedCase[]> {
  const rows = await deps.store.cases.listOwn(
    { holderKeys: deps.sealing.identities(holder.idDocument), mandateIds: [] },
    { status: ['COMPLETED', 'DELIVERED'], limit: LIMITS.fittingCases },
  )
  return rows.flatMap((row) => {
    const decision = presentRow(row, deps.sealing).result?.decision ?? null
    // A region that tells no decision has ended the case, and that is all that is known.
    const isGranted = decision === null || decision === 'granted'
    const on = formatInstant(row.completedAt ?? row.changedAt).slice(0, 10)
    return isGranted ? [{ matter: row.matterName, on }] : []
  })
}

/** Each service once, with all its reasons; a matter that no catalogue names is not shown. */
async function servicesFor(
  reasons: readonly Reason[],
  { hidden }: Choices,
  { finder }: Deps,
): Promise<readonly FittingService[]> {
  const names = new Set(reasons.flatMap(({ rule }) => rule.matters))
  const shown = [...names].filter((matter) => !hidden.includes(serviceKey(matter)))
  const found = await Promise.all(
    shown.map(async (matter) => {
      const service = await finder.serviceOf(matter)
      const why = reasons.filter(({ rule }: { readonly rule: Rule }) => rule.matters.includes(matter))
      return service ? [{ service, reasons: why }] : []
    }),
  )
  return found.flat()
}
