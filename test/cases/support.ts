/** Cases whose regions told of them on days that a test names. */
import { applyNews } from '../../src/federation/cases/apply-news.ts'
import type { News } from '../../src/federation/cases/news.ts'
import { type Rebuilt, rebuildCases } from '../../src/federation/cases/rebuild-cases.ts'
import type { Deps } from '../../src/federation/deps.ts'
import { pool } from '../../src/store/connection.ts'
import { storyOf } from '../flow/stories.ts'
import { type Caller, file, type TestGateway, upload } from '../support/gateway.ts'

/** A case of Hangzhou that the region has. */
export async function filedInHangzhou(caller: Caller): Promise<{ id: string; number: string }> {
  const filed = await file(caller, storyOf('zhejiang').application(await upload(caller, 'a.pdf')))
  if (filed.status !== 201) throw new Error(`filing: ${filed.status} ${JSON.stringify(filed.body)}`)
  return { id: filed.body.id, number: filed.body.caseNumber }
}

/** The verbs at another time. @param moment a day is ten in the morning of it */
export const at = (moment: string, deps: Deps): Deps => ({
  ...deps,
  now: () => new Date(moment.length === 10 ? `${moment}T10:00:00+08:00` : moment),
})

/** The region tells a status, on that day and of it. */
export async function tell(
  id: string,
  day: string,
  status: News['status'],
  deps: Deps,
  more: Partial<News> = {},
): Promise<void> {
  const news: News = {
    key: `test:${day}:${status}`,
    type: 'status',
    status,
    rawStatus: { code: status, label: '' },
    occurredAt: `${day}T10:00:00+08:00`,
    via: 'callback',
    ...more,
  }
  await applyNews(id, news, at(day, deps))
}

/** Statements on the database of a gateway, one connection for all of them. */
export async function onDatabase<T>(
  { databaseUrl }: TestGateway,
  run: (sql: ReturnType<typeof pool>) => Promise<T>,
): Promise<T> {
  const sql = pool(databaseUrl, 1)
  try {
    return await run(sql)
  } finally {
    await sql.end()
  }
}

/** What is wrong with a case beside its timeline, or with the timeline itself. */
export async function findingsOf(caseId: string, deps: Deps): Promise<readonly Rebuilt[]> {
  const found: Rebuilt[] = []
  const { cases, old } = await rebuildCases({ caseId, dryRun: true }, (one) => void found.push(one), deps)
  if (cases !== 1 || old !== 0) throw new Error(`${cases} cases were made again, and ${old} were too old`)
  return found
}
