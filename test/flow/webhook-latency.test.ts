/** A gateway that works by itself: what is committed is posted, without anybody asking. */
import { expect, test } from 'vitest'
import { startWithEvents, subscribed } from '../support/events.ts'
import { startReceiver } from '../support/receiver.ts'

test('an event is posted soon after its commit, and its median is far below a look by the second', async () => {
  const world = await startWithEvents({ work: true })
  const receiver = await startReceiver()
  const caseId = await world.fileOne()
  await subscribed(world.caller, { url: receiver.url })
  const waits: number[] = []
  for (let index = 1; index <= 11; index += 1) {
    await world.note(caseId)
    const committed = performance.now()
    await receiver.arrived(index)
    waits.push((receiver.posts[index - 1]?.at ?? Number.NaN) - committed)
  }
  const median = waits.toSorted((one, other) => one - other)[5] ?? Number.NaN
  expect(median).toBeLessThan(500)
  await world.gateway.close()
  await receiver.close()
})
