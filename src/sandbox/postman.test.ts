import { expect, test } from 'vitest'
import { createPostman, type Letter, type Manner } from './postman.ts'
import type { Answer, World } from './simulated.ts'

interface Note extends Letter {
  readonly about: string
}
const note = (eventId: string, about: string): Note => ({ eventId, about, attempts: 0, acknowledged: false })

/** A postman whose posts are answered when the test says so. */
function office(more: Partial<Manner<Note>> = {}, world: Partial<World> = {}) {
  const letters: Record<string, Note> = {}
  const sent: {
    readonly id: string
    readonly answer: (answer: Answer) => void
    readonly fail: () => void
  }[] = []
  const postman = createPostman<Note>({ retryDelaysMs: [], ...world } as World, {
    letters: () => letters,
    send: ({ eventId }) =>
      new Promise((resolve, reject) =>
        sent.push({ id: eventId, answer: resolve, fail: () => reject(new Error()) }),
      ),
    isTaken: ({ status }) => status === 200,
    ...more,
  })
  const ids = () => sent.map(({ id }) => id)
  const settled = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  return { letters, sent, postman, ids, settled }
}
const taken = { status: 200, body: '' }

test('letters of one name go out one after the other, others meanwhile', async () => {
  const { sent, postman, ids, settled } = office({ inOrderOf: ({ about }) => about })
  for (const [id, about] of [
    ['1', 'a'],
    ['2', 'a'],
    ['3', 'b'],
  ] as const)
    postman.deliver(note(id, about))
  await settled()
  expect(ids()).toEqual(['1', '3'])
  sent[0]?.fail()
  await settled()
  expect(ids()).toEqual(['1', '3', '2'])
})

test('without a name each goes out at once', async () => {
  const { postman, ids, settled } = office()
  for (const id of ['1', '2']) postman.deliver(note(id, 'a'))
  await settled()
  expect(ids()).toEqual(['1', '2'])
})

test('all that waits is sent once more, those of one name in their order, and what is under way gets its answer first', async () => {
  const { letters, sent, postman, ids, settled } = office({ inOrderOf: ({ about }) => about })
  for (const id of ['1', '2']) postman.deliver(note(id, 'a'))
  await settled()
  const all = postman.sendAll()
  await settled()
  expect(ids()).toEqual(['1'])
  sent[0]?.fail()
  await settled()
  sent[1]?.fail()
  await settled()
  expect(ids()).toEqual(['1', '2', '1'])
  sent[2]?.answer(taken)
  await settled()
  expect(ids()).toEqual(['1', '2', '1', '2'])
  sent[3]?.answer(taken)
  await all
  expect(Object.values(letters).map(({ acknowledged, attempts }) => [acknowledged, attempts])).toEqual([
    [true, 2],
    [true, 2],
  ])
})

test('an answer that comes too late is none, and what was taken is not sent again', async () => {
  const { letters, sent, postman, settled } = office({ answerMs: 1 })
  postman.deliver(note('1', 'a'))
  await new Promise<void>((resolve) => {
    const look = () => (letters['1']?.lastAnswer ? resolve() : void setImmediate(look))
    look()
  })
  expect(letters['1']).toMatchObject({ acknowledged: false, lastAnswer: 'no answer' })
  sent[0]?.answer(taken)
  await settled()
  expect(letters['1']?.acknowledged).toBe(false)
  const again = postman.sendAll()
  await settled()
  sent[1]?.answer(taken)
  await again
  expect(letters['1']).toMatchObject({ acknowledged: true, attempts: 2 })
  await postman.sendAll()
  expect(sent).toHaveLength(2)
})

test('a closed postman sends nothing more', async () => {
  const { sent, postman, ids, settled } = office({ inOrderOf: ({ about }) => about })
  for (const id of ['1', '2']) postman.deliver(note(id, 'a'))
  await settled()
  postman.close()
  sent[0]?.answer(taken)
  postman.deliver(note('3', 'b'))
  await settled()
  expect(ids()).toEqual(['1'])
})
