/** What nobody needs to be asked: what the log-in and the licences tell, what was answered before, and where there is no choice. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Actor, Deps } from '../deps.ts'
import { previewRelease } from '../preview/preview.ts'
import type { Answer, DraftContent } from './content.ts'
import { whoseIn } from './open-draft.ts'

type Answers = Readonly<Record<string, Answer>>

/** Answers that are the person's and not one application's. */
const STAYING = ['mobile', 'sourceDivision', 'legalRepresentative'] as const

const MATTER = { name: '这个事项, 没有别的选择', en: 'the matter, which leaves no choice' }
const EARLIER = { name: '您上次的申请', en: 'your last application' }

/** Values of the log-in and the licences, each with its source. What cannot be had now is asked on a page of its own. */
async function fromRegions({ id: matter }: Matter, actor: Actor, deps: Deps): Promise<Answers> {
  try {
    const { form, preview } = await previewRelease({ matter, cities: '*' }, actor, deps)
    const sources = new Map(preview.fields.map(({ pointer, source }) => [pointer, source]))
    return Object.fromEntries(
      Object.entries(form).map(([name, value]) => {
        const source = sources.get(`/form/${name}`)
        return [`form.${name}`, { value, version: 1, ...(source ? { source: { name: source.name } } : {}) }]
      }),
    )
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    deps.log.info({ reason: error.code, matter }, 'a draft starts without what the regions know')
    return {}
  }
}

/** What the same log-in answered when it last filed for itself. */
async function fromEarlier(actor: Actor, deps: Deps): Promise<Answers> {
  const rows = await deps.store.drafts.filed(whoseIn(actor), LIMITS.draftsLookedAt)
  const last = rows
    .map(({ contentSealed }) => deps.sealing.open<DraftContent>(contentSealed))
    .find(({ mandate }) => !mandate)
  return Object.fromEntries(
    STAYING.flatMap((key) => {
      const value = last?.answers[key]?.value ?? ''
      return value === '' ? [] : [[key, { value, version: 1, source: EARLIER }] as const]
    }),
  )
}

/** Where a matter leaves one choice. */
function withoutChoice({ divisions, deliveryModes = [] }: Matter): Answers {
  const [division, ...cities] = divisions
  const [delivery, ...modes] = deliveryModes
  return {
    ...(division && cities.length === 0 ? { division: { value: division, version: 1, source: MATTER } } : {}),
    ...(delivery && modes.length === 0 ? { delivery: { value: delivery, version: 1, source: MATTER } } : {}),
  }
}

/** For another nothing is looked up: their papers are not the agent's to see, and the agent's are not theirs. */
export async function knownFor(
  matter: Matter,
  { isForAnother }: { readonly isForAnother: boolean },
  actor: Actor,
  deps: Deps,
): Promise<Answers> {
  if (isForAnother) return withoutChoice(matter)
  const [earlier, regions] = await Promise.all([fromEarlier(actor, deps), fromRegions(matter, actor, deps)])
  return { ...earlier, ...regions, ...withoutChoice(matter) }
}
