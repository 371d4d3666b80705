/** A case that is followed, and news of it. */
import { applyNews } from '../../src/federation/cases/apply-news.ts'
import type { Gateway } from '../../src/gateway.ts'
import { pool } from '../../src/store/connection.ts'
import { asPerson, type Somebody } from '../support/as-person.ts'
import { type Caller, file, type TestGateway } from '../support/gateway.ts'
import { newcomer } from '../support/mandates.ts'

/** A note of a clerk. */
export async function note(
  caseId: string,
  { deps }: Pick<Gateway, 'deps'>,
  text = '经办人备注',
): Promise<void> {
  await applyNews(
    caseId,
    {
      key: `note:${crypto.randomUUID()}`,
      type: 'note',
      status: 'SUBMITTED',
      rawStatus: { code: '', label: '' },
      via: 'poll',
      note: text,
    },
    deps,
  )
}

export async function notes(count: number, caseId: string, gateway: Pick<Gateway, 'deps'>): Promise<void> {
  for (let n = 0; n < count; n += 1) await note(caseId, gateway)
}

/** An application for a matter that asks for no document. */
const applicationOf = ({ name, idDocument }: Pick<Somebody, 'name' | 'idDocument'>) => ({
  matter: 'zhejiang:330100:33010100000000099009',
  division: '330100',
  sourceDivision: '310000',
  applicant: { kind: 'person', name, idDocument, mobile: '10000000001', address: '示例地址1号' },
  form: { treatArea: '330100', kind: '2', startDate: '2099-01-02' },
  documents: [],
})

async function filed(call: Caller, owner: Somebody): Promise<string> {
  const { status, body } = await file(call, applicationOf(owner))
  if (status !== 201) throw new Error(`filing: ${status} ${JSON.stringify(body)}`)
  return body.id
}

/** A case of somebody new, which they filed themselves, or which this client filed for them. */
export async function caseOf(
  gateway: TestGateway,
  by?: Caller,
): Promise<{ readonly id: string; readonly owner: Somebody }> {
  const owner = await newcomer(gateway)
  return { id: await filed(by ?? (await asPerson(owner, gateway)), owner), owner }
}

/** Adds so many events to a timeline at once, as years would. */
export async function manyEvents(count: number, caseId: string, databaseUrl: string): Promise<void> {
  const sql = pool(databaseUrl, 1)
  await sql`
    with c as (update cases set sequence = sequence + ${count} where id = ${caseId} returning sequence - ${count}::int as base)
    insert into case_events (case_id, sequence, id, key, type, status, occurred_at, received_at, via, late)
    select ${caseId}, base + n, 'evt_' || n, 'many:' || n, 'note', 'SUBMITTED', now(), now(), 'poll', false
    from c, generate_series(1, ${count}::int) n`
  await sql.end()
}
