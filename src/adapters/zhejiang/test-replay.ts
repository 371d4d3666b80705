/** A region that expects the recorded requests of the contract, to the letter. */
import { expect } from 'vitest'
import type { Incoming, Outgoing } from '../kit/transport.ts'
import { zhejiang } from './index.ts'
import { config, type Sample, sample } from './test-vectors.ts'

/** One expected call: the recorded request, and what is answered instead of the recorded answer. */
type Step = readonly [expected: Sample | undefined, instead?: unknown]

const bytesOf = (body: unknown): Buffer =>
  typeof body === 'string' && body.startsWith('<')
    ? Buffer.from(body.slice(body.indexOf('> ') + 2), 'base64')
    : Buffer.from(JSON.stringify(body))

/** A region that expects the recorded requests in their order, each at its recorded second. */
export function replay(steps: readonly Step[]) {
  const left = [...steps]
  let now = new Date(0)
  const turn = () => {
    const date = left[0]?.[0]?.request.headers['X-BG-DATE-TIME']
    if (date !== undefined) now = new Date(date)
  }
  turn()
  const transport = async (out: Outgoing): Promise<Incoming> => {
    const [expected, instead] = left.shift() ?? []
    if (expected !== undefined) await expectSame(out, expected)
    const response = expected?.response ?? sample('health').response
    turn()
    return {
      status: response.status,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      body: bytesOf(instead ?? response.body),
    }
  }
  return { link: zhejiang.connect(config, transport, () => now), left }
}

async function expectSame(out: Outgoing, { request }: Sample): Promise<void> {
  const url = new URL(out.url)
  expect([out.method, url.pathname]).toEqual([request.method, request.path])
  expect(Object.fromEntries(url.searchParams)).toEqual(request.query)
  const { 'Content-Type': type, ...signed } = request.headers
  expect(out.headers).toMatchObject(signed)
  if (type === undefined) return expect(out.body).toBeUndefined()
  const [medium = ''] = type.split(';')
  expect(out.headers['content-type']).toContain(medium)
  if (medium === 'application/json') expect(JSON.parse(String(out.body))).toEqual(request.body)
  else if (medium === 'multipart/form-data') await expectParts(out, request.body as Record<string, string>)
  else expect(out.body).toBe(request.body)
}

async function expectParts(out: Outgoing, { file, ...texts }: Record<string, string>): Promise<void> {
  const form = await new Response(new Uint8Array(out.body as Buffer), {
    headers: { 'content-type': out.headers['content-type'] ?? '' },
  }).formData()
  const { file: sent, ...others } = Object.fromEntries(form)
  expect(others).toEqual(texts)
  expect(file).toContain(`${(sent as File).size} bytes`)
}
