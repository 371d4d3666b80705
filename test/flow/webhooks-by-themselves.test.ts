/** Deliveries that nobody starts: the processes do them, soon after the event, and one for another that is gone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDelivery } from '../../src/federation/events/deliver.ts'
import { startWithEvents, type WithEvents } from '../support/events.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

let world: WithEvents
let caseId: string
let receiver: Receiver
const stopping = new AbortController()
beforeAll(async () => {
  world = await startWithEvents({ work: true })
  caseId = await world.fileOne()
  receiver = await startReceiver()
  // Beside the gateway's own, as another process would.
  startDelivery(world.gateway.gateway.deps, stopping.signal)
})
afterAll(async () => {
  stopping.abort()
  await receiver.close()
  await world.gateway.close()
})

test('an event is at the receiver soon, once, and in its order', async () => {
  await world.subscribe({ url: receiver.url })
  const took: number[] = []
  for (let count = 1; count <= 15; count += 1) {
    const began = performance.now()
    await world.note(caseId)
    await receiver.arrived(count)
    took.push((receiver.posts.at(-1)?.at ?? 0) - began)
  }
  const sequences = receiver.posts.map(({ event }) => event.data.sequence)
  expect(sequences).toEqual(Array.from({ length: 15 }, (_, at) => (sequences[0] ?? 0) + at))
  const median = took.toSorted((one, other) => one - other)[7] ?? Number.POSITIVE_INFINITY
  // On a free machine some 50 ms; what is polled for every second is far above.
  expect(median).toBeLessThan(500)
})
