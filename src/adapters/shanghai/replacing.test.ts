import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WireUpload } from './application.wire.ts'
import { type Step, stepsFor } from './replacing.ts'

const wants = (...names: string[]): WireUpload[] =>
  names.map((stuffId) => ({
    stuffId,
    stuffCode: '003CL02',
    stuffName: '居民户口簿',
    stuffType: '证件证书证明',
    stuffStatus: '0',
  }))
const has = (...ids: string[]) => ids.map((stuffId) => ({ stuffId, stuffCode: '003CL02' }))
/** An upload `u1` was stored as `s1` before. */
const known = ({ stuffId }: WireUpload) => (stuffId.startsWith('u') ? stuffId.replace('u', 's') : undefined)
const told = (step: Step): string =>
  step.act === 'remove'
    ? `- ${step.stuffId}`
    : step.act === 'add'
      ? `+ ${step.upload.stuffId}`
      : `${step.stuffId} ← ${step.upload.stuffId}`

describe('files of one material after a correction', () => {
  test.each([
    ['a new file takes the noticed one’s place', ['n1'], ['s1'], ['s1'], ['s1 ← n1']],
    ['what stays is not sent again', ['u1', 'n2'], ['s1', 's2'], ['s2'], ['s2 ← n2']],
    ['the noticed file goes before the other', ['n1', 'u1'], ['s1', 's2'], ['s2'], ['s2 ← n1']],
    [
      'the noticed file is replaced though another stands before it',
      ['n1'],
      ['s1', 's2'],
      ['s2'],
      ['s2 ← n1', '- s1'],
    ],
    ['what was complained of and stays is sent again', ['u1'], ['s1'], ['s1'], ['s1 ← u1']],
    [
      'each noticed file is replaced, by the last when there are fewer',
      ['n1'],
      ['s1', 's2'],
      ['s1', 's2'],
      ['s1 ← n1', 's2 ← n1'],
    ],
    ['more files than before are added', ['n1', 'n2'], ['s1'], ['s1'], ['s1 ← n1', '+ n2']],
    ['without a notice the old file is replaced', ['n1'], ['s1'], [], ['s1 ← n1']],
    ['what is over is removed', ['n1'], ['s1', 's2'], [], ['s1 ← n1', '- s2']],
    ['a licence leaves no file behind', [], ['s1'], [], ['- s1']],
    ['a noticed file is never removed', [], ['s1'], ['s1'], []],
    ['nothing was there', ['n1'], [], [], ['+ n1']],
  ])('%s', (_name, wanted, present, noticed, steps) => {
    const made = stepsFor({
      wanted: wants(...wanted),
      present: has(...present),
      noticed: new Set(noticed),
      known,
    })
    expect(made.map(told)).toEqual(steps)
  })

  test('whatever was there, every wanted file is there afterwards and every noticed one was replaced', () => {
    const names = (prefix: string) =>
      fc.uniqueArray(fc.integer({ min: 1, max: 6 }).map((n) => `${prefix}${n}`))
    fc.assert(
      fc.property(
        names('n'),
        names('u'),
        names('s'),
        fc.array(fc.integer({ min: 0, max: 5 })),
        (fresh, old, there, at) => {
          const noticed = new Set(at.map((n) => there[n]).filter((one) => one !== undefined))
          const wanted = wants(...fresh, ...old)
          const held = new Map(there.map((id) => [id, id.replace('s', 'u')]))
          const replaced = new Set<string>()
          let added = 0
          for (const step of stepsFor({ wanted, present: has(...there), noticed, known })) {
            if (step.act === 'remove') held.delete(step.stuffId)
            else if (step.act === 'replace') {
              held.set(step.stuffId, step.upload.stuffId)
              replaced.add(step.stuffId)
            } else {
              added += 1
              held.set(`new${added}`, step.upload.stuffId)
            }
          }
          const present = [...held.values()]
          for (const { stuffId } of wanted) expect(present).toContain(stuffId)
          if (wanted.length > 0) {
            expect([...noticed].filter((id) => !replaced.has(id))).toEqual([])
            expect(new Set(present)).toEqual(new Set(wanted.map(({ stuffId }) => stuffId)))
          }
        },
      ),
    )
  })
})
