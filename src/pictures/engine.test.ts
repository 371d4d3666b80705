import { expect, test } from 'vitest'
import { inTurn, LIMITS } from './engine.ts'

/** Work that ends when it is told to. */
function work() {
  let end = (_?: Error) => {}
  const done = new Promise<void>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve())
  })
  let hasBegun = false
  const run = async () => {
    hasBegun = true
    await done
  }
  return { run, end: (error?: Error) => end(error), hasBegun: () => hasBegun }
}

test('a few pictures are worked on at once, a few wait, and more are refused', async () => {
  const all = Array.from({ length: LIMITS.atOnce + LIMITS.waiting }, work)
  const turns = all.map((one) => inTurn(one.run))
  const begun = () => all.filter((one) => one.hasBegun()).length
  expect(begun()).toBe(LIMITS.atOnce)
  await expect(inTurn(async () => {})).rejects.toMatchObject({ code: 'PICTURES_BUSY' })

  all[0]?.end()
  await turns[0]
  await Promise.resolve()
  expect(begun()).toBe(LIMITS.atOnce + 1)

  const last = all.map((one) => one.end())
  await Promise.all(turns)
  expect(begun()).toBe(last.length)
})

test('work that fails hands its turn on', async () => {
  const failing = Array.from({ length: LIMITS.atOnce }, work)
  const turns = failing.map((one) => inTurn(one.run))
  const waits = inTurn(async () => 'done')
  for (const one of failing) one.end(new Error('x'))
  expect((await Promise.allSettled(turns)).map((one) => one.status)).toEqual(failing.map(() => 'rejected'))
  expect(await waits).toBe('done')
})
