import { describe, expect, test } from 'vitest'
import { progress, spanOf } from './progress.ts'

/** A terminal of so many columns, or a file, and a clock that a test moves. */
function seat(isTTY: boolean, columns = 80) {
  let at = 0
  const [shown, printed]: [string[], string[]] = [[], []]
  const screen = { isTTY, columns, write: (text: string) => shown.push(text) }
  const out = { write: (text: string) => printed.push(text) }
  return {
    shown,
    printed,
    on: { screen, out, now: () => at },
    pass: (ms: number) => {
      at += ms
    },
  }
}
const plain = { values: {} }
const CLEAR = '\r\u001B[K'

describe('on a terminal', () => {
  test('a bar has its share, its count and what is left of the time', () => {
    const { on, shown, pass } = seat(true)
    const { step } = progress('cases', plain, on)
    for (let n = 0; n < 250; n += 1) {
      pass(100)
      step(1_000)
    }
    expect(shown).toHaveLength(250)
    expect(shown.at(-1)).toBe(
      `${CLEAR}${'█'.repeat(7)}${'░'.repeat(23)} 25 % 250/1000 cases, 还剩 · left 1 min 15 s`,
    )
  })

  test('it is drawn ten times a second at most, and the first step shows at once', () => {
    const { on, shown, pass } = seat(true)
    const { step } = progress('cases', plain, on)
    for (let n = 0; n < 1_000; n += 1) {
      step(1_000)
      pass(1)
    }
    expect(shown).toHaveLength(10)
  })

  test('what is left is not guessed from the first two in a hundred, nor told at the end', () => {
    const { on, shown, pass } = seat(true)
    const { step } = progress('cases', plain, on)
    for (const _ of Array.from({ length: 100 })) {
      pass(100)
      step(100)
    }
    expect(shown[0]).not.toContain('left')
    expect(shown[1]).toContain('left 10 s')
    expect(shown.at(-1)).toBe(`${CLEAR}${'█'.repeat(30)} 100 % 100/100 cases`)
  })

  test('it keeps to the width of the terminal, and leaves the bar out where there is no room', () => {
    for (const columns of [22, 50, 60, 200]) {
      const { on, shown } = seat(true, columns)
      progress('cases', plain, on).step(1_000)
      const drawn = shown.at(-1)?.slice(CLEAR.length) ?? ''
      expect(drawn.length).toBeLessThan(columns)
      expect(drawn.includes('░')).toBe(columns > 22)
    }
  })

  test('without a total, or past it, it counts', () => {
    const { on, shown, pass } = seat(true)
    const { step } = progress('chains', plain, on)
    step()
    pass(200)
    step(1)
    expect(shown).toEqual([`${CLEAR}1 chains`, `${CLEAR}2 chains`])
  })

  test('a line of the result takes the bar away first, and the end leaves nothing', () => {
    const { on, shown, printed } = seat(true)
    const { step, line, end } = progress('cases', plain, on)
    step(9)
    line('case_1 is broken')
    expect([shown.at(-1), printed]).toEqual([CLEAR, ['case_1 is broken\n']])
    end()
    expect(shown).toHaveLength(2)
  })
})

test('where there is no terminal a plain line comes every ten seconds, and none for what is quick', () => {
  const { on, shown, pass } = seat(false)
  const { step, line, end } = progress('cases', plain, on)
  for (let n = 0; n < 25; n += 1) {
    pass(1_000)
    step(100)
  }
  line('x')
  end()
  expect(shown).toEqual([
    '10 % 10/100 cases, 还剩 · left 1 min 30 s\n',
    '20 % 20/100 cases, 还剩 · left 1 min 20 s\n',
  ])
})

test.each([true, false])('beside --json nothing is written at all (terminal: %s)', (isTTY) => {
  const { on, shown, printed, pass } = seat(isTTY)
  const { step, line, end } = progress('cases', { values: { json: true } }, on)
  pass(60_000)
  step(10)
  line('x')
  end()
  expect([shown, printed]).toEqual([[], []])
})

test.each([
  [0.4, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min 00 s'],
  [3_725, '1 h 02 min'],
])('%d seconds are %s', (seconds, said) => expect(spanOf(seconds)).toBe(said))
