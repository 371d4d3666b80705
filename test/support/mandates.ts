/** Mandates for tests: made through the verbs, as the doors make them. */
import type { Actor } from '../../src/federation/deps.ts'
import { acceptMandate } from '../../src/federation/mandates/answer.ts'
import { type Offered, offerMandate } from '../../src/federation/mandates/offer.ts'
import { formatInstant } from '../../src/schemas/instants.ts'
import { storyOf } from '../flow/stories.ts'
import { type Somebody, somebody } from './as-person.ts'
import { type Caller, type TestGateway, upload } from './gateway.ts'
import { residentNumber } from './person-token.ts'

/** A person as the verbs see them, through a page of ours. */
export const acting = ({ principal }: Somebody): Actor => ({
  clientId: 'portal',
  requestId: 'req_test',
  principal,
})

const DAY_MS = 86_400_000
/** A moment some days from now, as the API writes it. */
export const inDays = (days: number): string => formatInstant(new Date(Date.now() + days * DAY_MS))

/** What is offered unless a test says otherwise: everything in all four regions, for a month. */
export const terms = (over: object = {}): object => ({
  matters: ['*'],
  regions: ['shanghai', 'jiangsu', 'zhejiang', 'anhui'],
  until: inDays(30),
  ...over,
})

export const offering = (giver: Somebody, { gateway }: TestGateway, over?: object): Promise<Offered> =>
  offerMandate(terms(over), { dryRun: false }, acting(giver), gateway.deps)

/** Offered and accepted. @returns the mandate's id */
export async function given(
  giver: Somebody,
  receiver: Somebody,
  gateway: TestGateway,
  over?: object,
): Promise<string> {
  const { code } = await offering(giver, gateway, over)
  return (await acceptMandate(code, acting(receiver), gateway.gateway.deps)).id
}

let persons = 0
/** Somebody whom nobody has met. */
export const newcomer = (gateway: TestGateway, over: object = {}): Promise<Somebody> => {
  persons += 1
  return somebody({ name: `测试${persons}`, number: residentNumber(persons), ...over }, gateway)
}

/** The applicant of Zhejiang's story, whom the played region knows. */
export const applicantOf = (gateway: TestGateway, over: object = {}): Promise<Somebody> =>
  somebody({ name: '测试甲', number: '33010619010203101X', ...over }, gateway)

/** Zhejiang's application, filed by an agent on a mandate. */
export async function onBehalf(
  caller: Caller,
  agent: Somebody,
  mandate: string | undefined,
): Promise<Record<string, unknown>> {
  const application = storyOf('zhejiang').application(await upload(caller, 'a.pdf'))
  return {
    ...application,
    agent: {
      name: agent.name,
      idDocument: agent.idDocument,
      mobile: '10000000009',
      ...(mandate === undefined ? {} : { mandate }),
    },
  }
}
