/** A resident with a case in Hangzhou, and the pages on which they follow it. */
import { openSession } from '../../src/federation/identity/sessions.ts'
import type { ClerkAct } from '../../src/sandbox/simulated.ts'
import { storyOf } from '../flow/stories.ts'
import { asPerson, browserOf, type Somebody, somebody } from '../support/as-person.ts'
import { file, type TestGateway, upload } from '../support/gateway.ts'

export const HANGZHOU = '330100'
const story = storyOf('zhejiang')

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
let persons = 0

/** A number that nobody has, another one each time. */
function anybody(): string {
  persons += 1
  const first17 = `33010619050505${String(persons).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(first17[place]), 0)
  return `${first17}${'10X98765432'[sum % 11]}`
}

/** Somebody new. */
export const resident = (
  gateway: TestGateway,
  over: { name?: string; loa?: 1 | 3 } = {},
): Promise<Somebody> =>
  somebody({ name: '测试居民', number: anybody(), region: 'shanghai', loa: 3, ...over }, gateway)

/** Files for a person, with what the case's page needs of it. @param over of the application */
export async function caseOf(person: Somebody, gateway: TestGateway, over: object = {}) {
  const caller = await asPerson(person, gateway)
  const paper = await upload(caller, 'a.pdf')
  const application = story.application(paper)
  // The region has no licence of somebody whom it never met.
  const documents = application.documents.map((one) =>
    (one as { mode: string }).mode === 'licence'
      ? { id: (one as { id: string }).id, mode: 'upload', uploads: [paper] }
      : one,
  )
  const filed = await file(caller, {
    ...application,
    documents,
    applicant: { ...(application['applicant'] as object), name: person.name, idDocument: person.idDocument },
    ...over,
  })
  if (filed.status !== 201) throw new Error(`filing: ${filed.status} ${JSON.stringify(filed.body)}`)
  return {
    id: filed.body.id as string,
    number: filed.body.caseNumber as string,
    path: `/me/cases/${filed.body.id}`,
  }
}

/** What a clerk of Hangzhou does with a case; the region tells us by a callback. */
export const clerk = (gateway: TestGateway, number: string, act: ClerkAct) =>
  gateway.region('zhejiang').region.advance(number, act)

/** The clerk asks for a correction as the story has it. */
export const complain = (gateway: TestGateway, number: string, opinion = '新住址不完整, 请补上门牌号') =>
  clerk(gateway, number, { to: 'CORRECTION_REQUIRED', opinion, ...story.complaint })

/** A resident, their browser and a case. */
export async function followed(gateway: TestGateway, over: object = {}) {
  const person = await resident(gateway)
  const one = await caseOf(person, gateway, over)
  return { person, browser: await browserOf(person, gateway), ...one }
}

/** The words of a page, without its marks: what somebody reads. */
export const wordsOf = (text: string): string =>
  (/<main[^>]*>(.*)<\/main>/s.exec(text)?.[1] ?? '').replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ')

/** A page as somebody sees it who reads English. */
export async function inEnglish(
  person: Somebody,
  { url, gateway }: TestGateway,
  path: string,
): Promise<string> {
  const secret = await openSession(person.authentication, 'test', gateway.deps)
  const answer = await fetch(url + path, { headers: { cookie: `__Host-delta=${secret}; delta-reading=en` } })
  return answer.text()
}
