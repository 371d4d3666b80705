/** What a person is told of a case, over HTTP: messages, and what must be corrected in the matter's own words. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { applyNews } from '../../src/federation/cases/apply-news.ts'
import { showCases } from '../../src/federation/cases/clock/show-cases.ts'
import type { Message } from '../../src/federation/cases/words/messages.ts'
import { storyOf } from '../flow/stories.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { at, filedInHangzhou, onDatabase, tell } from './support.ts'

const story = storyOf('zhejiang')
let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(story.division)
  caller = await gateway.as('sandbox-shanghai')
})
afterAll(() => gateway.close())

const messages = async (id: string) => caller('GET', `/api/v1/cases/${id}/messages`)

test('late ones stand in their place and are marked, acts and remarks are told', async () => {
  const { deps } = gateway.gateway
  const { id } = await filedInHangzhou(caller)
  const day = (n: number) => new Date(Date.now() - (30 - n) * 86_400_000).toISOString().slice(0, 10)
  await onDatabase(
    gateway,
    (sql) =>
      sql`update case_events set occurred_at = now() - interval '40 days', received_at = now() - interval '40 days' where case_id = ${id}`,
  )
  await tell(id, day(2), 'IN_REVIEW', deps)
  await tell(id, day(1), 'ACCEPTED', at(day(3), deps))
  await tell(id, day(4), 'IN_REVIEW', deps, { key: 'again' })
  await tell(id, day(5), 'IN_REVIEW', deps, { key: 'remark', type: 'note', note: '请带原件' })
  await tell(id, day(6), 'IN_REVIEW', deps, { key: 'remark again', type: 'note', note: '请带原件' })
  const { status, body } = await messages(id)
  expect(status).toBe(200)
  expect(body).toMatchObject({ nextCursor: null, earlierEvents: 0 })
  expect(body.items.map(({ sentence, note }: Message) => [sentence.zh, note])).toEqual([
    ['申请已交给我们, 正在转给办理地区。', null],
    ['办理地区已收到申请。申请已提交, 等待预审。', null],
    ['申请已受理, 开始计算办理时限。', null],
    ['正在办理。', null],
    ['办理部门留了话, 见原文。', '请带原件'],
  ])
  const late = body.items.map(({ remark }: Message) => remark?.en.includes('came late') ?? false)
  expect(late).toEqual([false, false, true, false, false])
  const { body: events } = await caller('GET', `/api/v1/cases/${id}/events`)
  const ids = events.items.map((one: { id: string }) => one.id)
  for (const { event } of body.items) expect(ids).toContain(event)
})

test('of a very long timeline the newest events are told, and how many there are before', async () => {
  const { id } = await filedInHangzhou(caller)
  const { sequence } = (await gateway.gateway.deps.store.cases.read(id)) ?? { sequence: 0 }
  const more = LIMITS.messageEvents + 5 - sequence
  await onDatabase(
    gateway,
    (sql) => sql`with more as (
          insert into case_events (case_id, sequence, id, key, type, status, occurred_at, received_at, via, late)
          select ${id}, ${sequence} + n, 'ev_' || n, 'n' || n, 'note', 'SUBMITTED', now() + n * interval '1 second',
            now() + n * interval '1 second', 'callback', false
          from generate_series(1, ${more}::int) n)
        update cases set sequence = ${sequence + more} where id = ${id}`,
  )
  const { body } = await messages(id)
  expect(body.earlierEvents).toBe(5)
  expect(body.items).toHaveLength(LIMITS.messageEvents)
})

test('another client’s case is none, and every look is recorded', async () => {
  const { id } = await filedInHangzhou(caller)
  const other = await gateway.as('sandbox-jiangsu')
  expect((await other('GET', `/api/v1/cases/${id}/messages`)).status).toBe(404)
  const recorded = () =>
    onDatabase(
      gateway,
      (sql) =>
        sql`select count(*)::int as n from accesses where record->>'act' = 'cases.events' and record::text like ${`%${id}%`}`,
    )
  const [before] = await recorded()
  await messages(id)
  const [after] = await recorded()
  expect(after?.['n']).toBe(before?.['n'] + 1)
})

test('a correction names the matter’s own fields and documents, on lists too, and reads the matter once', async () => {
  const { deps } = gateway.gateway
  const { matter } = (await story.application('x')) as { matter?: string }
  const { body: known } = await caller('GET', `/api/v1/matters/${matter}`)
  const [field] = known.form.fields
  const [document] = known.documents
  const ids: string[] = []
  for (const n of [1, 2, 3]) {
    const { id } = await filedInHangzhou(caller)
    ids.push(id)
    await applyNews(
      id,
      {
        key: `correct ${n}`,
        type: 'status',
        status: 'CORRECTION_REQUIRED',
        rawStatus: { code: '02/4', label: '补正' },
        via: 'callback',
        correction: {
          fields: [field.name],
          documents: [{ id: document.id, reason: '不清晰' }],
          reason: '',
          dueOn: '2099-12-04',
        },
      },
      deps,
    )
  }
  const { body: list } = await caller('GET', '/api/v1/cases?status=CORRECTION_REQUIRED')
  expect(list.items).toHaveLength(3)
  for (const { sentence, next } of list.items) {
    expect(sentence.en).toContain('must be corrected')
    expect(next.zh).toContain(`填写项“${field.label.zh}”; 材料“${document.name.zh}” (部门写的理由: “不清晰”)`)
    expect(next.en).toContain('4 December 2099')
    expect(next).toMatchObject({ by: '2099-12-04', asks: [{ kind: 'field' }, { kind: 'document' }] })
  }
  let asked = 0
  const matters: typeof deps.store.matters = {
    ...deps.store.matters,
    version: (...of) => {
      asked += 1
      return deps.store.matters.version(...of)
    },
  }
  const rows = await Promise.all(ids.map((id) => deps.store.cases.read(id)))
  const store = { ...deps.store, matters }
  const cases = await showCases(
    rows.flatMap((one) => one ?? []),
    { ...deps, store },
  )
  expect(cases.map(({ next }) => next?.asks?.length)).toEqual([2, 2, 2])
  expect(asked).toBe(1)
})
