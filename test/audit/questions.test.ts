/** 为什么查我: asked once a record by its holder, answered once by the body that was asked, in five working days. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addWorkingDays } from '../../src/federation/working-days.ts'
import { storyOf } from '../flow/stories.ts'
import { asPerson, browserOf, type Somebody } from '../support/as-person.ts'
import { commandBeside } from '../support/command.ts'
import {
  type Caller,
  file,
  startTestGateway,
  type TestGateway,
  type Told,
  upload,
} from '../support/gateway.ts'
import { holder, inDatabase } from '../support/holdings.ts'
import { residentNumber } from '../support/person-token.ts'

let gateway: TestGateway
let own: Caller
let person: Somebody
let shanghai: Caller
let anhui: Caller
let caseId: string
/** A look of Shanghai's at the case, fresh for every test. */
let access: string

const list = async (query = ''): Promise<Told['body'][]> =>
  (await own('GET', `/api/v1/me/accesses${query}`)).body.items
const ask = (id: string, text: unknown = '为什么查我的办件?', caller = own) =>
  caller('POST', `/api/v1/me/accesses/${id}/question`, { text })
const answer = (id: string, caller = shanghai, text: unknown = '为您办理社保卡时核对进度。') =>
  caller('POST', `/api/v1/questions/${id}/answer`, { text })

beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
  shanghai = await gateway.as('sandbox-shanghai', 'cases persons')
  anhui = await gateway.as('sandbox-anhui', 'cases persons')
  const application = storyOf('jiangsu').application(await upload(shanghai, 'paper.pdf'))
  caseId = (await file(shanghai, application)).body.id
  const { name, idDocument } = application['applicant'] as { name: string; idDocument: { number: string } }
  ;({ own, person } = await holder({ name, number: idDocument.number }, gateway))
}, 60_000)
afterAll(() => gateway.close())
beforeEach(async () => {
  await shanghai('GET', `/api/v1/cases/${caseId}`)
  access = (await list('?body=sandbox-shanghai&limit=1'))[0].id
})

test('it is asked, stands open with its day, and is answered beside the record', async () => {
  const asked = await ask(access, '  为什么查我的办件?  ')
  const due = addWorkingDays(new Date(), 5)
  expect(asked).toMatchObject({
    status: 201,
    body: {
      text: '为什么查我的办件?',
      dueOn: due.on,
      isProvisional: due.isProvisional,
      isOverdue: false,
      answer: null,
    },
  })
  const { id } = asked.body
  const { body: put } = await shanghai('GET', '/api/v1/questions?state=open')
  expect(put.items[0]).toMatchObject({
    id,
    text: '为什么查我的办件?',
    access: {
      id: access,
      act: 'cases.read',
      caseIds: [caseId],
      outcome: 'granted',
      matter: { name: expect.any(String) },
    },
  })
  // The body learns nothing of the person that it did not know by its look.
  expect(JSON.stringify(put)).not.toContain(person.idDocument.number)
  expect((await answer(id)).body).toMatchObject({
    answer: '为您办理社保卡时核对进度。',
    answeredAt: expect.any(String),
  })
  const shown = (await list()).find((one) => one.id === access)
  expect(shown.question).toMatchObject({ id, answer: '为您办理社保卡时核对进度。', isOverdue: false })
  expect(
    (await shanghai('GET', '/api/v1/questions?state=open')).body.items.map((one: { id: string }) => one.id),
  ).not.toContain(id)
})

test('asking and answering are records themselves, on the clock of years', async () => {
  const { body } = await ask(access)
  await answer(body.id)
  const [answered, asked] = await list()
  expect(asked).toMatchObject({ act: 'questions.ask', role: 'holder', basis: 'holder' })
  expect(answered).toMatchObject({
    act: 'questions.answer',
    role: 'client',
    body: { id: 'sandbox-shanghai' },
    basis: 'duty',
  })
  await inDatabase(gateway, async (sql) => {
    const rows =
      await sql`select clock from accesses where id in (${asked.id as string}, ${answered.id as string})`
    expect(rows.map(({ clock }) => clock)).toEqual(['provision', 'provision'])
  })
})

test('words stand sealed in the database', async () => {
  const { body } = await ask(access, '只给对方看的话')
  await answer(body.id, shanghai, '只给本人看的话')
  const [row] = await inDatabase(
    gateway,
    (sql) => sql`select text_sealed, answer_sealed from access_questions where id = ${body.id as string}`,
  )
  const { sealing } = gateway.gateway.deps
  for (const [box, text] of [
    [row?.['text_sealed'], '只给对方看的话'],
    [row?.['answer_sealed'], '只给本人看的话'],
  ] as const) {
    expect(Buffer.from(box).includes('只给')).toBe(false)
    expect(sealing.open(Buffer.from(box))).toBe(text)
  }
})

test('of many who ask at once about one record, one is heard, and one record stands of it', async () => {
  const before = (await list('?limit=100')).length
  const told = await Promise.all(Array.from({ length: 6 }, () => ask(access)))
  expect(told.filter(({ status }) => status === 201)).toHaveLength(1)
  for (const { status, body } of told)
    if (status !== 201) expect([status, body.code]).toEqual([409, 'QUESTION_ASKED'])
  expect((await list('?limit=100')).length).toBe(before + 1)
})

test('of many answers at once one is kept', async () => {
  const { body } = await ask(access)
  const told = await Promise.all(
    Array.from({ length: 6 }, (_none, index) => answer(body.id, shanghai, `答复 ${index}`)),
  )
  expect(told.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const one of told) if (one.status !== 200) expect(one.body.code).toBe('QUESTION_ANSWERED')
})

test('it is overdue when its day is over, and in time on the day itself', async () => {
  const { body } = await ask(access)
  const state = async () => (await list()).find((one) => one.id === access).question.isOverdue
  const due = (day: Date) =>
    inDatabase(
      gateway,
      (sql) =>
        sql`update access_questions set due_on = ${addWorkingDays(day, 0).on} where id = ${body.id as string}`,
    )
  await due(new Date())
  expect(await state()).toBe(false)
  await due(new Date(Date.now() - 86_400_000))
  expect(await state()).toBe(true)
  expect((await shanghai('GET', '/api/v1/questions')).body.items[0].isOverdue).toBe(true)
  await answer(body.id)
  expect(await state()).toBe(false)
})

describe('it is refused', () => {
  test.each([
    ['nothing', '', 'BODY_INVALID'],
    ['blanks', '   ', 'BODY_INVALID'],
    ['too much', '问'.repeat(501), 'BODY_INVALID'],
    ['no text', 7, 'BODY_INVALID'],
  ])('with %s', async (_what, text, code) => {
    expect((await ask(access, text)).body.code).toBe(code)
  })

  test('of one’s own look', async () => {
    await own('GET', `/api/v1/cases/${caseId}`)
    const [look] = await list('?limit=1')
    expect(look.role).toBe('holder')
    expect(await ask(look.id)).toMatchObject({ status: 409, body: { code: 'QUESTION_TO_ONESELF' } })
  })

  test('of no record, and of another person’s as if there were none', async () => {
    const { own: other } = await holder({ name: '旁人', number: residentNumber(711) }, gateway)
    for (const told of [await ask('acc_none'), await ask(access, '?', other)])
      expect([told.status, told.body.code]).toEqual([404, 'ACCESS_NOT_FOUND'])
  })

  test('by a token that is narrowed to a region', async () => {
    const narrowed = await asPerson(person, gateway, { scope: 'persons', audience: { region: 'jiangsu' } })
    expect((await ask(access, '?', narrowed)).body.code).toBe('AUDIENCE_MISMATCH')
  })

  test('as a trial: nothing here can be tried without being done', async () => {
    const told = await own('POST', `/api/v1/me/accesses/${access}/question?dryRun=true`, { text: '?' })
    expect(told.body.code).toBe('PARAMETER_INVALID')
  })
})

describe('another', () => {
  test('client neither reads nor answers it', async () => {
    const { body } = await ask(access)
    expect((await anhui('GET', '/api/v1/questions')).body.items).toEqual([])
    expect(await answer(body.id, anhui)).toMatchObject({ status: 404, body: { code: 'QUESTION_NOT_FOUND' } })
    expect((await list()).find((one) => one.id === access).question.answer).toBeNull()
  })

  test('person who logged in with the client that was asked neither reads nor answers it', async () => {
    const { body } = await ask(access)
    const { person: other } = await holder({ name: '旁人', number: residentNumber(712) }, gateway)
    const through = await asPerson(other, gateway, { scope: 'persons', client: 'sandbox-shanghai' })
    expect((await through('GET', '/api/v1/questions')).body.code).toBe('QUESTION_FOR_THE_BODY')
    expect((await answer(body.id, through)).body.code).toBe('QUESTION_FOR_THE_BODY')
  })

  test('scope opens nothing', async () => {
    const cases = await gateway.as('sandbox-shanghai', 'cases')
    expect((await cases('GET', '/api/v1/questions')).body.code).toBe('SCOPE_MISSING')
  })
})

test('what is asked of the gateway itself is answered on the command line', async () => {
  const { deps } = gateway.gateway
  const { accessRow } = await import('../../src/federation/audit/access.ts')
  await deps.store.accesses.append([
    accessRow(
      {
        holder: deps.sealing.identity(person.idDocument),
        clock: 'access',
        act: 'cases.read',
        purpose: 'case',
        basis: 'operation',
        fields: ['caseStatus'],
        outcome: 'granted',
        role: 'gateway',
      },
      { clientId: 'portal', requestId: 'req_portal' },
      deps,
    ),
  ])
  const [look] = await list('?body=portal&limit=1')
  const { body } = await ask(look.id, '网站为什么看?')
  const told = await commandBeside(gateway, 'audit', 'questions')
  expect([told.code, told.out]).toEqual([0, expect.stringContaining('网站为什么看?')])
  expect(told.out).toContain(body.id)
  expect(
    (await commandBeside(gateway, 'audit', 'answer', '--id', body.id, '--text', '定时查询进度。')).code,
  ).toBe(0)
  expect((await list()).find((one) => one.id === look.id).question.answer).toBe('定时查询进度。')
  expect((await list('?limit=1'))[0]).toMatchObject({
    act: 'questions.answer',
    role: 'operator',
    channel: 'command',
  })
  const again = await commandBeside(gateway, 'audit', 'answer', '--id', body.id, '--text', '再答。')
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('answered')])
  // What was asked of a client is not staff's to answer.
  const { body: theirs } = await ask(access)
  const not = await commandBeside(gateway, 'audit', 'answer', '--id', theirs.id, '--text', '替答。')
  expect(not.code).toBe(1)
}, 30_000)

describe('how the person is told', () => {
  const line = /有 (\d+) 条新的查看记录/
  const word = (chosen: unknown) => own('PUT', '/api/v1/me/accesses/notice', { word: chosen })
  const told = async (page = '/me') => {
    const browser = await browserOf(person, gateway)
    const { text } = await browser.get(page)
    // Said once, on every page.
    expect(text.split('条新的查看记录').length).toBeLessThanOrEqual(2)
    return line.exec(text)?.[1]
  }
  const look = () => shanghai('GET', `/api/v1/cases/${caseId}`)

  test('every page tells of new looks of others until the list is opened', async () => {
    expect((await own('GET', '/api/v1/me/accesses/notice')).body).toEqual({ word: 'each' })
    await told('/me/accesses')
    expect(await told()).toBeUndefined()
    await look()
    await look()
    for (const page of ['/me', '/me/code', '/me/mandates', '/me/scans', '/me'])
      expect(await told(page)).toBe('2')
    // One's own look is no news.
    await own('GET', `/api/v1/cases/${caseId}`)
    expect(await told()).toBe('2')
    // A part of the list does not show all that is new.
    await told('/me/accesses?outcome=refused')
    expect(await told()).toBe('2')
    expect(await told('/me/accesses')).toBeUndefined()
    expect(await told()).toBeUndefined()
  })

  test('once a day is once a day', async () => {
    expect((await word('daily')).status).toBe(200)
    await look()
    expect(await told()).toBeDefined()
    await look()
    expect(await told()).toBeUndefined()
    await inDatabase(gateway, (sql) => sql`update access_notices set told_at = told_at - interval '25 hours'`)
    expect(await told()).toBeDefined()
    expect(await told()).toBeUndefined()
  })

  test('never is never', async () => {
    await word('never')
    await look()
    expect(await told()).toBeUndefined()
  })

  test('another word is refused', async () => {
    expect((await word('sometimes')).body.code).toBe('BODY_INVALID')
  })

  test('another person is not told', async () => {
    const { person: other } = await holder({ name: '旁人', number: residentNumber(713) }, gateway)
    await look()
    expect((await (await browserOf(other, gateway)).get('/me')).text).not.toMatch(line)
  })

  test('the page keeps the word, and a form of another site does not', async () => {
    const browser = await browserOf(person, gateway)
    await browser.get('/me/accesses')
    expect((await browser.post('/me/accesses/notice', [['word', 'each']], 'x')).status).toBe(403)
    expect((await browser.post('/me/accesses/notice', [['word', 'each']])).location).toBe('/me/accesses')
    expect((await own('GET', '/api/v1/me/accesses/notice')).body).toEqual({ word: 'each' })
  })
})
