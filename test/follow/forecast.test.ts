/** On a case's page: how long such cases took here, once there are enough of them to say so. */
import { expect, test } from 'vitest'
import { onDatabase, tell } from '../cases/support.ts'
import { startTestGateway } from '../support/gateway.ts'
import { followed, HANGZHOU, wordsOf } from './support.ts'

test('thirty concluded cases tell when one more is likely to end', async () => {
  const gateway = await startTestGateway()
  try {
    await gateway.sync(HANGZHOU)
    const { browser, path, id } = await followed(gateway)
    await onDatabase(gateway, async (sql) => {
      await sql`create temp table copies as select * from cases where id = ${id}`
      for (let n = 0; n < 30; n += 1) {
        await sql`update copies set id = ${`case_old${n}`}, source_number = ${`old${n}`}, case_number = null, case_key = null,
          holder_key = 'somebody', status = 'COMPLETED', accepted_at = '2026-03-16T10:00:00+08:00',
          completed_at = ${n < 20 ? '2026-03-18T10:00:00+08:00' : '2026-03-20T10:00:00+08:00'}`
        await sql`insert into cases select * from copies`
      }
      await sql`update case_events set occurred_at = '2026-11-26' where case_id = ${id}`
    })
    await tell(id, '2026-11-27', 'ACCEPTED', gateway.gateway.deps)
    const words = wordsOf((await browser.get(path)).text)
    expect(words).toContain('一半在 2 个工作日内办完, 十件里有九件在 4 个工作日内办完')
    expect(words).toContain('多半在 2026年12月3日 前办完')
  } finally {
    await gateway.close()
  }
})
