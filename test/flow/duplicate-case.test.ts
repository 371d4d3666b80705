/** The same case is open over there already: its number is told to the client that filed it, and to nobody else. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { storyOf } from './stories.ts'

const story = storyOf('shanghai')
let gateway: TestGateway
let [own, other]: Caller[] = []
beforeAll(async () => {
  gateway = await startTestGateway()
  own = await gateway.as(story.client)
  other = await gateway.as('sandbox-zhejiang')
  await gateway.sync(story.division)
})
afterAll(() => gateway.close())

test('a second application of one person for one matter', async () => {
  const [mine, theirs] = [own as Caller, other as Caller]
  const applicant = story.application('u')['applicant']
  const by = async (caller: Caller) => ({
    ...story.application(await upload(caller, 'a.pdf')),
    applicant,
  })
  const first = await file(mine, await by(mine))
  expect(first.status).toBe(201)

  const again = await file(mine, await by(mine))
  expect([again.status, again.body.code]).toEqual([409, 'DUPLICATE_CASE'])
  expect(again.body.facts).toMatchObject({ caseNumber: first.body.caseNumber, case: first.body.id })

  const foreign = await file(theirs, await by(theirs))
  expect([foreign.status, foreign.body.code]).toEqual([409, 'DUPLICATE_CASE'])
  expect(JSON.stringify(foreign.body)).not.toContain(first.body.caseNumber)
  expect(foreign.body.facts).not.toHaveProperty('case')
})
