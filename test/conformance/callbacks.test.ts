/** The other way: how a platform calls back, with callbacks of the sandbox, right ones and changed ones. */
import { describe, expect, test } from 'vitest'
import { judgeCallbacks } from '../../src/conformance/callbacks/judge.ts'
import { type Received, readRecording } from '../../src/conformance/callbacks/recording.ts'
import { judge } from '../../src/conformance/run.ts'
import { platformOf } from './platforms.ts'

const TAKEN = {
  shanghai: '{"isSuccess":true}',
  jiangsu: '{"status":{"code":200,"text":""},"custom":{"code":1,"text":""}}',
  zhejiang: '{"success":true,"errorCode":null,"errorMsg":null,"data":null}',
  anhui: '{"result":"01","resultmsg":"接收成功","data":{}}',
} as const
const REGIONS = Object.keys(TAKEN) as (keyof typeof TAKEN)[]

/** One whole case, each of whose callbacks is refused once. */
async function recorded(id: keyof typeof TAKEN) {
  const recording: Received[] = []
  const seen = { count: 0, isOpen: false }
  const { region, subject } = platformOf(id, undefined, {
    post: async (url, headers, body) => {
      const { pathname, search } = new URL(url)
      seen.count += 1
      recording.push({
        // Each a millisecond after the other, so that their order is told.
        at: new Date(Date.now() + seen.count),
        method: 'POST',
        target: pathname + search,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: Buffer.from(body),
        acknowledged: seen.isOpen,
      })
      return seen.isOpen ? { status: 200, body: TAKEN[id] } : { status: 503, body: '' }
    },
  })
  await judge(subject)
  seen.isOpen = true
  await region.sendCallbacks()
  region.close()
  return { subject, recording }
}

describe.each(REGIONS)('the callbacks of %s', (id) => {
  test('keep the contract, and each change of them is found by the requirement that speaks of it', async () => {
    const { subject, recording } = await recorded(id)
    expect(recording.length).toBeGreaterThan(4)
    const broken = (changed: readonly Received[]) =>
      judgeCallbacks(subject, changed)
        .filter(({ verdict }) => verdict === 'failed')
        .map((one) => one.id.replace(/^.*-callback-/, ''))
    expect(broken(recording)).toEqual([])

    const forAll = (change: (one: Received) => Received) => recording.map(change)
    const unsigned = forAll((one) => ({
      ...one,
      headers: { 'content-type': one.headers['content-type'] ?? '' },
    }))
    expect(broken(id === 'jiangsu' ? unsigned.map((one) => ({ ...one, headers: {} })) : unsigned)).toContain(
      'signature',
    )
    expect(
      broken(forAll((one) => ({ ...one, headers: { ...one.headers, 'content-type': 'text/plain' } }))),
    ).toContain('content-type')
    expect(broken(recording.filter(({ acknowledged }) => !acknowledged))).toContain('retry')
  })
})

test('a body that is changed after it was signed is found where the signature covers it, and its members where not', async () => {
  const { subject, recording } = await recorded('zhejiang')
  const changed = recording.map((one) => {
    const body = JSON.parse(one.body.toString('utf8')) as Record<string, unknown>
    delete body['gmtUpdate']
    return { ...one, body: Buffer.from(JSON.stringify(body)) }
  })
  const failed = judgeCallbacks(subject, changed).filter(({ verdict }) => verdict === 'failed')
  expect(failed.map((one) => one.id)).toEqual(['ZJ-callback-members'])
  const odd = recording.map((one) => ({
    ...one,
    body: Buffer.from(one.body.toString('utf8').replaceAll(/"phaseCode":"\d\d"/g, '"phaseCode":"09"')),
  }))
  expect(
    judgeCallbacks(subject, odd)
      .filter(({ verdict }) => verdict === 'failed')
      .map((one) => one.id),
  ).toContain('ZJ-callback-codes')
})

test('an event that comes again and says something else is found, and an order that the event times do not have', async () => {
  const { subject, recording } = await recorded('zhejiang')
  const failedIn = (changed: readonly Received[]) =>
    judgeCallbacks(subject, changed)
      .filter(({ verdict }) => verdict === 'failed')
      .map((one) => one.id)
  // A day of its own: no hour of it is the one at which the recording was made.
  const timed = (one: Received, hours: number): Received => ({
    ...one,
    body: Buffer.from(
      one.body
        .toString('utf8')
        .replace(/"gmtUpdate":"[^"]*"/, `"gmtUpdate":"2026-03-02 ${String(hours).padStart(2, '0')}:00:00"`),
    ),
  })
  expect(timed(recording[0] as Received, 1).body).not.toEqual(recording[0]?.body)
  // What was refused came first; what came again tells another hour of the same event.
  expect(failedIn(recording.map((one) => (one.acknowledged ? timed(one, 1) : one)))).toContain(
    'ZJ-callback-same',
  )
  // The later an event came, the earlier its hour, in every repetition.
  const events = [...new Set(recording.map(({ body }) => body.toString('utf8')))]
  const backwards = recording.map((one) => timed(one, 23 - events.indexOf(one.body.toString('utf8'))))
  expect(failedIn(backwards)).toEqual(['ZJ-callback-order'])
})

test('a recording is read from a file; an empty one proves nothing', async () => {
  const { subject, recording } = await recorded('zhejiang')
  const file = JSON.stringify(recording.map((one) => ({ ...one, body: one.body.toString('base64') })))
  const findings = judgeCallbacks(subject, readRecording(file))
  expect(findings.filter(({ verdict }) => verdict === 'failed')).toEqual([])
  expect(findings.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(9)
  expect(judgeCallbacks(subject, []).every(({ verdict }) => verdict === 'notApplicable')).toBe(true)
  expect(() => readRecording('{}')).toThrow('is no list of callbacks')
})
