/** Jiangsu's operations: the hall posts what happened by a number of its own, which moves a case or only says something of it. */
import js from '../../vectors/js.json' with { type: 'json' }
import type { Draw } from '../draw.ts'
import { agree, Disagreement } from '../judge.ts'
import type { Reading } from '../readings/reading.ts'
import type { World } from '../world.ts'
import { someCase } from './codes.ts'

/** Number of turns. */
export const OPERATIONS = js.codes.operatetype.length

/** One operation, in a callback that the hall itself posted: its signature does not cover the body. */
export async function operationStory(
  world: World,
  reading: Reading,
  turn: number,
  draw: Draw,
): Promise<void> {
  const row = js.codes.operatetype[turn % OPERATIONS]
  const [division = ''] = reading.divisions
  const { caseNumber } = await someCase(world, division, draw)
  world.region.advance(caseNumber, { to: 'PRECHECK_PASSED' })
  await world.region.sendCallbacks()
  const posted = world.posts.at(-1)
  if (!row || !posted) throw new Disagreement('operation: nothing was posted')
  const body = JSON.parse(String(posted.body))
  // The first number where there are several, and that of 受理 where nothing changes.
  const status = /\d+/.exec(row.statusAfter)?.[0] ?? '30'
  Object.assign(body.params, { status, operatetype: row.raw, operatename: row.label })
  world.ledger.exchange(world.id, 'callback')
  const opened = world.open({ ...posted, body: JSON.stringify(body) })
  if (!opened.accepted || !('event' in opened.content))
    throw new Disagreement(`operation ${row.raw}: our side did not take it`)
  const { type, status: read } = opened.content.event
  if (row.canonical === null) agree(`operation ${row.raw} moves nothing`, type, 'note')
  else agree(`operation ${row.raw}`, [type, read], ['status', row.canonical])
  world.ledger.code(world.id, 'operatetype', row.raw, 'read')
}
