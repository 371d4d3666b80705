/** Cases with events, a client that has them, and a clock that tests move. */
import { applyNews } from '../../src/federation/cases/apply-news.ts'
import type { Deps } from '../../src/federation/deps.ts'
import { deliverDue } from '../../src/federation/events/deliver.ts'
import { pool } from '../../src/store/connection.ts'
import { storyOf } from '../flow/stories.ts'
import { type Caller, file, startTestGateway, upload } from './gateway.ts'

const story = storyOf('zhejiang')

/** A gateway whose client `story.client` files cases, and whose deliveries the test makes. */
export async function startWithEvents(options: Parameters<typeof startTestGateway>[0] = {}) {
  const gateway = await startTestGateway(options)
  const caller = await gateway.as(story.client, 'cases events')
  await gateway.sync(story.division)
  let ahead = 0
  let notes = 0
  const deps: Deps = { ...gateway.gateway.deps, now: () => new Date(Date.now() + ahead) }
  const fileOne = async (): Promise<string> => {
    const { status, body } = await file(caller, story.application(await upload(caller, 'a.pdf')))
    if (status !== 201) throw new Error(`filing: ${status} ${JSON.stringify(body)}`)
    return body.id
  }
  /** Waits until what was committed may be shown: transactions of other tests on the same server hold it back, too. */
  const visible = async (): Promise<void> => {
    const sql = pool(gateway.databaseUrl, 1)
    try {
      for (let held = 1; held > 0; ) {
        const [row] =
          await sql`select count(*)::int as held from outbox where tx >= pg_snapshot_xmin(pg_current_snapshot())`
        held = Number(row?.['held'])
      }
    } finally {
      await sql.end()
    }
  }
  return {
    gateway,
    client: story.client,
    caller,
    deps,
    /** Moves the clock of `deps` on. */
    pass: (ms: number) => {
      ahead += ms
    },
    fileOne,
    /** Makes one event of a case. */
    note: async (caseId: string): Promise<void> => {
      notes += 1
      const { outcome } = await applyNews(
        caseId,
        {
          key: `note:${notes}`,
          type: 'note',
          status: 'SUBMITTED',
          rawStatus: { code: '01', label: '备注' },
          note: `第 ${notes} 条备注`,
          via: 'callback',
        },
        gateway.gateway.deps,
      )
      if (outcome !== 'changed') throw new Error(`the note was ${outcome}`)
    },
    visible,
    /** Makes a subscription for what comes from now on: what was committed before and is held back yet would come, too. */
    subscribe: async (body: object) => {
      await visible()
      return subscribed(caller, body)
    },
    /** Delivers all that is due at the moved clock. */
    deliver: async () => {
      await visible()
      return deliverDue(deps)
    },
  }
}

export type WithEvents = Awaited<ReturnType<typeof startWithEvents>>

/** Makes a subscription. */
export async function subscribed(caller: Caller, body: object) {
  const answer = await caller('POST', '/api/v1/subscriptions', body)
  if (answer.status !== 201) throw new Error(`subscribing: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** All of the feed, from a cursor. */
export async function drain(caller: Caller, after = '', more = '') {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events member by member.
  const items: any[] = []
  for (let cursor = after; ; ) {
    const { status, body } = await caller('GET', `/api/v1/events?after=${cursor}${more}`)
    if (status !== 200) throw new Error(`the feed: ${status} ${JSON.stringify(body)}`)
    items.push(...body.items)
    if (body.nextCursor === cursor) return { items, cursor }
    cursor = body.nextCursor
  }
}
